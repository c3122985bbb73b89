using Koinon.Crypto;

namespace Koinon.Evm.Precompiles;

/// <summary>Sum of two points of G1 of BLS12-381 (EIP-2537).</summary>
internal sealed class Bls12G1Add() : Precompile("BLS12_G1ADD", 0x0b)
{
    public override long Gas(ReadOnlySpan<byte> input) => 375;

    public override int OutputLengthMax(ReadOnlySpan<byte> input) => 128;

    public override bool TryRun(ReadOnlySpan<byte> input, Span<byte> output, out int written)
    {
        bool ok = input.Length == 256 && Bls12381.TryG1Add(input, output[..128]);
        written = ok ? 128 : 0;
        return ok;
    }
}
