using Koinon.Evm;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Trace;

/// <summary>Writes the calls of a transaction as items of a list that is open already, each with its place.</summary>
/// <param name="target">The run.</param>
/// <param name="isWanted">Whether an item is written.</param>
internal sealed class LocalizedTracer(TraceTarget target, Func<FlatTrace, bool> isWanted) : CallTreeTracer(target)
{
    /// <summary>Chooses it.</summary>
    public static TracerChoice Choose(Func<FlatTrace, bool> isWanted) =>
        new("", target => new LocalizedTracer(target, isWanted));

    /// <inheritdoc/>
    public override void Write(TransactionOutcome outcome)
    {
        FlatTraceWriter writer = new(Json, isGeth: false, convertsErrors: true);
        foreach (FlatTrace item in FlatTrace.ListOf(Root, Target.Fork))
        {
            if (isWanted(item))
            {
                writer.Write(item, Target.Place, (ulong)item.Trace.Gas, (ulong)item.Trace.GasUsed);
                Target.Stream.FlushWhenFull();
            }
        }
    }
}
