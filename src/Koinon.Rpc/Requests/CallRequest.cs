using Koinon.Primitives;
using Koinon.Primitives.Transactions;

namespace Koinon.Rpc.Requests;

/// <summary>A transaction as a caller describes it: what is missing is filled in by the method.</summary>
public sealed record CallRequest
{
    /// <summary>The sender.</summary>
    public Address? From { get; init; }

    /// <summary>The recipient; none where a contract is made.</summary>
    public Address? To { get; init; }

    /// <summary>The gas limit.</summary>
    public ulong? Gas { get; init; }

    /// <summary>The price of gas, in the manner before EIP-1559.</summary>
    public UInt256? GasPrice { get; init; }

    /// <summary>The highest price (EIP-1559).</summary>
    public UInt256? MaxFeePerGas { get; init; }

    /// <summary>The highest priority fee (EIP-1559).</summary>
    public UInt256? MaxPriorityFeePerGas { get; init; }

    /// <summary>Wei sent.</summary>
    public UInt256? Value { get; init; }

    /// <summary>The sender's nonce.</summary>
    public ulong? Nonce { get; init; }

    /// <summary>Data, or code that makes a contract; empty where the caller names none.</summary>
    public ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>The access list (EIP-2930).</summary>
    public IReadOnlyList<AccessListEntry>? AccessList { get; init; }

    /// <summary>The highest price of blob gas (EIP-4844).</summary>
    public UInt256? MaxFeePerBlobGas { get; init; }

    /// <summary>The blobs' hashes (EIP-4844); <see langword="null"/> where it carries none.</summary>
    public IReadOnlyList<Hash256>? BlobVersionedHashes { get; init; }

    /// <summary>The blobs themselves, for a transaction that is to be filled in.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>>? Blobs { get; init; }

    /// <summary>Their commitments, where the caller has made them.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>>? Commitments { get; init; }

    /// <summary>Their proofs, where the caller has made them.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>>? Proofs { get; init; }

    /// <summary>What travels beside the transaction, once it is made out of the blobs.</summary>
    public BlobSidecar? Sidecar { get; init; }

    /// <summary>Delegations that accounts signed (EIP-7702); <see langword="null"/> where it carries none.</summary>
    public IReadOnlyList<Authorization>? AuthorizationList { get; init; }

    /// <summary>The chain the caller believes to speak to.</summary>
    public UInt256? ChainId { get; init; }

    /// <summary>Whether the caller named a fee of any kind.</summary>
    public bool NamesFee => GasPrice is not null || MaxFeePerGas is not null || MaxPriorityFeePerGas is not null;

    /// <summary>Whether it offers nothing for gas: then it sees no base fee.</summary>
    public bool IsFree =>
        (GasPrice ?? UInt256.Zero).IsZero
        && (MaxFeePerGas ?? UInt256.Zero).IsZero
        && (MaxPriorityFeePerGas ?? UInt256.Zero).IsZero;
}
