using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Ots;

/// <summary>Writes blocks, transactions and receipts as Otterscan wants them: the usual shapes with members left
/// out.</summary>
/// <param name="ledger">The chain.</param>
/// <param name="stream">Where they go.</param>
internal sealed class OtsShapes(Ledger ledger, RpcValueStream stream)
{
    private readonly Utf8JsonWriter _json = stream.Json;

    /// <summary>Writes a block without its transactions and its bloom, with their number.</summary>
    public void WriteBlockSummary(LedgerBlock block)
    {
        _json.WriteStartObject();
        WriteBlockMembers(block);
        _json.WriteEndObject();
    }

    /// <summary>Writes the members of a block but for its transactions.</summary>
    public void WriteBlockMembers(LedgerBlock block)
    {
        Copy(
            BlockJson.Of(block, ledger.Consensus.HashOf, wholeTransactions: false),
            RpcJsonContext.Default.BlockJson,
            leftOut: "transactions");
        _json.WriteNumber("transactionCount"u8, block.Block.Transactions.Count);
    }

    /// <summary>Writes a transaction, its input cut to the selector where that is all that is wanted.</summary>
    public void WriteTransaction(in LedgerTransaction found, bool cutsInput)
    {
        const int SelectorBytes = 4;
        TransactionJson shape = TransactionJson.Of(
            found.Transaction, new BlockPosition(found.Block.Sealed, found.Index));
        if (cutsInput && found.Transaction.Data.Length > SelectorBytes)
        {
            shape = shape with { Input = found.Transaction.Data[..SelectorBytes] };
        }

        _json.WriteStartObject();
        Copy(shape, RpcJsonContext.Default.TransactionJson);
        _json.WriteEndObject();
        stream.FlushWhenFull();
    }

    /// <summary>Writes a receipt without its logs, with the time of its block.</summary>
    public void WriteReceipt(in LedgerTransaction found, bool withLogs)
    {
        _json.WriteStartObject();
        Copy(
            BlockReceipts.Of(found),
            RpcJsonContext.Default.ReceiptJson,
            leftOut: withLogs ? null : "logs");
        if (!withLogs)
        {
            _json.WriteNull("logs"u8);
        }

        _json.WriteNumber("timestamp"u8, found.Block.Header.Timestamp);
        _json.WriteEndObject();
        stream.FlushWhenFull();
    }

    /// <summary>Wei paid for a block's gas.</summary>
    public static UInt256 FeesOf(LedgerBlock block)
    {
        UInt256 fees = UInt256.Zero;
        BlockHeader header = block.Header;
        for (int i = 0; i < block.Block.Transactions.Count; i++)
        {
            LedgerTransaction found = new(block, i);

            // Nobody can pay more wei than there are: no overflow.
            fees = unchecked(fees + (EffectiveGasPrice.Of(found.Transaction, header.BaseFeePerGas) * found.GasUsed));
        }

        return fees;
    }

    // Blooms are long and unused: null stands for them.
    private void Copy<T>(T shape, JsonTypeInfo<T> type, string? leftOut = null)
    {
        using JsonDocument document = JsonSerializer.SerializeToDocument(shape, type);
        foreach (JsonProperty member in document.RootElement.EnumerateObject())
        {
            if (member.NameEquals("logsBloom"u8))
            {
                _json.WriteNull("logsBloom"u8);
            }
            else if (leftOut is null || !member.NameEquals(leftOut))
            {
                member.WriteTo(_json);
            }
        }
    }
}
