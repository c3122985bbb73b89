using Koinon.Crypto;

namespace Koinon.Evm.Precompiles;

/// <summary>Maps an element of the quadratic extension to a point of G2 of BLS12-381 (EIP-2537).</summary>
internal sealed class Bls12MapFp2ToG2() : Precompile("BLS12_MAP_FP2_TO_G2", 0x11)
{
    public override long Gas(ReadOnlySpan<byte> input) => 23_800;

    public override int OutputLengthMax(ReadOnlySpan<byte> input) => 256;

    public override bool TryRun(ReadOnlySpan<byte> input, Span<byte> output, out int written)
    {
        bool ok = input.Length == 128 && Bls12381.TryMapFp2ToG2(input, output[..256]);
        written = ok ? 256 : 0;
        return ok;
    }
}
