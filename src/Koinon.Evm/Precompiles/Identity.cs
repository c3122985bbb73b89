namespace Koinon.Evm.Precompiles;

/// <summary>Returns its input (yellow paper, appendix E).</summary>
internal sealed class Identity() : Precompile("ID", 4)
{
    public override long Gas(ReadOnlySpan<byte> input) => 15 + (3 * Words(input.Length));

    public override int OutputLengthMax(ReadOnlySpan<byte> input) => input.Length;

    public override bool TryRun(ReadOnlySpan<byte> input, Span<byte> output, out int written)
    {
        input.CopyTo(output);
        written = input.Length;
        return true;
    }
}
