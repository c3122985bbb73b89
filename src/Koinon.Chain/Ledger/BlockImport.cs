using Koinon.Primitives.Transactions;

namespace Koinon.Chain.Ledger;

/// <summary>What came of importing a block.</summary>
/// <param name="Verdict">Whether it is valid.</param>
/// <param name="Block">The block in the ledger, where it is.</param>
public readonly record struct BlockImport(BlockVerdict Verdict, LedgerBlock? Block)
{
    /// <summary>Why the block is refused; <see cref="BlockError.None"/> where it stands in the ledger now.</summary>
    public BlockError Error => Verdict.Error;

    /// <summary>Why a transaction of it is refused, where that is the reason.</summary>
    public TransactionError TransactionError => Verdict.Transaction;

    /// <summary>What was found and what would be right, for people.</summary>
    public string? Detail => Verdict.Detail;
}
