using Koinon.Crypto;

namespace Koinon.Evm.Precompiles;

/// <summary>Multiple of a point of BN254 (EIP-196).</summary>
internal sealed class Bn254Mul(long gas) : Precompile("BN254_MUL", 7)
{
    public override long Gas(ReadOnlySpan<byte> input) => gas;

    public override int OutputLengthMax(ReadOnlySpan<byte> input) => 64;

    public override bool TryRun(ReadOnlySpan<byte> input, Span<byte> output, out int written)
    {
        Span<byte> padded = stackalloc byte[96];
        CopyPadded(input, padded);
        bool ok = Bn254.TryMultiply(padded, output[..64]);
        written = ok ? 64 : 0;
        return ok;
    }
}
