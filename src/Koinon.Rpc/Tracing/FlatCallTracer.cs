using Koinon.Evm;

namespace Koinon.Rpc.Tracing;

/// <summary>Geth's <c>flatCallTracer</c>: the calls as a list in OpenEthereum's form.</summary>
/// <param name="target">The run.</param>
/// <param name="convertParityErrors">Whether errors are told in OpenEthereum's words.</param>
/// <param name="includePrecompiles">Whether calls of precompiles are listed.</param>
internal sealed class FlatCallTracer(TraceTarget target, bool convertParityErrors, bool includePrecompiles)
    : CallTreeTracer(target)
{
    /// <inheritdoc/>
    public override void Write(TransactionOutcome outcome)
    {
        FlatTraceWriter writer = new(Json, isGeth: true, convertParityErrors);
        Json.WriteStartArray();
        foreach (FlatTrace item in FlatTrace.ListOf(Root, Target.Fork, includePrecompiles))
        {
            // The first frame stands for the whole transaction, as in callTracer.
            bool isFirst = item.Address.Length == 0;
            writer.Write(
                item,
                Target.Place,
                isFirst ? Target.Transaction.GasLimit : (ulong)item.Trace.Gas,
                isFirst ? outcome.GasUsed : (ulong)item.Trace.GasUsed);
            Target.Stream.FlushWhenFull();
        }

        Json.WriteEndArray();
    }
}
