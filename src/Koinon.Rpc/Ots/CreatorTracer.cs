using Koinon.Evm;
using Koinon.Evm.Tracing;
using Koinon.Primitives;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Ots;

/// <summary>Finds who made a contract; writes nothing.</summary>
/// <param name="target">The run.</param>
/// <param name="contract">The contract.</param>
/// <param name="found">Takes the creator.</param>
internal sealed class CreatorTracer(TraceTarget target, Address contract, Action<Address> found)
    : CallTreeTracer(target)
{
    /// <inheritdoc/>
    public override void Write(TransactionOutcome outcome)
    {
        foreach (FlatTrace item in FlatTrace.ListOf(Root, Target.Fork))
        {
            CallTrace trace = item.Trace;
            if (outcome.Succeeded && trace.IsCreation && trace.Halt == HaltReason.None && trace.To == contract)
            {
                found(trace.From);
            }
        }
    }
}
