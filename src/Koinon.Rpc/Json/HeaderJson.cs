using System.Buffers.Binary;
using System.Text.Json.Serialization;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;

namespace Koinon.Rpc.Json;

/// <summary>A block's header as answers and subscriptions show it.</summary>
public record HeaderJson
{
    private const int NonceSize = 8;

    /// <summary>Its number.</summary>
    public Quantity Number { get; init; }

    /// <summary>Its hash; null while it is pending.</summary>
    public Hash256? Hash { get; init; }

    /// <summary>The hash of its parent.</summary>
    public Hash256 ParentHash { get; init; }

    /// <summary>The seal's nonce, eight bytes; null while it is pending.</summary>
    public HexData? Nonce { get; init; }

    /// <summary>The seal's mix hash; since the merge the randomness of the block.</summary>
    public Hash256 MixHash { get; init; }

    /// <summary>The hash of the uncles' headers.</summary>
    [JsonPropertyName("sha3Uncles")]
    public Hash256 UnclesHash { get; init; }

    /// <summary>The bloom of its logs.</summary>
    public HexData LogsBloom { get; init; }

    /// <summary>The root of its state.</summary>
    public Hash256 StateRoot { get; init; }

    /// <summary>Who earns its fees; null while it is pending.</summary>
    public Address? Miner { get; init; }

    /// <summary>Its difficulty.</summary>
    public Quantity Difficulty { get; init; }

    /// <summary>Its difficulty and that of all before it; shown only where old libraries are to be served.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Quantity? TotalDifficulty { get; init; }

    /// <summary>What its author wrote into it.</summary>
    public HexData ExtraData { get; init; }

    /// <summary>The gas its transactions may use together.</summary>
    public Quantity GasLimit { get; init; }

    /// <summary>The gas they used.</summary>
    public Quantity GasUsed { get; init; }

    /// <summary>Its time, in seconds.</summary>
    public Quantity Timestamp { get; init; }

    /// <summary>The root of its transactions.</summary>
    public Hash256 TransactionsRoot { get; init; }

    /// <summary>The root of its receipts.</summary>
    public Hash256 ReceiptsRoot { get; init; }

    /// <summary>The base fee (EIP-1559).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Quantity? BaseFeePerGas { get; init; }

    /// <summary>The root of its withdrawals (EIP-4895).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Hash256? WithdrawalsRoot { get; init; }

    /// <summary>The blob gas its transactions used (EIP-4844).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Quantity? BlobGasUsed { get; init; }

    /// <summary>The excess that the price of blob gas follows (EIP-4844).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Quantity? ExcessBlobGas { get; init; }

    /// <summary>The root of the parent's beacon block (EIP-4788).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Hash256? ParentBeaconBlockRoot { get; init; }

    /// <summary>The hash of its requests (EIP-7685).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Hash256? RequestsHash { get; init; }

    /// <summary>A header to be filled by its initialiser.</summary>
    public HeaderJson()
    {
    }

    /// <summary>The shape of a header.</summary>
    /// <param name="header">The header.</param>
    public HeaderJson(SealedHeader header)
    {
        BlockHeader fields = header.Header;
        byte[] nonce = new byte[NonceSize];
        BinaryPrimitives.WriteUInt64BigEndian(nonce, fields.Nonce);
        byte[] bloom = new byte[Bloom.Size];
        fields.LogsBloom.CopyTo(bloom);
        Number = fields.Number;
        Hash = header.Hash;
        ParentHash = fields.ParentHash;
        Nonce = nonce;
        MixHash = fields.MixHash;
        UnclesHash = fields.UnclesHash;
        LogsBloom = bloom;
        StateRoot = fields.StateRoot;
        Miner = fields.Beneficiary;
        Difficulty = fields.Difficulty;
        ExtraData = fields.ExtraData;
        GasLimit = fields.GasLimit;
        GasUsed = fields.GasUsed;
        Timestamp = fields.Timestamp;
        TransactionsRoot = fields.TransactionsRoot;
        ReceiptsRoot = fields.ReceiptsRoot;
        BaseFeePerGas = fields.BaseFeePerGas;
        WithdrawalsRoot = fields.WithdrawalsRoot;
        BlobGasUsed = fields.BlobGasUsed;
        ExcessBlobGas = fields.ExcessBlobGas;
        ParentBeaconBlockRoot = fields.ParentBeaconBlockRoot;
        RequestsHash = fields.RequestsHash;
    }
}
