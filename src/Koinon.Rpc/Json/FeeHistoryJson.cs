using System.Text.Json.Serialization;

namespace Koinon.Rpc.Json;

/// <summary>What <c>eth_feeHistory</c> answers.</summary>
public sealed record FeeHistoryJson
{
    /// <summary>The number of the first block of the lists.</summary>
    public Quantity OldestBlock { get; init; }

    /// <summary>The base fee of each block and of the one after them.</summary>
    public required IReadOnlyList<Quantity> BaseFeePerGas { get; init; }

    /// <summary>The part of each block's gas limit that was used.</summary>
    public required IReadOnlyList<double> GasUsedRatio { get; init; }

    /// <summary>The price of blob gas of each block and of the one after them.</summary>
    public required IReadOnlyList<Quantity> BaseFeePerBlobGas { get; init; }

    /// <summary>The part of each block's blob gas limit that was used.</summary>
    public required IReadOnlyList<double> BlobGasUsedRatio { get; init; }

    /// <summary>
    /// For each block the priority fees at the asked percentiles of its gas; absent where none were asked.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<IReadOnlyList<Quantity>>? Reward { get; init; }
}
