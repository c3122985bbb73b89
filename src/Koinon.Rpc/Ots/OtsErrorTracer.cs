using Koinon.Evm;
using Koinon.Rpc.Json;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Ots;

/// <summary>What a transaction's revert returned; nothing where it did not revert.</summary>
/// <param name="target">The run.</param>
internal sealed class OtsErrorTracer(TraceTarget target) : TransactionTracer(target)
{
    /// <summary>Chooses it.</summary>
    public static TracerChoice Choice { get; } = new("", static target => new OtsErrorTracer(target));

    /// <inheritdoc/>
    public override void Write(TransactionOutcome outcome) =>
        HexWriter.Write(Json, outcome.Halt == HaltReason.Reverted ? outcome.ReturnData.Span : []);
}
