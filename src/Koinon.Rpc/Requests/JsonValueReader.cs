using System.Text.Json;
using Koinon.Primitives;

namespace Koinon.Rpc.Requests;

/// <summary>Reads single JSON values as generously as tools need it.</summary>
/// <remarks>
/// Numbers come as hex strings with or without leading zeros, as decimal strings and as JSON numbers; hex data comes
/// with its <c>0x</c>. Every method answers <see langword="null"/> on success, else what is wrong with the value.
/// </remarks>
internal static class JsonValueReader
{
    /// <summary>Reads a number of up to 256 bits.</summary>
    public static string? ReadQuantity(JsonElement element, out UInt256 value)
    {
        value = default;
        if (element.ValueKind == JsonValueKind.Number)
        {
            return UInt256.TryParse(element.GetRawText(), out value) ? null : "not a whole number of up to 256 bits";
        }

        if (element.ValueKind != JsonValueKind.String)
        {
            return "not a number";
        }

        string text = element.GetString()!;
        return text is not ("" or "0x" or "0X") && UInt256.TryParse(text, out value)
            ? null
            : "not a number: hex digits after 0x, or decimal digits, of up to 256 bits are expected";
    }

    /// <summary>Reads a number of up to 64 bits.</summary>
    public static string? ReadUInt64(JsonElement element, out ulong value)
    {
        string? wrong = ReadQuantity(element, out UInt256 word);
        value = word.U0;
        return wrong ?? (word.IsUInt64 ? null : "larger than 64 bits");
    }

    /// <summary>Reads an address.</summary>
    public static string? ReadAddress(JsonElement element, out Address value)
    {
        value = default;
        return IsHex(element, out string text) && Address.TryParse(text, out value)
            ? null
            : "not an address: 40 hex digits after 0x are expected";
    }

    /// <summary>Reads a hash of 32 bytes.</summary>
    public static string? ReadHash(JsonElement element, out Hash256 value)
    {
        value = default;
        return IsHex(element, out string text) && Hash256.TryParse(text, out value)
            ? null
            : "not a hash: 64 hex digits after 0x are expected";
    }

    /// <summary>Reads bytes.</summary>
    public static string? ReadData(JsonElement element, out ReadOnlyMemory<byte> value)
    {
        value = default;
        if (!IsHex(element, out string text) || !Hex.TryDecode(text, out byte[] bytes))
        {
            return "not hex: an even number of hex digits after 0x is expected";
        }

        value = bytes;
        return null;
    }

    /// <summary>Reads a storage key: up to 32 bytes, short ones and leading zeros included, or a number.</summary>
    public static string? ReadSlot(JsonElement element, out UInt256 value)
    {
        value = default;
        return element.ValueKind == JsonValueKind.Number ? ReadQuantity(element, out value)
            : IsHex(element, out string text) && text.Length is > 2 and <= 66 && UInt256.TryParse(text, out value)
            ? null
            : "not a storage key: up to 64 hex digits after 0x are expected";
    }

    /// <summary>Reads true or false.</summary>
    public static string? ReadFlag(JsonElement element, out bool value)
    {
        value = element.ValueKind == JsonValueKind.True;
        return element.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "neither true nor false";
    }

    /// <summary>Reads a block: a tag, a number, a hash, or an object that names one (EIP-1898).</summary>
    public static string? ReadBlock(JsonElement element, out BlockReference value)
    {
        value = default;
        return element.ValueKind switch
        {
            JsonValueKind.Object => ReadBlockObject(element, out value),
            JsonValueKind.String => ReadBlockText(element, out value),
            _ => ReadBlockNumber(element, out value),
        };
    }

    /// <summary>Reads a block as <see cref="ReadBlock"/> does, but no decimal digits in a string.</summary>
    public static string? ReadStrictBlock(JsonElement element, out BlockReference value)
    {
        value = default;
        return element.ValueKind == JsonValueKind.String && element.GetString() is { Length: > 0 } text
            && char.IsAsciiDigit(text[0]) && !text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
                ? "hex string without 0x prefix"
                : ReadBlock(element, out value);
    }

    private static string? ReadBlockObject(JsonElement element, out BlockReference value)
    {
        value = default;
        bool byNumber = element.TryGetProperty("blockNumber"u8, out JsonElement number);
        if (byNumber == element.TryGetProperty("blockHash"u8, out JsonElement hashElement))
        {
            return "a block is named by either blockNumber or blockHash";
        }

        if (byNumber)
        {
            return number.ValueKind == JsonValueKind.String
                ? ReadBlockText(number, out value)
                : ReadBlockNumber(number, out value);
        }

        bool requiresCanonical = false;
        string? wrong = ReadHash(hashElement, out Hash256 hash);
        if (wrong is null && element.TryGetProperty("requireCanonical"u8, out JsonElement flag))
        {
            wrong = ReadFlag(flag, out requiresCanonical);
        }

        value = BlockReference.Hashed(hash, requiresCanonical);
        return wrong;
    }

    private static string? ReadBlockText(JsonElement element, out BlockReference value)
    {
        string text = element.GetString()!;
        BlockTag? tag = text switch
        {
            "latest" or "" => BlockTag.Latest,
            "pending" => BlockTag.Pending,
            "earliest" => BlockTag.Earliest,
            "safe" => BlockTag.Safe,
            "finalized" => BlockTag.Finalized,
            _ => null,
        };
        if (tag is not null)
        {
            value = BlockReference.Tagged(tag.Value);
            return null;
        }

        if (text.Length == 66 && Hash256.TryParse(text, out Hash256 hash))
        {
            value = BlockReference.Hashed(hash);
            return null;
        }

        return ReadBlockNumber(element, out value);
    }

    private static string? ReadBlockNumber(JsonElement element, out BlockReference value)
    {
        string? wrong = ReadUInt64(element, out ulong number);
        value = BlockReference.Numbered(number);
        return wrong is null
            ? null
            : "not a block: a number, a hash, latest, pending, earliest, safe or finalized is expected";
    }

    private static bool IsHex(JsonElement element, out string text)
    {
        text = element.ValueKind == JsonValueKind.String ? element.GetString()! : "";
        return text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
    }
}
