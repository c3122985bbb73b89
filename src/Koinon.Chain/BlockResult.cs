using Koinon.Chain.Ledger;

namespace Koinon.Chain;

/// <summary>What came of validating and executing a block.</summary>
/// <param name="Verdict">Whether it is valid.</param>
/// <param name="Block">The layer where it is.</param>
public readonly record struct BlockResult(BlockVerdict Verdict, LedgerBlock? Block);
