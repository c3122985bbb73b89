using System.Text.Json;
using Koinon.Primitives;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Development;

/// <summary>Reads numbers of development methods: hex, decimal text or plain JSON numbers, as tools send all.</summary>
internal static class NumberReader
{
    /// <summary>A number of up to 256 bits.</summary>
    public static (UInt256 Value, string? Wrong) Word(JsonElement element)
    {
        string? wrong = JsonValueReader.ReadQuantity(element, out UInt256 value);
        return (value, wrong);
    }

    /// <summary>A number of up to 64 bits.</summary>
    public static (ulong? Value, string? Wrong) Number(JsonElement element)
    {
        string? wrong = JsonValueReader.ReadUInt64(element, out ulong value);
        return (value, wrong);
    }

    /// <summary>True or false.</summary>
    public static (bool Value, string? Wrong) Flag(JsonElement element)
    {
        string? wrong = JsonValueReader.ReadFlag(element, out bool value);
        return (value, wrong);
    }

    /// <summary>A text.</summary>
    public static (string? Value, string? Wrong) Text(JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? (element.GetString(), null) : (null, "not a text");
}
