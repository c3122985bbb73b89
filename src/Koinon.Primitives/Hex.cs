namespace Koinon.Primitives;

/// <summary>Hexadecimal text with the <c>0x</c> of Ethereum.</summary>
public static class Hex
{
    /// <summary>Writes bytes as <c>0x</c> and two lower-case digits a byte.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes) => "0x" + Convert.ToHexStringLower(bytes);

    /// <summary>Reads an even number of hex digits, with or without <c>0x</c>.</summary>
    /// <param name="text">The digits; an empty text is no bytes.</param>
    /// <param name="bytes">The bytes, or an empty array where the text is no hex.</param>
    public static bool TryDecode(ReadOnlySpan<char> text, out byte[] bytes)
    {
        ReadOnlySpan<char> digits = Digits(text);
        bytes = [];
        if ((digits.Length & 1) != 0)
        {
            return false;
        }

        byte[] decoded = new byte[digits.Length / 2];
        bool ok = TryDecodeDigits(digits, decoded);
        bytes = ok ? decoded : [];
        return ok;
    }

    /// <summary>Reads hex digits as <see cref="TryDecode"/> does.</summary>
    /// <exception cref="FormatException">The text is not hex of whole bytes.</exception>
    public static byte[] Decode(ReadOnlySpan<char> text) =>
        TryDecode(text, out byte[] bytes)
            ? bytes
            : throw new FormatException(
                $"'{Shorten(text)}' is not hex: an even number of digits 0-9, a-f is expected.");

    /// <summary>Reads exactly as many bytes as the destination holds.</summary>
    internal static bool TryDecodeExact(ReadOnlySpan<char> text, Span<byte> destination)
    {
        ReadOnlySpan<char> digits = Digits(text);
        return digits.Length == 2 * destination.Length && TryDecodeDigits(digits, destination);
    }

    /// <summary>A text short enough for an error message.</summary>
    internal static string Shorten(ReadOnlySpan<char> text) =>
        text.Length <= 80 ? new string(text) : string.Concat(text[..77], "...");

    private static ReadOnlySpan<char> Digits(ReadOnlySpan<char> text) =>
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text[2..] : text;

    private static bool TryDecodeDigits(ReadOnlySpan<char> digits, Span<byte> destination) =>
        Convert.FromHexString(digits, destination, out _, out _) == System.Buffers.OperationStatus.Done;
}
