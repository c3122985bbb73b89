namespace Koinon.Crypto.Ecdsa;

/// <summary>Windowed non-adjacent form: an integer as a sum of odd signed digits, each followed by zeros.</summary>
internal static class NonAdjacentForm
{
    /// <summary>Digits that a number of 128 bits can need.</summary>
    internal const int Digits128 = 129;

    /// <summary>Digits that a number of 256 bits can need.</summary>
    internal const int Digits256 = 257;

    /// <summary>Recodes an integer in time that depends on it: for public values only.</summary>
    /// <param name="words">The absolute value, least significant word first, at most 256 bits.</param>
    /// <param name="isNegative">Whether each digit changes its sign.</param>
    /// <param name="width">2 to 15: digits are odd and below 2^(width - 1) in absolute value.</param>
    /// <param name="digits">One digit more than the value can have bits, all zero on entry; digit i counts 2^i.</param>
    /// <returns>How many digits are in use: one more than the place of the last that is not zero.</returns>
    internal static int RecodeVartime(ReadOnlySpan<ulong> words, bool isNegative, int width, Span<short> digits)
    {
        int used = 0;
        int position = 0;
        int carry = 0;
        while (position < digits.Length)
        {
            ulong bits = Bits(words, position);
            if ((bits & 1) == (ulong)carry)
            {
                // Nothing to do here: zeros, or ones that the carry runs through.
                position += Math.Max(1, System.Numerics.BitOperations.TrailingZeroCount(bits ^ (0 - (ulong)carry)));
                continue;
            }

            int digit = (int)(bits & ((1UL << width) - 1)) + carry;
            carry = digit >> (width - 1) & 1;
            digit -= carry << width;
            digits[position] = (short)(isNegative ? -digit : digit);
            used = position + 1;
            position += width;
        }

        return used;
    }

    /// <summary>64 bits from a position on, zeros beyond the end.</summary>
    private static ulong Bits(ReadOnlySpan<ulong> words, int position)
    {
        int word = position >> 6;
        int shift = position & 63;
        ulong low = word < words.Length ? words[word] >> shift : 0;
        ulong high = word + 1 < words.Length ? words[word + 1] : 0;
        return shift == 0 ? low : low | (high << (64 - shift));
    }
}
