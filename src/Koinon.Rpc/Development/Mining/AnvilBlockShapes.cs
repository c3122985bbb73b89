using System.Text.Json;
using System.Text.Json.Nodes;
using Koinon.Chain.Ledger;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Development.Mining;

/// <summary>Blocks and transactions as anvil's state files hold them.</summary>
public static class AnvilBlockShapes
{
    private static readonly string[] NotOfAHeader =
        ["hash", "size", "totalDifficulty", "transactions", "uncles", "withdrawals"];

    /// <summary>A block: header, transactions, uncles.</summary>
    public static JsonNode BlockOf(LedgerBlock block, Func<Primitives.Blocks.BlockHeader, Primitives.Hash256> hashOf)
    {
        BlockJson shape = BlockJson.Of(block, hashOf, wholeTransactions: true);
        JsonObject header = JsonSerializer.SerializeToNode(shape, RpcJsonContext.Default.BlockJson)!.AsObject();
        JsonArray transactions = [];
        foreach (JsonNode? transaction in header["transactions"]!.AsArray())
        {
            transactions.Add(new JsonObject
            {
                ["transaction"] = transaction!.DeepClone(),
                ["impersonated_sender"] = SenderOf(block.Block.Transactions[transactions.Count]),
            });
        }

        foreach (string name in NotOfAHeader)
        {
            header.Remove(name);
        }

        return new JsonObject { ["header"] = header, ["transactions"] = transactions, ["ommers"] = new JsonArray() };
    }

    /// <summary>The transactions of a block with what became of them.</summary>
    public static IEnumerable<JsonNode> TransactionsOf(LedgerBlock block)
    {
        IReadOnlyList<ReceiptJson> receipts = BlockReceipts.Of(block);
        for (int index = 0; index < receipts.Count; index++)
        {
            JsonNode receipt = JsonSerializer.SerializeToNode(receipts[index], RpcJsonContext.Default.ReceiptJson)!;
            bool succeeded = block.Receipts[index].Succeeded != false;
            yield return new JsonObject
            {
                ["info"] = new JsonObject
                {
                    ["transaction_hash"] = receipt["transactionHash"]!.DeepClone(),
                    ["transaction_index"] = index,
                    ["from"] = receipt["from"]!.DeepClone(),
                    ["to"] = receipt["to"]?.DeepClone(),
                    ["contract_address"] = receipt["contractAddress"]?.DeepClone(),
                    ["traces"] = new JsonArray(),
                    ["exit"] = succeeded ? "Return" : "Revert",
                    ["out"] = null,
                    ["nonce"] = block.Block.Transactions[index].Nonce,
                    ["gas_used"] = (ulong)receipts[index].GasUsed.Value,
                },
                ["receipt"] = new JsonObject
                {
                    ["type"] = receipt["type"]!.DeepClone(),
                    ["status"] = succeeded ? "0x1" : "0x0",
                    ["cumulativeGasUsed"] = receipt["cumulativeGasUsed"]!.DeepClone(),
                    ["logs"] = LogsOf(receipt["logs"]!.AsArray()),
                    ["logsBloom"] = receipt["logsBloom"]!.DeepClone(),
                },
                ["block_hash"] = block.Hash.ToString(),
                ["block_number"] = block.Number,
            };
        }
    }

    private static JsonArray LogsOf(JsonArray logs)
    {
        JsonArray plain = [];
        foreach (JsonNode? log in logs)
        {
            plain.Add(new JsonObject
            {
                ["address"] = log!["address"]!.DeepClone(),
                ["topics"] = log["topics"]!.DeepClone(),
                ["data"] = log["data"]!.DeepClone(),
            });
        }

        return plain;
    }

    private static JsonNode? SenderOf(Transaction transaction) =>
        transaction.IsUnsigned && transaction.TryGetSender(out Primitives.Address sender)
            ? JsonValue.Create(sender.ToString())
            : null;
}
