using Koinon.Primitives.Blocks;
using Koinon.Primitives.Transactions;

namespace Koinon.Chain.Ledger;

/// <summary>A transaction where it stands in the canonical chain.</summary>
/// <param name="Block">Its block.</param>
/// <param name="Index">Its place in the block, from 0.</param>
public readonly record struct LedgerTransaction(LedgerBlock Block, int Index)
{
    /// <summary>The transaction.</summary>
    public Transaction Transaction => Block.Block.Transactions[Index];

    /// <summary>What became of it.</summary>
    public Receipt Receipt => Block.Receipts[Index];

    /// <summary>Gas that it used by itself.</summary>
    public ulong GasUsed => Receipt.CumulativeGasUsed - (Index == 0 ? 0 : Block.Receipts[Index - 1].CumulativeGasUsed);
}
