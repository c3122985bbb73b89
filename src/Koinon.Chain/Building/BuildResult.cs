using Koinon.Chain.Ledger;
using Koinon.Evm;
using Koinon.Primitives.Transactions;

namespace Koinon.Chain.Building;

/// <summary>What came of building a block.</summary>
/// <param name="Verdict">Why there is none, if so: a system contract is missing, or the parent's state is.</param>
/// <param name="Block">
/// The block as a layer over its parent, not yet in the ledger; none where it would be empty and that is not wanted.
/// </param>
/// <param name="Refused">Transactions that can never be executed any more, and why.</param>
public sealed record BuildResult(
    BlockVerdict Verdict, LedgerBlock? Block, IReadOnlyList<(Transaction Transaction, TransactionError Error)> Refused)
{
    /// <summary>Every transaction that was tried and left out, and why.</summary>
    public IReadOnlyList<LeftOutTransaction> LeftOut { get; init; } = [];

    /// <summary>
    /// What must be fetched before it can be built, with <see cref="BlockError.StateUnavailable"/>; or before what it
    /// left out can be, where there is a block.
    /// </summary>
    public IReadOnlyList<StateKey> MissingKeys { get; init; } = [];

    /// <summary>The transactions that came to <see cref="MissingKeys"/>.</summary>
    public IReadOnlyList<PlannedRun> Stalled { get; init; } = [];
}
