using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Koinon.Primitives;

namespace Koinon.Fixtures.Reading;

/// <summary>
/// The values of Ethereum as fixtures write them, read from the file's UTF-8 without a string between.
/// </summary>
/// <remarks>
/// Numbers are <c>0x</c> hex with leading zeros allowed, an empty text or <c>0x</c> for zero, or decimal digits
/// (oldest files). What does not fit is a <see cref="FixtureFormatException"/> that names the field.
/// </remarks>
public static class FixtureJson
{
    extension(JsonElement element)
    {
        /// <summary>The named property.</summary>
        /// <exception cref="FixtureFormatException">There is none.</exception>
        public JsonElement Field(string name) =>
            element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value)
                ? value
                : throw new FixtureFormatException($"the field '{name}' is missing");

        /// <summary>Whether the object has the named property, and not as null.</summary>
        public bool Has(string name) => element.TryField(name, out _);

        /// <summary>The named property where it is there and not null.</summary>
        public bool TryField(string name, out JsonElement value)
        {
            value = default;
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out value)
                && value.ValueKind != JsonValueKind.Null;
        }

        /// <summary>The text of a string.</summary>
        public string Text() => element.ValueKind == JsonValueKind.String
            ? element.GetString()!
            : throw new FixtureFormatException($"{Shown(element)} is no text");

        /// <summary>The named word.</summary>
        public UInt256 Word(string name) => element.Field(name).Word();

        /// <summary>The named word, or another value where it is missing.</summary>
        public UInt256 Word(string name, in UInt256 otherwise) =>
            element.TryField(name, out JsonElement value) ? value.Word() : otherwise;

        /// <summary>A number of at most 256 bits.</summary>
        public UInt256 Word() => TryParseWord(Raw(element), out UInt256 word)
            ? word
            : throw new FixtureFormatException($"{Shown(element)} is no number of at most 256 bits");

        /// <summary>A number of at most 256 bits, where it is one.</summary>
        public bool TryWord(out UInt256 word) => TryParseWord(Raw(element), out word);

        /// <summary>The named number of at most 64 bits.</summary>
        public ulong Number(string name) => element.Field(name).Number();

        /// <summary>The named number of at most 64 bits, or another value where it is missing.</summary>
        public ulong Number(string name, ulong otherwise) =>
            element.TryField(name, out JsonElement value) ? value.Number() : otherwise;

        /// <summary>A number of at most 64 bits.</summary>
        public ulong Number() => TryParseWord(Raw(element), out UInt256 word) && word.IsUInt64
            ? word.U0
            : throw new FixtureFormatException($"{Shown(element)} is no number of at most 64 bits");

        /// <summary>A number of at most 64 bits, where it is one.</summary>
        public bool TryNumber(out ulong number)
        {
            bool ok = TryParseWord(Raw(element), out UInt256 word) && word.IsUInt64;
            number = ok ? word.U0 : 0;
            return ok;
        }

        /// <summary>The named bytes.</summary>
        public byte[] Bytes(string name) => element.Field(name).Bytes();

        /// <summary>Bytes as hex, with or without <c>0x</c>.</summary>
        public byte[] Bytes()
        {
            ReadOnlySpan<byte> digits = Digits(Raw(element));
            if (digits.IsEmpty) return [];
            byte[] bytes = new byte[digits.Length / 2];
            return TryDecode(digits, bytes)
                ? bytes
                : throw new FixtureFormatException($"{Shown(element)} is no hex of whole bytes");
        }

        /// <summary>The named address.</summary>
        public Address Address(string name) => element.Field(name).Address();

        /// <summary>The named hash.</summary>
        public Hash256 Hash(string name) => element.Field(name).Hash();

        /// <summary>An address of 20 bytes.</summary>
        public Address Address() => ParseAddress(Raw(element));

        /// <summary>A hash; fewer than 32 bytes are filled with zeros in front.</summary>
        public Hash256 Hash()
        {
            ReadOnlySpan<byte> digits = Digits(Raw(element));
            Span<byte> bytes = stackalloc byte[Hash256.Size];
            bytes.Clear();
            bool fits = digits.Length <= 2 * Hash256.Size && (digits.Length & 1) == 0;
            return fits && TryDecode(digits, bytes[(Hash256.Size - (digits.Length / 2))..])
                ? new Hash256(bytes)
                : throw new FixtureFormatException($"{Shown(element)} is no hash of 32 bytes");
        }
    }

    /// <summary>An address out of hex in UTF-8.</summary>
    internal static Address ParseAddress(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> digits = Digits(text);
        Span<byte> bytes = stackalloc byte[Primitives.Address.Size];
        return digits.Length == 2 * Primitives.Address.Size && TryDecode(digits, bytes)
            ? new Address(bytes)
            : throw new FixtureFormatException($"'{Text(text)}' is no address of 20 bytes");
    }

    /// <summary>A word out of hex or decimal digits in UTF-8.</summary>
    internal static bool TryParseWord(ReadOnlySpan<byte> text, out UInt256 word)
    {
        word = default;
        if (!text.StartsWith("0x"u8) && !text.StartsWith("0X"u8))
        {
            return text.IsEmpty || TryParseDecimal(text, out word);
        }

        ReadOnlySpan<byte> digits = text[2..].TrimStart((byte)'0');
        if (digits.Length > 64) return false;
        Span<byte> padded = stackalloc byte[64];
        padded.Fill((byte)'0');
        digits.CopyTo(padded[(64 - digits.Length)..]);
        Span<byte> bytes = stackalloc byte[32];
        if (!TryDecode(padded, bytes)) return false;
        word = UInt256.FromBigEndian(bytes);
        return true;
    }

    private static bool TryParseDecimal(ReadOnlySpan<byte> text, out UInt256 word)
    {
        const int DigitsOfTheLargest = 78;
        word = default;
        if (text.Length > DigitsOfTheLargest || text.ContainsAnyExceptInRange((byte)'0', (byte)'9')) return false;
        Span<char> digits = stackalloc char[DigitsOfTheLargest];
        int length = System.Text.Encoding.ASCII.GetChars(text, digits);
        return UInt256.TryParse(digits[..length], out word);
    }

    /// <summary>The text of a string without its quotes, or that of a bare number.</summary>
    private static ReadOnlySpan<byte> Raw(JsonElement element)
    {
        ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8Value(element);
        return element.ValueKind switch
        {
            JsonValueKind.String => raw[1..^1],
            JsonValueKind.Number => raw,
            _ => throw new FixtureFormatException($"{Shown(element)} is neither a text nor a number"),
        };
    }

    private static ReadOnlySpan<byte> Digits(ReadOnlySpan<byte> text) => text.StartsWith("0x"u8) ? text[2..] : text;

    private static bool TryDecode(ReadOnlySpan<byte> digits, Span<byte> bytes) => (digits.Length & 1) == 0
        && Convert.FromHexString(digits, bytes, out _, out _) == OperationStatus.Done;

    private static string Shown(JsonElement element) => $"'{Text(JsonMarshal.GetRawUtf8Value(element))}'";

    private static string Text(ReadOnlySpan<byte> utf8)
    {
        const int Longest = 80;
        string text = System.Text.Encoding.UTF8.GetString(utf8.Length > Longest ? utf8[..Longest] : utf8);
        return utf8.Length > Longest ? text + "..." : text;
    }
}
