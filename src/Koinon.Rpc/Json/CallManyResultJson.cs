using System.Text.Json.Serialization;

namespace Koinon.Rpc.Json;

/// <summary>What came of one call of <c>eth_callMany</c>.</summary>
/// <param name="Value">What it returned; absent where it failed.</param>
/// <param name="Error">Why it failed; absent where it did not.</param>
public sealed record CallManyResultJson(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] HexData? Value,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error);
