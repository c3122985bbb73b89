using System.Diagnostics.CodeAnalysis;

namespace Koinon.Primitives;

// Text: decimal by default, hexadecimal with the format "x" or after "0x".
public readonly partial struct UInt256 : ISpanFormattable, ISpanParsable<UInt256>
{
    private const int DecimalDigitsMax = 78;

    /// <summary>Reads a decimal number, or a hexadecimal one after <c>0x</c>.</summary>
    /// <exception cref="FormatException">The text is no number or does not fit 256 bits.</exception>
    public static UInt256 Parse(ReadOnlySpan<char> text) => Parse(text, null);

    /// <inheritdoc cref="Parse(ReadOnlySpan{char})"/>
    public static UInt256 Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        TryParse(s, provider, out UInt256 value)
            ? value
            : throw new FormatException(
                $"'{Hex.Shorten(s)}' is not a number of 256 bits: decimal digits, or 0x and hex digits, are expected.");

    /// <inheritdoc cref="Parse(ReadOnlySpan{char})"/>
    public static UInt256 Parse(string s, IFormatProvider? provider) => Parse(s.AsSpan(), provider);

    /// <summary>Reads a decimal number, or a hexadecimal one after <c>0x</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out UInt256 value) => TryParse(text, null, out value);

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out UInt256)"/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out UInt256 result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out UInt256)"/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out UInt256 result) =>
        s.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? TryParseDigits(s[2..], 16, out result)
            : TryParseDigits(s, 10, out result);

    /// <summary>The value in decimal digits.</summary>
    public override string ToString() => ToString(null, null);

    /// <summary>The value as text.</summary>
    /// <param name="format"><c>null</c>, <c>"G"</c> or <c>"D"</c> for decimal, <c>"x"</c> for <c>0x</c> and hex digits
    /// without leading zeros.</param>
    /// <param name="formatProvider">Not used: the text is the same everywhere.</param>
    public string ToString(string? format, IFormatProvider? formatProvider)
    {
        Span<char> text = stackalloc char[DecimalDigitsMax];
        TryFormat(text, out int written, format, formatProvider);
        return new string(text[..written]);
    }

    /// <inheritdoc/>
    public bool TryFormat(
        Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        if (format.IsEmpty || format is "G" or "g" or "D" or "d")
        {
            return TryFormatDecimal(destination, out charsWritten);
        }

        return format is "x" or "X"
            ? TryFormatHex(destination, out charsWritten)
            : throw new FormatException($"'{format}' is not a format of a word: use G, D or x.");
    }

    private static bool TryParseDigits(ReadOnlySpan<char> digits, uint radix, out UInt256 result)
    {
        result = Zero;
        foreach (char digit in digits)
        {
            // A character that is no digit at all counts as one that is too great.
            uint value = !char.IsAsciiHexDigit(digit)
                ? radix
                : (uint)(char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10);
            if (value >= radix || MultiplyOverflow(result, radix, out result) || AddOverflow(result, value, out result))
            {
                result = Zero;
                return false;
            }
        }

        return !digits.IsEmpty;
    }

    private bool TryFormatDecimal(Span<char> destination, out int charsWritten)
    {
        Span<char> text = stackalloc char[DecimalDigitsMax];
        int start = text.Length;
        UInt256 rest = this;
        do
        {
            Divide(rest, 10u, out UInt256 quotient);
            text[--start] = (char)('0' + unchecked((uint)(rest.U0 - (quotient.U0 * 10))));
            rest = quotient;
        }
        while (!rest.IsZero);

        charsWritten = text.Length - start;
        return text[start..].TryCopyTo(destination);
    }

    private bool TryFormatHex(Span<char> destination, out int charsWritten)
    {
        Span<byte> bytes = stackalloc byte[Size];
        Span<char> digits = stackalloc char[2 * Size];
        WriteBigEndian(bytes);
        Convert.TryToHexStringLower(bytes, digits, out _);
        ReadOnlySpan<char> trimmed = ((ReadOnlySpan<char>)digits).TrimStart('0');
        trimmed = trimmed.IsEmpty ? digits[^1..] : trimmed;
        charsWritten = trimmed.Length + 2;
        return "0x".TryCopyTo(destination) && trimmed.TryCopyTo(destination[2..]);
    }
}
