using System.Text.Json;

namespace Koinon.Rpc.Dispatch;

/// <summary>What the reader of JSON leaves open.</summary>
internal static class JsonText
{
    private const int ShownMax = 200;

    /// <summary>Whether a string holds an escaped half of a surrogate pair, which is no text.</summary>
    /// <param name="json">A valid JSON value in UTF-8.</param>
    /// <remarks>One search where no escape stands at all, as in nearly every request.</remarks>
    public static bool HasBrokenEscapes(ReadOnlySpan<byte> json)
    {
        if (json.IndexOf("\\u"u8) < 0)
        {
            return false;
        }

        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = int.MaxValue });
        while (reader.Read())
        {
            bool isText = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName;
            if (isText && reader.ValueIsEscaped && !IsText(reader.ValueSpan))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A reason short enough for an error message.</summary>
    public static string Shorten(string reason) => reason.Length <= ShownMax ? reason : reason[..ShownMax] + "...";

    /// <summary>Whether every escaped high half is followed by a low one, and no low one stands alone.</summary>
    private static bool IsText(ReadOnlySpan<byte> escaped)
    {
        bool afterHigh = false;
        for (int i = 0; i < escaped.Length; i++)
        {
            bool isUnit = escaped[i] == '\\' && escaped[i + 1] == 'u';
            int unit = isUnit ? int.Parse(escaped.Slice(i + 2, 4), System.Globalization.NumberStyles.HexNumber) : 0;
            bool isLow = unit is >= 0xDC00 and <= 0xDFFF;
            if (isLow != afterHigh)
            {
                return false;
            }

            afterHigh = unit is >= 0xD800 and <= 0xDBFF;
            i += isUnit ? 5 : escaped[i] == '\\' ? 1 : 0;
        }

        return !afterHigh;
    }
}
