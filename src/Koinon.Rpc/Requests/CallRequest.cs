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

    /// <summary>The chain the caller believes to speak to.</summary>
    public ulong? ChainId { get; init; }

    /// <summary>Whether the caller named a fee of any kind.</summary>
    public bool NamesFee => GasPrice is not null || MaxFeePerGas is not null || MaxPriorityFeePerGas is not null;
}
