using Koinon.Crypto;

namespace Koinon.Evm.Precompiles;

/// <summary>Sum of two points of G2 of BLS12-381 (EIP-2537).</summary>
internal sealed class Bls12G2Add() : Precompile("BLS12_G2ADD", 0x0d)
{
    public override long Gas(ReadOnlySpan<byte> input) => 600;

    public override int OutputLengthMax(ReadOnlySpan<byte> input) => 256;

    public override bool TryRun(ReadOnlySpan<byte> input, Span<byte> output, out int written)
    {
        bool ok = input.Length == 512 && Bls12381.TryG2Add(input, output[..256]);
        written = ok ? 256 : 0;
        return ok;
    }
}
