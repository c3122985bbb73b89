using Koinon.Crypto;

namespace Koinon.Evm.Precompiles;

/// <summary>Maps a field element to a point of G1 of BLS12-381 (EIP-2537).</summary>
internal sealed class Bls12MapFpToG1() : Precompile("BLS12_MAP_FP_TO_G1", 0x10)
{
    public override long Gas(ReadOnlySpan<byte> input) => 5_500;

    public override int OutputLengthMax(ReadOnlySpan<byte> input) => 128;

    public override bool TryRun(ReadOnlySpan<byte> input, Span<byte> output, out int written)
    {
        bool ok = input.Length == 64 && Bls12381.TryMapFpToG1(input, output[..128]);
        written = ok ? 128 : 0;
        return ok;
    }
}
