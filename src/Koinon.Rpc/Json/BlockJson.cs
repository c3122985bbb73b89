using System.Buffers.Binary;
using System.Text.Json.Serialization;
using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.Transactions;

namespace Koinon.Rpc.Json;

/// <summary>A block as answers show it.</summary>
public record BlockJson
{
    private const int NonceSize = 8;

    /// <summary>Its number.</summary>
    public Quantity Number { get; init; }

    /// <summary>Its hash.</summary>
    public Hash256 Hash { get; init; }

    /// <summary>The hash of its parent.</summary>
    public Hash256 ParentHash { get; init; }

    /// <summary>The seal's nonce, eight bytes.</summary>
    public HexData Nonce { get; init; }

    /// <summary>The seal's mix hash; since the merge the randomness of the block.</summary>
    public Hash256 MixHash { get; init; }

    /// <summary>The hash of the uncles' headers.</summary>
    [JsonPropertyName("sha3Uncles")]
    public Hash256 UnclesHash { get; init; }

    /// <summary>The bloom of its logs.</summary>
    public HexData LogsBloom { get; init; }

    /// <summary>The root of its state.</summary>
    public Hash256 StateRoot { get; init; }

    /// <summary>Who earns its fees.</summary>
    public Address Miner { get; init; }

    /// <summary>Its difficulty.</summary>
    public Quantity Difficulty { get; init; }

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

    /// <summary>Its length in RLP, in bytes.</summary>
    public Quantity Size { get; init; }

    /// <summary>Its transactions.</summary>
    public TransactionList Transactions { get; init; }

    /// <summary>The hashes of its uncles.</summary>
    public required IReadOnlyList<Hash256> Uncles { get; init; }

    /// <summary>The base fee (EIP-1559).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Quantity? BaseFeePerGas { get; init; }

    /// <summary>The root of its withdrawals (EIP-4895).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Hash256? WithdrawalsRoot { get; init; }

    /// <summary>Its withdrawals (EIP-4895).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<WithdrawalJson>? Withdrawals { get; init; }

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

    /// <summary>The shape of a block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="hashOf">The hash of an uncle's header.</param>
    /// <param name="wholeTransactions">Whether transactions are shown whole, not by their hashes.</param>
    public static BlockJson Of(LedgerBlock block, Func<BlockHeader, Hash256> hashOf, bool wholeTransactions)
    {
        BlockHeader fields = block.Header;
        Block body = block.Block;
        byte[] nonce = new byte[NonceSize];
        BinaryPrimitives.WriteUInt64BigEndian(nonce, fields.Nonce);
        byte[] bloom = new byte[Bloom.Size];
        fields.LogsBloom.CopyTo(bloom);
        return new BlockJson
        {
            Number = fields.Number,
            Hash = block.Hash,
            ParentHash = fields.ParentHash,
            Nonce = nonce,
            MixHash = fields.MixHash,
            UnclesHash = fields.UnclesHash,
            LogsBloom = bloom,
            StateRoot = fields.StateRoot,
            Miner = fields.Beneficiary,
            Difficulty = fields.Difficulty,
            ExtraData = fields.ExtraData,
            GasLimit = fields.GasLimit,
            GasUsed = fields.GasUsed,
            Timestamp = fields.Timestamp,
            TransactionsRoot = fields.TransactionsRoot,
            ReceiptsRoot = fields.ReceiptsRoot,
            Size = (ulong)body.Size,
            Transactions = ListOf(body.Transactions, block.Sealed, wholeTransactions),
            Uncles = [.. body.Uncles.Select(hashOf)],
            BaseFeePerGas = fields.BaseFeePerGas,
            WithdrawalsRoot = fields.WithdrawalsRoot,
            Withdrawals = body.Withdrawals is null ? null : [.. body.Withdrawals.Select(WithdrawalJson.Of)],
            BlobGasUsed = fields.BlobGasUsed,
            ExcessBlobGas = fields.ExcessBlobGas,
            ParentBeaconBlockRoot = fields.ParentBeaconBlockRoot,
            RequestsHash = fields.RequestsHash,
        };
    }

    private static TransactionList ListOf(IReadOnlyList<Transaction> transactions, SealedHeader header, bool whole) =>
        whole
            ? new TransactionList(null, [.. transactions.Select((transaction, index) =>
                TransactionJson.Of(transaction, new BlockPosition(header, index)))])
            : new TransactionList([.. transactions.Select(static transaction => transaction.Hash)], null);
}
