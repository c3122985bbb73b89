using System.Text.Json.Serialization;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;

namespace Koinon.Rpc.Json;

/// <summary>A transaction as answers show it. The fields of its block are null while it waits in the pool.</summary>
public sealed record TransactionJson
{
    /// <summary>The hash of its block.</summary>
    public Hash256? BlockHash { get; init; }

    /// <summary>The number of its block.</summary>
    public Quantity? BlockNumber { get; init; }

    /// <summary>The time of its block, in seconds.</summary>
    public Quantity? BlockTimestamp { get; init; }

    /// <summary>Its place in the block.</summary>
    public Quantity? TransactionIndex { get; init; }

    /// <summary>Its own hash.</summary>
    public Hash256 Hash { get; init; }

    /// <summary>Its type (EIP-2718).</summary>
    public Quantity Type { get; init; }

    /// <summary>The chain it is signed for; absent where it is signed for every chain.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Quantity? ChainId { get; init; }

    /// <summary>The sender's nonce.</summary>
    public Quantity Nonce { get; init; }

    /// <summary>The sender.</summary>
    public Address From { get; init; }

    /// <summary>The recipient; null where a contract is made.</summary>
    public Address? To { get; init; }

    /// <summary>Wei sent.</summary>
    public Quantity Value { get; init; }

    /// <summary>The gas limit.</summary>
    public Quantity Gas { get; init; }

    /// <summary>The price paid for gas; the highest price while the transaction waits.</summary>
    public Quantity GasPrice { get; init; }

    /// <summary>The highest price (EIP-1559).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Quantity? MaxFeePerGas { get; init; }

    /// <summary>The highest priority fee (EIP-1559).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Quantity? MaxPriorityFeePerGas { get; init; }

    /// <summary>The highest price of blob gas (EIP-4844).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Quantity? MaxFeePerBlobGas { get; init; }

    /// <summary>The blobs' hashes (EIP-4844).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Hash256>? BlobVersionedHashes { get; init; }

    /// <summary>Data, or code that makes a contract.</summary>
    public HexData Input { get; init; }

    /// <summary>The access list (EIP-2930).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<AccessListEntryJson>? AccessList { get; init; }

    /// <summary>The authorizations (EIP-7702).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<AuthorizationJson>? AuthorizationList { get; init; }

    /// <summary>The signature's v; the parity in typed transactions.</summary>
    public Quantity V { get; init; }

    /// <summary>The signature's r.</summary>
    public Quantity R { get; init; }

    /// <summary>The signature's s.</summary>
    public Quantity S { get; init; }

    /// <summary>The parity of the signature's point; absent in transactions without a type.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Quantity? YParity { get; init; }

    /// <summary>The shape of a transaction.</summary>
    /// <param name="transaction">The transaction; its signature names a sender.</param>
    /// <param name="position">Where it stands; <see langword="null"/> while it waits in the pool.</param>
    public static TransactionJson Of(Transaction transaction, BlockPosition? position)
    {
        transaction.TryGetSender(out Address sender);
        bool isTyped = transaction.Type != TransactionType.Legacy;
        bool hasPriorityFee = transaction.Type >= TransactionType.DynamicFee;
        TransactionSignature signature = transaction.Signature ?? default;
        return new TransactionJson
        {
            BlockHash = position?.Block.Hash,
            BlockNumber = position?.Block.Header.Number,
            BlockTimestamp = position?.Block.Header.Timestamp,
            TransactionIndex = (ulong?)position?.Index,
            Hash = transaction.Hash,
            Type = (ulong)transaction.Type,
            ChainId = transaction.ChainId,
            Nonce = transaction.Nonce,
            From = sender,
            To = transaction.To,
            Value = transaction.Value,
            Gas = transaction.GasLimit,
            GasPrice = EffectiveGasPrice.Of(transaction, position?.BaseFee),
            MaxFeePerGas = hasPriorityFee ? transaction.MaxFeePerGas : null,
            MaxPriorityFeePerGas = hasPriorityFee ? transaction.MaxPriorityFeePerGas : null,
            MaxFeePerBlobGas = transaction.Type == TransactionType.Blob ? transaction.MaxFeePerBlobGas : null,
            BlobVersionedHashes = transaction.Type == TransactionType.Blob ? transaction.BlobVersionedHashes : null,
            Input = transaction.Data,
            AccessList = isTyped ? [.. transaction.AccessList.Select(AccessListEntryJson.Of)] : null,
            AuthorizationList = transaction.Type == TransactionType.SetCode
                ? [.. transaction.AuthorizationList.Select(AuthorizationJson.Of)]
                : null,
            V = signature.V,
            R = signature.R,
            S = signature.S,
            YParity = isTyped ? (ulong)signature.YParity : null,
        };
    }
}
