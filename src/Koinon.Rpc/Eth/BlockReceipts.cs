using Koinon.Chain.Forks;
using Koinon.Chain.Ledger;
using Koinon.Evm;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Eth;

/// <summary>The receipts of a block, as answers show them.</summary>
internal static class BlockReceipts
{
    /// <summary>The shapes of all receipts: gas and log numbers count from the block's start.</summary>
    public static IReadOnlyList<ReceiptJson> Of(LedgerBlock block)
    {
        ReceiptJson[] shapes = new ReceiptJson[block.Receipts.Count];
        int logIndex = 0;
        for (int index = 0; index < shapes.Length; index++)
        {
            LedgerTransaction found = new(block, index);
            shapes[index] = Of(found, logIndex);
            logIndex += found.Receipt.Logs.Count;
        }

        return shapes;
    }

    /// <summary>The shape of one receipt.</summary>
    public static ReceiptJson Of(in LedgerTransaction found)
    {
        int firstLogIndex = 0;
        for (int index = 0; index < found.Index; index++)
        {
            firstLogIndex += found.Block.Receipts[index].Logs.Count;
        }

        return Of(found, firstLogIndex);
    }

    private static ReceiptJson Of(in LedgerTransaction found, int firstLogIndex)
    {
        Transaction transaction = found.Transaction;
        Receipt receipt = found.Receipt;
        BlockPosition position = new(found.Block.Sealed, found.Index);
        transaction.TryGetSender(out Address sender);
        Hash256 hash = transaction.Hash;
        byte[] bloom = new byte[Bloom.Size];
        receipt.Bloom.CopyTo(bloom);
        bool hasBlobs = transaction.Type == TransactionType.Blob;
        return new ReceiptJson
        {
            TransactionHash = hash,
            TransactionIndex = (ulong)found.Index,
            BlockHash = found.Block.Hash,
            BlockNumber = found.Block.Number,
            From = sender,
            To = transaction.To,
            ContractAddress = transaction.IsCreation ? ContractAddress.Of(sender, transaction.Nonce) : null,
            CumulativeGasUsed = receipt.CumulativeGasUsed,
            GasUsed = found.GasUsed,
            EffectiveGasPrice = EffectiveGasPrice.Of(transaction, position.BaseFee),
            BlobGasUsed = hasBlobs ? (ulong)transaction.BlobVersionedHashes.Count * BlobParameters.GasPerBlob : null,
            BlobGasPrice = hasBlobs ? FeeOracle.BlobPrice(found.Block) : null,
            Logs = [.. receipt.Logs.Select((log, index) => LogJson.Of(log, position, hash, firstLogIndex + index))],
            LogsBloom = bloom,
            Type = (ulong)transaction.Type,
            Status = receipt.Succeeded is { } succeeded ? (succeeded ? 1ul : 0ul) : null,
            Root = receipt.PostStateRoot,
        };
    }
}
