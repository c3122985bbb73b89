using Koinon.Crypto;

namespace Koinon.Evm.Precompiles;

/// <summary>Sum of two points of BN254 (EIP-196).</summary>
internal sealed class Bn254Add(long gas) : Precompile("BN254_ADD", 6)
{
    public override long Gas(ReadOnlySpan<byte> input) => gas;

    public override int OutputLengthMax(ReadOnlySpan<byte> input) => 64;

    public override bool TryRun(ReadOnlySpan<byte> input, Span<byte> output, out int written)
    {
        Span<byte> padded = stackalloc byte[128];
        CopyPadded(input, padded);
        bool ok = Bn254.TryAdd(padded, output[..64]);
        written = ok ? 64 : 0;
        return ok;
    }
}
