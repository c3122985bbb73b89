using Koinon.Chain.Ledger;
using Koinon.Evm;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;

namespace Koinon.Rpc.Engine;

/// <summary>A block that was built for a consensus client, with what travels beside it.</summary>
/// <param name="Block">The block.</param>
/// <param name="Sidecars">The blobs of its transactions, in their order.</param>
/// <param name="Value">What its fee recipient earns, in wei.</param>
internal sealed record BuiltPayload(LedgerBlock Block, IReadOnlyList<BlobSidecar> Sidecars, UInt256 Value)
{
    /// <summary>A block with its blobs.</summary>
    /// <param name="block">The block.</param>
    /// <param name="sidecarOf">Finds the blobs of a transaction.</param>
    /// <returns><see langword="null"/> where blobs are missing.</returns>
    public static BuiltPayload? Of(LedgerBlock block, Func<Transaction, BlobSidecar?> sidecarOf)
    {
        List<BlobSidecar> sidecars = [];
        UInt256 value = UInt256.Zero;
        UInt256 baseFee = block.Header.BaseFeePerGas ?? UInt256.Zero;
        ulong before = 0;
        for (int i = 0; i < block.Block.Transactions.Count; i++)
        {
            Transaction transaction = block.Block.Transactions[i];
            ulong used = block.Receipts[i].CumulativeGasUsed - before;
            before = block.Receipts[i].CumulativeGasUsed;
            UInt256 tip = TransactionRules.EffectiveGasPrice(transaction, block.Rules.Fork, baseFee) - baseFee;
            value += tip * used;
            if (transaction.Type == TransactionType.Blob)
            {
                if (sidecarOf(transaction) is not { } sidecar)
                {
                    return null;
                }

                sidecars.Add(sidecar);
            }
        }

        return new BuiltPayload(block, sidecars, value);
    }
}
