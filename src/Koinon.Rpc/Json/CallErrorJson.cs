using System.Text.Json.Serialization;

namespace Koinon.Rpc.Json;

/// <summary>Why a call of a simulation failed.</summary>
/// <param name="Code">3 for a revert, -32015 for any other end.</param>
/// <param name="Message">The reason in words.</param>
/// <param name="Data">What a revert returned; absent otherwise.</param>
public sealed record CallErrorJson(
    int Code,
    string Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] HexData? Data);
