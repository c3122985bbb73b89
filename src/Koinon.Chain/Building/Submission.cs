using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;

namespace Koinon.Chain.Building;

/// <summary>What came of a transaction that was handed in.</summary>
/// <param name="Pool">Why the pool did not take it, if so.</param>
/// <param name="Block">The block that holds it, published with its receipt, where there is one already.</param>
/// <param name="Index">Its place in that block.</param>
public sealed record Submission(PoolResult Pool, LedgerBlock? Block = null, int Index = 0)
{
    /// <summary>Whether it was taken: it stands in a block or waits for one.</summary>
    public bool IsAccepted => Pool.Error == PoolError.None;

    /// <summary>
    /// Why no block could be built though it waits for one at once: a state that cannot be fetched, for instance.
    /// </summary>
    public BlockVerdict Verdict { get; init; } = BlockVerdict.Valid;
}
