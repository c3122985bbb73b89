namespace Koinon.Crypto.Ecdsa;

/// <summary>Windowed non-adjacent form: an integer as a sum of odd signed digits, each followed by zeros.</summary>
internal static class NonAdjacentForm
{
    /// <summary>Digits that a number of 128 bits can need.</summary>
    internal const int Digits128 = 129;

    /// <summary>Recodes an integer in time that depends on it: for public values only.</summary>
    /// <param name="value">The absolute value.</param>
    /// <param name="isNegative">Whether each digit changes its sign.</param>
    /// <param name="width">2 to 15: digits are odd and below 2^(width - 1) in absolute value.</param>
    /// <param name="digits"><see cref="Digits128"/> digits, all zero on entry; digit i counts 2^i.</param>
    /// <returns>How many digits are in use: one more than the place of the last that is not zero.</returns>
    internal static int RecodeVartime(UInt128 value, bool isNegative, int width, Span<short> digits)
    {
        int used = 0;
        int position = 0;
        uint mask = (1u << width) - 1;
        while (value != UInt128.Zero)
        {
            // After the subtraction below, value is a multiple of 2^width: at least width - 1 zeros follow.
            int zeros = (int)UInt128.TrailingZeroCount(value);
            value >>= zeros;
            position += zeros;
            int digit = (int)((uint)(ulong)value & mask);
            value >>= width;
            if (digit >= 1 << (width - 1))
            {
                digit -= 1 << width;
                value += 1;
            }

            digits[position] = (short)(isNegative ? -digit : digit);
            used = position + 1;
            position += width;
        }

        return used;
    }
}
