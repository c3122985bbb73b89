using Koinon.Evm;

namespace Koinon.Rpc.Tracing;

/// <summary>Geth's <c>callTracer</c>: the tree of calls.</summary>
/// <param name="target">The run.</param>
/// <param name="onlyTopCall">Whether frames below the first are left out.</param>
/// <param name="withLog">Whether logs are shown.</param>
internal sealed class CallFrameTracer(TraceTarget target, bool onlyTopCall, bool withLog)
    : CallTreeTracer(target, onlyTopCall)
{
    /// <inheritdoc/>
    public override void Write(TransactionOutcome outcome)
    {
        CallFrameWriter writer = new(Target.Stream, withLog, Target.FirstLog);
        writer.Write(Root, Target.Transaction.GasLimit, outcome.GasUsed);
    }
}
