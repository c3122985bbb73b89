using System.Text.Json.Serialization;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Engine;

/// <summary>A block as a consensus client receives it.</summary>
public sealed record ExecutionPayloadJson
{
    /// <summary>Hash of the parent.</summary>
    public required Hash256 ParentHash { get; init; }

    /// <summary>Who receives the fees.</summary>
    public required Address FeeRecipient { get; init; }

    /// <summary>Root of the state.</summary>
    public required Hash256 StateRoot { get; init; }

    /// <summary>Root of the receipts.</summary>
    public required Hash256 ReceiptsRoot { get; init; }

    /// <summary>The filter over the logs.</summary>
    public required HexData LogsBloom { get; init; }

    /// <summary>The randomness that contracts see.</summary>
    public required Hash256 PrevRandao { get; init; }

    /// <summary>Its number.</summary>
    public required Quantity BlockNumber { get; init; }

    /// <summary>The most gas its transactions may use.</summary>
    public required Quantity GasLimit { get; init; }

    /// <summary>The gas they used.</summary>
    public required Quantity GasUsed { get; init; }

    /// <summary>Its time in seconds.</summary>
    public required Quantity Timestamp { get; init; }

    /// <summary>Free bytes.</summary>
    public required HexData ExtraData { get; init; }

    /// <summary>The base fee.</summary>
    public required Quantity BaseFeePerGas { get; init; }

    /// <summary>Its hash.</summary>
    public required Hash256 BlockHash { get; init; }

    /// <summary>Its transactions, encoded.</summary>
    public required IReadOnlyList<HexData> Transactions { get; init; }

    /// <summary>Its withdrawals (EIP-4895).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<WithdrawalJson>? Withdrawals { get; init; }

    /// <summary>Blob gas used (EIP-4844).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Quantity? BlobGasUsed { get; init; }

    /// <summary>Excess blob gas (EIP-4844).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Quantity? ExcessBlobGas { get; init; }

    /// <summary>The shape of a block.</summary>
    internal static ExecutionPayloadJson Of(Chain.Ledger.LedgerBlock block)
    {
        BlockHeader header = block.Header;
        Bloom bloom = header.LogsBloom;
        return new ExecutionPayloadJson
        {
            ParentHash = header.ParentHash,
            FeeRecipient = header.Beneficiary,
            StateRoot = header.StateRoot,
            ReceiptsRoot = header.ReceiptsRoot,
            LogsBloom = Bloom.AsSpan(in bloom).ToArray(),
            PrevRandao = header.MixHash,
            BlockNumber = header.Number,
            GasLimit = header.GasLimit,
            GasUsed = header.GasUsed,
            Timestamp = header.Timestamp,
            ExtraData = header.ExtraData,
            BaseFeePerGas = header.BaseFeePerGas ?? UInt256.Zero,
            BlockHash = block.Hash,
            Transactions = [.. block.Block.Transactions.Select(static one => (HexData)one.Encoded)],
            Withdrawals = block.Block.Withdrawals is { } all ? [.. all.Select(WithdrawalJson.Of)] : null,
            BlobGasUsed = header.BlobGasUsed is { } used ? (Quantity)used : null,
            ExcessBlobGas = header.ExcessBlobGas is { } excess ? (Quantity)excess : null,
        };
    }
}
