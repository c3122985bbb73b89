using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Koinon.Primitives;

namespace Koinon.Node.Forking;

/// <summary>Reads values of a remote node's answers.</summary>
internal static class RemoteJson
{
    /// <summary>A number, or a word of storage, as a JSON string of hex digits.</summary>
    public static bool TryWord(ReadOnlyMemory<byte> json, out UInt256 value)
    {
        value = default;
        return TryText(json, out string? text) && TryWord(text, out value);
    }

    /// <summary>Bytes as a JSON string of hex digits.</summary>
    public static bool TryBytes(ReadOnlyMemory<byte> json, [NotNullWhen(true)] out byte[] bytes)
    {
        bytes = [];
        return TryText(json, out string? text) && Hex.TryDecode(text, out bytes);
    }

    /// <summary>A hash in a member of an object.</summary>
    public static bool TryHash(JsonElement owner, string name, out Hash256 hash)
    {
        hash = default;
        return owner.ValueKind == JsonValueKind.Object
            && owner.TryGetProperty(name, out JsonElement member)
            && member.ValueKind == JsonValueKind.String
            && Hash256.TryParse(member.GetString(), out hash);
    }

    /// <summary>A number in a member of an object.</summary>
    public static bool TryWord(JsonElement owner, string name, out UInt256 value)
    {
        value = default;
        return owner.ValueKind == JsonValueKind.Object
            && owner.TryGetProperty(name, out JsonElement member)
            && member.ValueKind == JsonValueKind.String
            && TryWord(member.GetString()!, out value);
    }

    /// <summary>A number of up to 64 bits in a member of an object.</summary>
    public static ulong? Number(JsonElement owner, string name) =>
        TryWord(owner, name, out UInt256 value) && value.IsUInt64 ? value.U0 : null;

    private static bool TryWord(string text, out UInt256 value)
    {
        value = default;
        return text is "0x" || (text.StartsWith("0x", StringComparison.Ordinal) && UInt256.TryParse(text, out value));
    }

    private static bool TryText(ReadOnlyMemory<byte> json, [NotNullWhen(true)] out string? text)
    {
        // A string of hex digits has no escapes.
        ReadOnlySpan<byte> span = json.Span;
        bool isText = span.Length >= 2 && span[0] == '"' && span[^1] == '"';
        text = isText ? Encoding.ASCII.GetString(span[1..^1]) : null;
        return isText;
    }
}
