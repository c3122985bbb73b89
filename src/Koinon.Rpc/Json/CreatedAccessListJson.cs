using System.Text.Json.Serialization;

namespace Koinon.Rpc.Json;

/// <summary>What <c>eth_createAccessList</c> answers.</summary>
public sealed record CreatedAccessListJson
{
    /// <summary>The list.</summary>
    public required IReadOnlyList<AccessListEntryJson> AccessList { get; init; }

    /// <summary>Why the call fails; absent where it succeeds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }

    /// <summary>The gas the call uses with the list.</summary>
    public Quantity GasUsed { get; init; }
}
