using System.Security.Cryptography;

namespace Koinon.Evm.Precompiles;

/// <summary>SHA-256 (yellow paper, appendix E).</summary>
internal sealed class Sha256() : Precompile("SHA256", 2)
{
    public override long Gas(ReadOnlySpan<byte> input) => 60 + (12 * Words(input.Length));

    public override int OutputLengthMax(ReadOnlySpan<byte> input) => 32;

    public override bool TryRun(ReadOnlySpan<byte> input, Span<byte> output, out int written)
    {
        written = SHA256.HashData(input, output);
        return true;
    }
}
