using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Ots;

/// <summary>
/// <c>ots_searchTransactionsAfter</c>: a page of an address's transactions
/// after a block, or from the start upwards for 0; the newest first.
/// </summary>
/// <param name="traces">Runs the blocks.</param>
public sealed class OtsSearchTransactionsAfter(TraceRunner traces) : OtsSearchTransactions(traces, isBackwards: false)
{
    /// <inheritdoc/>
    public override string Name => "ots_searchTransactionsAfter";
}
