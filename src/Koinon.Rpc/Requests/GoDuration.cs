using System.Buffers;
using System.Globalization;

namespace Koinon.Rpc.Requests;

/// <summary>Times as geth's requests write them: <c>5s</c>, <c>1m30s</c>, <c>250ms</c>.</summary>
internal static class GoDuration
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    private static readonly (string Unit, double Seconds)[] Units =
    [
        ("ns", 1e-9), ("us", 1e-6), ("µs", 1e-6), ("ms", 1e-3), ("s", 1), ("m", 60), ("h", 3_600),
    ];

    /// <summary>Reads a time; it is more than nothing and at most some years.</summary>
    public static bool TryParse(string? text, out TimeSpan time)
    {
        time = default;
        ReadOnlySpan<char> rest = text;
        double seconds = 0;
        while (!rest.IsEmpty)
        {
            int digits = rest.IndexOfAnyExcept(Digits);
            if (digits <= 0 || !double.TryParse(
                rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number))
            {
                return false;
            }

            rest = rest[digits..];
            int letters = rest.IndexOfAny(Digits);
            ReadOnlySpan<char> unit = letters < 0 ? rest : rest[..letters];
            if (!TryFindUnit(unit, out double unitSeconds))
            {
                return false;
            }

            seconds += number * unitSeconds;
            rest = rest[unit.Length..];
        }

        if (!(seconds is > 0 and < 1e9))
        {
            return false;
        }

        time = TimeSpan.FromSeconds(seconds);
        return true;
    }

    private static bool TryFindUnit(ReadOnlySpan<char> text, out double seconds)
    {
        foreach ((string unit, double length) in Units)
        {
            if (text.SequenceEqual(unit))
            {
                seconds = length;
                return true;
            }
        }

        seconds = 0;
        return false;
    }
}
