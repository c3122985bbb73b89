using Koinon.Evm.Precompiles;
using Koinon.Primitives;

namespace Koinon.Node.Development;

/// <summary>The recovery of signers (precompile 1), which believes signatures that are impersonated.</summary>
/// <param name="usual">Recovers all others, and says what it costs.</param>
/// <param name="impersonation">Knows whose a signature is said to be, whatever it signs.</param>
internal sealed class ImpersonatedRecovery(Precompile usual, Impersonation impersonation) : Precompile("ECREC", 1)
{
    private const int InputLength = 128;
    private const int HashLength = 32;
    private const int SignatureAt = 64;
    private const int OutputLength = 32;

    /// <inheritdoc/>
    public override long Gas(ReadOnlySpan<byte> input) => usual.Gas(input);

    /// <inheritdoc/>
    public override int OutputLengthMax(ReadOnlySpan<byte> input) => usual.OutputLengthMax(input);

    /// <inheritdoc/>
    public override bool TryRun(ReadOnlySpan<byte> input, Span<byte> output, out int written)
    {
        if (!impersonation.HasSignatures || input.Length < InputLength
            || !UInt256.FromBigEndian(input[HashLength..SignatureAt]).IsUInt64)
        {
            return usual.TryRun(input, output, out written);
        }

        UInt256 v = UInt256.FromBigEndian(input[HashLength..SignatureAt]);
        if (!impersonation.TryRecover(v.U0, input[SignatureAt..InputLength], out Address signer))
        {
            return usual.TryRun(input, output, out written);
        }

        output[..OutputLength].Clear();
        Address.AsSpan(in signer).CopyTo(output[(OutputLength - Address.Size)..]);
        written = OutputLength;
        return true;
    }
}
