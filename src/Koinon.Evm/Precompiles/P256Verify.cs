using Koinon.Crypto;

namespace Koinon.Evm.Precompiles;

/// <summary>Verifies a P-256 signature (EIP-7951): input hash, r, s, x, y; output 1, or nothing where it is not
/// valid.</summary>
internal sealed class P256Verify() : Precompile("P256VERIFY", 0x100)
{
    public override long Gas(ReadOnlySpan<byte> input) => 6_900;

    public override int OutputLengthMax(ReadOnlySpan<byte> input) => 32;

    public override bool TryRun(ReadOnlySpan<byte> input, Span<byte> output, out int written)
    {
        written = 0;
        if (input.Length == 160 &&
            P256.Verify(input[..32], input[32..64], input[64..96], input[96..128], input[128..160]))
        {
            output[..32].Clear();
            output[31] = 1;
            written = 32;
        }

        return true;
    }
}
