using System.Text.Json.Serialization;
using Koinon.Primitives;

namespace Koinon.Rpc.Json;

/// <summary>A receipt as answers show it.</summary>
public sealed record ReceiptJson
{
    /// <summary>The hash of its transaction.</summary>
    public Hash256 TransactionHash { get; init; }

    /// <summary>The place of its transaction in the block.</summary>
    public Quantity TransactionIndex { get; init; }

    /// <summary>The hash of its block.</summary>
    public Hash256 BlockHash { get; init; }

    /// <summary>The number of its block.</summary>
    public Quantity BlockNumber { get; init; }

    /// <summary>The sender.</summary>
    public Address From { get; init; }

    /// <summary>The recipient; null where a contract is made.</summary>
    public Address? To { get; init; }

    /// <summary>The contract that was made, or null.</summary>
    public Address? ContractAddress { get; init; }

    /// <summary>The gas used in the block up to and with this transaction.</summary>
    public Quantity CumulativeGasUsed { get; init; }

    /// <summary>The gas this transaction used.</summary>
    public Quantity GasUsed { get; init; }

    /// <summary>The price it paid for gas.</summary>
    public Quantity EffectiveGasPrice { get; init; }

    /// <summary>The blob gas it used (EIP-4844).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Quantity? BlobGasUsed { get; init; }

    /// <summary>The price it paid for blob gas (EIP-4844).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Quantity? BlobGasPrice { get; init; }

    /// <summary>Its logs.</summary>
    public required IReadOnlyList<LogJson> Logs { get; init; }

    /// <summary>The bloom of its logs.</summary>
    public HexData LogsBloom { get; init; }

    /// <summary>The type of its transaction.</summary>
    public Quantity Type { get; init; }

    /// <summary>1 where the transaction succeeded, 0 where it failed (EIP-658).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Quantity? Status { get; init; }

    /// <summary>The root of the state after the transaction, before EIP-658.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Hash256? Root { get; init; }
}
