namespace Koinon.Evm.Precompiles;

/// <summary>RIPEMD-160, the digest after 12 zero bytes (yellow paper, appendix E).</summary>
internal sealed class Ripemd160() : Precompile("RIPEMD160", 3)
{
    public override long Gas(ReadOnlySpan<byte> input) => 600 + (120 * Words(input.Length));

    public override int OutputLengthMax(ReadOnlySpan<byte> input) => 32;

    public override bool TryRun(ReadOnlySpan<byte> input, Span<byte> output, out int written)
    {
        output[..12].Clear();
        Crypto.Ripemd160.Hash(input, output[12..32]);
        written = 32;
        return true;
    }
}
