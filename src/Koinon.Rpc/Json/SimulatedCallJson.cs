using System.Text.Json.Serialization;

namespace Koinon.Rpc.Json;

/// <summary>What became of a call of a simulation.</summary>
public sealed record SimulatedCallJson
{
    /// <summary>What it returned.</summary>
    public HexData ReturnData { get; init; }

    /// <summary>Its logs, and its transfers of ether where they were asked for.</summary>
    public required IReadOnlyList<LogJson> Logs { get; init; }

    /// <summary>The gas it used.</summary>
    public Quantity GasUsed { get; init; }

    /// <summary>The gas it used at its height, before refunds.</summary>
    public Quantity MaxUsedGas { get; init; }

    /// <summary>1 where it succeeded, else 0.</summary>
    public Quantity Status { get; init; }

    /// <summary>Why it failed; absent where it succeeded.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CallErrorJson? Error { get; init; }
}
