using Koinon.Evm;

namespace Koinon.Rpc.Tracing;

/// <summary>Geth's <c>noopTracer</c>: runs, and says nothing.</summary>
/// <param name="target">The run.</param>
internal sealed class NoopTracer(TraceTarget target) : TransactionTracer(target)
{
    /// <inheritdoc/>
    public override void Write(TransactionOutcome outcome)
    {
        Json.WriteStartObject();
        Json.WriteEndObject();
    }
}
