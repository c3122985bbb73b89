using System.Security.Cryptography;
using Koinon.Crypto;
using Koinon.Primitives;

namespace Koinon.Evm.Precompiles;

/// <summary>Checks that a blob's polynomial has a value at a point (EIP-4844): versioned hash, z, y, commitment,
/// proof.</summary>
internal sealed class PointEvaluation() : Precompile("KZG_POINT_EVALUATION", 0x0a)
{
    private const int InputLength = 192;
    private const byte VersionOfKzg = 1;
    private const uint FieldElementsPerBlob = 4_096;

    // The order of BLS12-381's groups (EIP-4844: BLS_MODULUS).
    private static readonly UInt256 Modulus =
        new(0x73eda753299d7d48, 0x3339d80809a1d805, 0x53bda402fffe5bfe, 0xffffffff00000001);

    public override long Gas(ReadOnlySpan<byte> input) => 50_000;

    public override int OutputLengthMax(ReadOnlySpan<byte> input) => 64;

    public override bool TryRun(ReadOnlySpan<byte> input, Span<byte> output, out int written)
    {
        written = 0;
        if (input.Length != InputLength)
        {
            return false;
        }

        ReadOnlySpan<byte> commitment = input[96..144];
        Span<byte> versionedHash = stackalloc byte[32];
        SHA256.HashData(commitment, versionedHash);
        versionedHash[0] = VersionOfKzg;
        if (!versionedHash.SequenceEqual(input[..32]) ||
            !Kzg.VerifyProof(commitment, input[32..64], input[64..96], input[144..]))
        {
            return false;
        }

        new UInt256(0, 0, 0, FieldElementsPerBlob).WriteBigEndian(output);
        Modulus.WriteBigEndian(output[32..]);
        written = 64;
        return true;
    }
}
