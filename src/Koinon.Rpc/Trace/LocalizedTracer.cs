using Koinon.Evm;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Trace;

/// <summary>Writes the calls of a transaction as items of a list that is open already, each with its place.</summary>
/// <param name="target">The run.</param>
/// <param name="isWanted">Whether an item is written.</param>
/// <param name="isHeld">Whether nothing is sent before the end, so that the whole can still be refused.</param>
internal sealed class LocalizedTracer(TraceTarget target, Func<FlatTrace, bool> isWanted, bool isHeld)
    : CallTreeTracer(target)
{
    /// <summary>Chooses it.</summary>
    public static TracerChoice Choose(Func<FlatTrace, bool> isWanted, bool isHeld = false) =>
        new("", target => new LocalizedTracer(target, isWanted, isHeld));

    /// <inheritdoc/>
    public override void Write(TransactionOutcome outcome)
    {
        FlatTraceWriter writer = new(Json, isGeth: false, convertsErrors: true);
        foreach (FlatTrace item in FlatTrace.ListOf(Root, Target.Fork))
        {
            if (isWanted(item))
            {
                writer.Write(item, Target.Place, (ulong)item.Trace.Gas, (ulong)item.Trace.GasUsed);
                if (!isHeld)
                {
                    Target.Stream.FlushWhenFull();
                }
            }
        }
    }
}
