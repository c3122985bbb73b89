namespace Koinon.Chain.Ledger;

/// <summary>The logs of a block that a query asks for.</summary>
/// <param name="Block">The block.</param>
/// <param name="Positions">Which of the block's logs, counted over all of its receipts, in order.</param>
public readonly record struct LogMatch(LedgerBlock Block, IReadOnlyList<int> Positions);
