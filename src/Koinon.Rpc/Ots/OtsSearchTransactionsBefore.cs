using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Ots;

/// <summary>
/// <c>ots_searchTransactionsBefore</c>: a page of an address's transactions
/// before a block, or from the head downwards for 0; the newest first.
/// </summary>
/// <param name="traces">Runs the blocks.</param>
public sealed class OtsSearchTransactionsBefore(TraceRunner traces) : OtsSearchTransactions(traces, isBackwards: true)
{
    /// <inheritdoc/>
    public override string Name => "ots_searchTransactionsBefore";
}
