using System.Text.Json;
using Koinon.Primitives;

namespace Koinon.Abi.Tests;

/// <summary>Values as the vectors write them.</summary>
internal static class AbiJson
{
    internal static AbiType[] Types(JsonElement list) =>
        [.. list.EnumerateArray().Select(static type => AbiType.Parse(type.GetString()))];

    internal static AbiValue[] Values(AbiType[] types, JsonElement list) =>
        [.. list.EnumerateArray().Zip(types, static (json, type) => Value(type, json))];

    internal static AbiValue Value(AbiType type, JsonElement json) => type.Kind switch
    {
        AbiKind.Unsigned or AbiKind.Signed => Number(json.ToString()),
        AbiKind.Bool => json.GetBoolean(),
        AbiKind.Address => Address.Parse(json.GetString()),
        AbiKind.Text => json.GetString()!,
        AbiKind.Bytes or AbiKind.FixedBytes => Hex.Decode(json.GetString()),
        AbiKind.Tuple => AbiValue.OfList(
            [.. json.EnumerateArray().Zip(type.Components, static (item, component) => Value(component.Type, item))]),
        _ => AbiValue.OfList([.. json.EnumerateArray().Select(item => Value(type.Element!, item))]),
    };

    private static UInt256 Number(string text) =>
        text.StartsWith('-') ? -UInt256.Parse(text.AsSpan(1)) : UInt256.Parse(text);
}
