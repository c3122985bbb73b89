namespace Koinon.Crypto.Pairings;

/// <summary>Plain numbers of several limbs, least significant first, for the short arithmetic around curves.</summary>
internal static class Multiprecision
{
    /// <summary>Writes the product of two numbers; it has as many limbs as both together.</summary>
    internal static void Multiply(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b, Span<ulong> product)
    {
        product.Clear();
        for (int i = 0; i < a.Length; i++)
        {
            ulong carry = 0;
            for (int j = 0; j < b.Length; j++) carry = Words.MultiplyAdd(a[i], b[j], carry, ref product[i + j]);
            product[i + b.Length] = carry;
        }
    }

    /// <summary>Subtracts a number of equal length, modulo 2 to the number's length; returns the borrow.</summary>
    internal static ulong Subtract(Span<ulong> number, ReadOnlySpan<ulong> other)
    {
        ulong borrow = 0;
        for (int i = 0; i < number.Length; i++) number[i] = Words.Subtract(number[i], other[i], ref borrow);
        return borrow;
    }

    /// <summary>Reduces a number modulo another of equal length that is not much smaller: by subtraction.</summary>
    internal static void Reduce(Span<ulong> number, ReadOnlySpan<ulong> modulus)
    {
        while (IsAtLeast(number, modulus)) Subtract(number, modulus);
    }

    /// <summary>Makes a number in two's complement positive and tells whether it was negative.</summary>
    internal static bool MakePositive(Span<ulong> number)
    {
        if (number[^1] >> 63 == 0) return false;

        ulong borrow = 0;
        for (int i = 0; i < number.Length; i++) number[i] = Words.Subtract(0, number[i], ref borrow);
        return true;
    }

    /// <summary>Divides a number by one limb in place and returns the remainder.</summary>
    internal static ulong Divide(Span<ulong> number, ulong divisor)
    {
        UInt128 remainder = 0;
        for (int i = number.Length - 1; i >= 0; i--)
        {
            UInt128 part = (remainder << 64) | number[i];
            (UInt128 quotient, remainder) = UInt128.DivRem(part, divisor);
            number[i] = (ulong)quotient;
        }

        return (ulong)remainder;
    }

    private static bool IsAtLeast(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b)
    {
        for (int i = a.Length - 1; i >= 0; i--)
        {
            if (a[i] != b[i]) return a[i] > b[i];
        }

        return true;
    }
}
