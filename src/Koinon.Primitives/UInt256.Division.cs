using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Koinon.Primitives;

// Quotients and remainders: Knuth's algorithm D over 64-bit digits, written out for each length of the divisor. A digit
// is one 128-by-64-bit division of the machine, corrected with the divisor's second limb: on the machines of today that
// takes no longer than the two products by a reciprocal, and there is no reciprocal to find first (UInt256Benchmarks).
//
// In all of it the divisor is shifted up until its highest bit is set, the dividend by as much, and the remainder so
// far, r, is below the divisor: a step takes in the dividend's next limb and gives one digit of the quotient.
public readonly partial struct UInt256
{
    /// <summary>Quotient, rounded down.</summary>
    /// <exception cref="DivideByZeroException">The divisor is zero.</exception>
    public static UInt256 operator /(in UInt256 left, in UInt256 right)
    {
        if (right.IsZero)
        {
            ThrowDivideByZero();
        }

        Divide(left, right, out UInt256 quotient);
        return quotient;
    }

    /// <summary>Remainder.</summary>
    /// <exception cref="DivideByZeroException">The divisor is zero.</exception>
    public static UInt256 operator %(in UInt256 left, in UInt256 right)
    {
        if (right.IsZero)
        {
            ThrowDivideByZero();
        }

        Remainder(left, right, out UInt256 remainder);
        return remainder;
    }

    /// <summary>Quotient, zero where the divisor is zero (the EVM's DIV).</summary>
    public static void Divide(in UInt256 left, in UInt256 right, out UInt256 quotient)
    {
        if (left.IsUInt64 && right.IsUInt64)
        {
            quotient = right.U0 == 0 ? Zero : left.U0 / right.U0;
        }
        else if (right.IsZero || left < right)
        {
            quotient = Zero;
        }
        else
        {
            DivideWords(left, right, out quotient, out _);
        }
    }

    /// <summary>Remainder, zero where the divisor is zero (the EVM's MOD).</summary>
    public static void Remainder(in UInt256 left, in UInt256 right, out UInt256 remainder)
    {
        if (left.IsUInt64 && right.IsUInt64)
        {
            remainder = right.U0 == 0 ? Zero : left.U0 % right.U0;
        }
        else if (right.IsZero)
        {
            remainder = Zero;
        }
        else if (left < right)
        {
            remainder = left;
        }
        else
        {
            DivideWords(left, right, out _, out remainder);
        }
    }

    /// <summary>Quotient in two's complement, rounded towards zero; zero where the divisor is zero (SDIV).</summary>
    public static void SignedDivide(in UInt256 left, in UInt256 right, out UInt256 quotient)
    {
        bool negative = left.IsNegative != right.IsNegative;
        Divide(Magnitude(left), Magnitude(right), out quotient);
        if (negative)
        {
            quotient = -quotient;
        }
    }

    /// <summary>Remainder with the sign of the dividend; zero where the divisor is zero (SMOD).</summary>
    public static void SignedRemainder(in UInt256 left, in UInt256 right, out UInt256 remainder)
    {
        bool negative = left.IsNegative;
        Remainder(Magnitude(left), Magnitude(right), out remainder);
        if (negative)
        {
            remainder = -remainder;
        }
    }

    /// <summary>(a + b) mod m over the sum of 257 bits; zero where m is zero (ADDMOD).</summary>
    public static void AddModulo(in UInt256 a, in UInt256 b, in UInt256 modulus, out UInt256 result)
    {
        UInt256 divisor = modulus;
        UInt256 x = a;
        UInt256 y = b;
        if (x >= divisor)
        {
            Remainder(x, divisor, out x);
        }

        if (y >= divisor)
        {
            Remainder(y, divisor, out y);
        }

        // Both are below the modulus, or all three are zero: one subtraction brings the sum below it.
        bool carry = AddOverflow(x, y, out UInt256 sum);
        bool below = SubtractUnderflow(sum, divisor, out UInt256 reduced);
        result = below && !carry ? sum : reduced;
    }

    /// <summary>(a · b) mod m over the product of 512 bits; zero where m is zero (MULMOD).</summary>
    public static void MultiplyModulo(in UInt256 a, in UInt256 b, in UInt256 modulus, out UInt256 result)
    {
        if (modulus.IsZero)
        {
            result = Zero;
            return;
        }

        MultiplyFull(a, b, out UInt256 low, out UInt256 high);
        if (high.IsZero)
        {
            Remainder(low, modulus, out result);
        }
        else
        {
            ReduceProduct(low, high, modulus, out result);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static UInt256 Magnitude(in UInt256 value) => value.IsNegative ? -value : value;

    // The divisor is not zero and at most the dividend.
    private static void DivideWords(
        in UInt256 dividend, in UInt256 divisor, out UInt256 quotient, out UInt256 remainder)
    {
        if ((divisor.U3 | divisor.U2) == 0)
        {
            if (divisor.U1 == 0)
            {
                DivideByOneLimb(dividend, divisor.U0, out quotient, out remainder);
            }
            else
            {
                DivideByTwoLimbs(dividend, divisor, out quotient, out remainder);
            }
        }
        else if (divisor.U3 == 0)
        {
            DivideByThreeLimbs(dividend, divisor, out quotient, out remainder);
        }
        else
        {
            DivideByFourLimbs(dividend, divisor, out quotient, out remainder);
        }
    }

    private static void DivideByOneLimb(in UInt256 u, ulong divisor, out UInt256 quotient, out UInt256 remainder)
    {
        int shift = BitOperations.LeadingZeroCount(divisor);
        ulong d = divisor << shift;
        ulong r = Spill(u.U3, shift);
        ulong q3 = DivideDigit(ref r, Join(u.U3, u.U2, shift), d);
        ulong q2 = DivideDigit(ref r, Join(u.U2, u.U1, shift), d);
        ulong q1 = DivideDigit(ref r, Join(u.U1, u.U0, shift), d);
        ulong q0 = DivideDigit(ref r, u.U0 << shift, d);
        quotient = new UInt256(q3, q2, q1, q0);
        remainder = new UInt256(0, 0, 0, r >> shift);
    }

    private static void DivideByTwoLimbs(
        in UInt256 u, in UInt256 divisor, out UInt256 quotient, out UInt256 remainder)
    {
        int shift = BitOperations.LeadingZeroCount(divisor.U1);
        ulong d1 = Join(divisor.U1, divisor.U0, shift);
        ulong d0 = divisor.U0 << shift;
        ulong r1 = Spill(u.U3, shift);
        ulong r0 = Join(u.U3, u.U2, shift);
        ulong q2 = DivideDigit(ref r1, ref r0, Join(u.U2, u.U1, shift), d1, d0);
        ulong q1 = DivideDigit(ref r1, ref r0, Join(u.U1, u.U0, shift), d1, d0);
        ulong q0 = DivideDigit(ref r1, ref r0, u.U0 << shift, d1, d0);
        quotient = new UInt256(0, q2, q1, q0);
        remainder = new UInt256(0, 0, r1 >> shift, SplitDown(r1, r0, shift));
    }

    private static void DivideByThreeLimbs(
        in UInt256 u, in UInt256 divisor, out UInt256 quotient, out UInt256 remainder)
    {
        int shift = BitOperations.LeadingZeroCount(divisor.U2);
        ulong d2 = Join(divisor.U2, divisor.U1, shift);
        ulong d1 = Join(divisor.U1, divisor.U0, shift);
        ulong d0 = divisor.U0 << shift;
        ulong r2 = Spill(u.U3, shift);
        ulong r1 = Join(u.U3, u.U2, shift);
        ulong r0 = Join(u.U2, u.U1, shift);
        ulong q1 = DivideDigit(ref r2, ref r1, ref r0, Join(u.U1, u.U0, shift), d2, d1, d0);
        ulong q0 = DivideDigit(ref r2, ref r1, ref r0, u.U0 << shift, d2, d1, d0);
        quotient = new UInt256(0, 0, q1, q0);
        remainder = new UInt256(0, r2 >> shift, SplitDown(r2, r1, shift), SplitDown(r1, r0, shift));
    }

    private static void DivideByFourLimbs(
        in UInt256 u, in UInt256 divisor, out UInt256 quotient, out UInt256 remainder)
    {
        int shift = BitOperations.LeadingZeroCount(divisor.U3);
        UInt256 d = divisor << shift;
        ulong r3 = Spill(u.U3, shift);
        ulong r2 = Join(u.U3, u.U2, shift);
        ulong r1 = Join(u.U2, u.U1, shift);
        ulong r0 = Join(u.U1, u.U0, shift);
        ulong q0 = DivideDigit(ref r3, ref r2, ref r1, ref r0, u.U0 << shift, d.U3, d.U2, d.U1, d.U0);
        quotient = new UInt256(0, 0, 0, q0);
        remainder = ShiftDown(r3, r2, r1, r0, shift);
    }

    // The remainder of high·2²⁵⁶ + low; high and the divisor are not zero.
    private static void ReduceProduct(in UInt256 low, in UInt256 high, in UInt256 divisor, out UInt256 remainder)
    {
        if (divisor.U3 != 0)
        {
            ReduceByFourLimbs(low, high, divisor, out remainder);
            return;
        }

        // The remainder of the higher half takes its place, so that the loops below begin with r below the divisor.
        Remainder(high, divisor, out UInt256 r);
        if (divisor.U2 != 0)
        {
            ReduceByThreeLimbs(low, r, divisor, out remainder);
        }
        else if (divisor.U1 != 0)
        {
            ReduceByTwoLimbs(low, r, divisor, out remainder);
        }
        else
        {
            int shift = BitOperations.LeadingZeroCount(divisor.U0);
            ulong d = divisor.U0 << shift;
            ulong rest = Join(r.U0, low.U3, shift);
            DivideDigit(ref rest, Join(low.U3, low.U2, shift), d);
            DivideDigit(ref rest, Join(low.U2, low.U1, shift), d);
            DivideDigit(ref rest, Join(low.U1, low.U0, shift), d);
            DivideDigit(ref rest, low.U0 << shift, d);
            remainder = new UInt256(0, 0, 0, rest >> shift);
        }
    }

    private static void ReduceByTwoLimbs(in UInt256 low, in UInt256 r, in UInt256 divisor, out UInt256 remainder)
    {
        int shift = BitOperations.LeadingZeroCount(divisor.U1);
        ulong d1 = Join(divisor.U1, divisor.U0, shift);
        ulong d0 = divisor.U0 << shift;
        ulong r1 = Join(r.U1, r.U0, shift);
        ulong r0 = Join(r.U0, low.U3, shift);
        DivideDigit(ref r1, ref r0, Join(low.U3, low.U2, shift), d1, d0);
        DivideDigit(ref r1, ref r0, Join(low.U2, low.U1, shift), d1, d0);
        DivideDigit(ref r1, ref r0, Join(low.U1, low.U0, shift), d1, d0);
        DivideDigit(ref r1, ref r0, low.U0 << shift, d1, d0);
        remainder = new UInt256(0, 0, r1 >> shift, SplitDown(r1, r0, shift));
    }

    private static void ReduceByThreeLimbs(in UInt256 low, in UInt256 r, in UInt256 divisor, out UInt256 remainder)
    {
        int shift = BitOperations.LeadingZeroCount(divisor.U2);
        ulong d2 = Join(divisor.U2, divisor.U1, shift);
        ulong d1 = Join(divisor.U1, divisor.U0, shift);
        ulong d0 = divisor.U0 << shift;
        ulong r2 = Join(r.U2, r.U1, shift);
        ulong r1 = Join(r.U1, r.U0, shift);
        ulong r0 = Join(r.U0, low.U3, shift);
        DivideDigit(ref r2, ref r1, ref r0, Join(low.U3, low.U2, shift), d2, d1, d0);
        DivideDigit(ref r2, ref r1, ref r0, Join(low.U2, low.U1, shift), d2, d1, d0);
        DivideDigit(ref r2, ref r1, ref r0, Join(low.U1, low.U0, shift), d2, d1, d0);
        DivideDigit(ref r2, ref r1, ref r0, low.U0 << shift, d2, d1, d0);
        remainder = new UInt256(0, r2 >> shift, SplitDown(r2, r1, shift), SplitDown(r1, r0, shift));
    }

    private static void ReduceByFourLimbs(in UInt256 low, in UInt256 high, in UInt256 divisor, out UInt256 remainder)
    {
        int shift = BitOperations.LeadingZeroCount(divisor.U3);
        UInt256 d = divisor << shift;
        ulong r3 = Spill(high.U3, shift);
        ulong r2 = Join(high.U3, high.U2, shift);
        ulong r1 = Join(high.U2, high.U1, shift);
        ulong r0 = Join(high.U1, high.U0, shift);
        ulong next = Join(high.U0, low.U3, shift);
        if ((r3 | r2) == 0 || high < divisor)
        {
            // The first digit is zero, as with factors below the modulus.
            (r3, r2, r1, r0) = (r2, r1, r0, next);
        }
        else
        {
            DivideDigit(ref r3, ref r2, ref r1, ref r0, next, d.U3, d.U2, d.U1, d.U0);
        }

        DivideDigit(ref r3, ref r2, ref r1, ref r0, Join(low.U3, low.U2, shift), d.U3, d.U2, d.U1, d.U0);
        DivideDigit(ref r3, ref r2, ref r1, ref r0, Join(low.U2, low.U1, shift), d.U3, d.U2, d.U1, d.U0);
        DivideDigit(ref r3, ref r2, ref r1, ref r0, Join(low.U1, low.U0, shift), d.U3, d.U2, d.U1, d.U0);
        DivideDigit(ref r3, ref r2, ref r1, ref r0, low.U0 << shift, d.U3, d.U2, d.U1, d.U0);
        remainder = ShiftDown(r3, r2, r1, r0, shift);
    }

    // The next limb of a shift upwards: what stays of the higher one, and what the lower one gives.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Join(ulong higher, ulong lower, int shift) => (higher << shift) | Spill(lower, shift);

    // What a shift upwards pushes out of a limb, shift by shift: by 64 at once would be by none.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Spill(ulong limb, int shift) => (limb >> 1) >> (63 - shift);

    // The lower limb of a shift downwards.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong SplitDown(ulong higher, ulong lower, int shift) =>
        (lower >> shift) | ((higher << 1) << (63 - shift));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static UInt256 ShiftDown(ulong r3, ulong r2, ulong r1, ulong r0, int shift) => new(
        r3 >> shift, SplitDown(r3, r2, shift), SplitDown(r2, r1, shift), SplitDown(r1, r0, shift));

    // One digit of (r, u) / d; r becomes the remainder.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong DivideDigit(ref ulong r, ulong u, ulong d)
    {
#pragma warning disable SYSLIB5004 // The instruction the runtime divides its own UInt128 with; the tests hold it.
        if (X86Base.X64.IsSupported)
        {
            (ulong quotient, r) = X86Base.X64.DivRem(u, r, d);
            return quotient;
        }
#pragma warning restore SYSLIB5004

        return DivideDigitByReciprocal(ref r, u, d);
    }

    // One digit of (r1, r0, u) / (d1, d0).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong DivideDigit(ref ulong r1, ref ulong r0, ulong u, ulong d1, ulong d0) =>
        DivideDigit(ref r1, ref r0, u, d1, d0, out _);

    // The same where r may equal the divisor, as the higher limbs of a longer division may: then the digit is the
    // greatest, and the remainder may have a third limb, one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong DivideDigit(ref ulong r1, ref ulong r0, ulong u, ulong d1, ulong d0, out bool isLong)
    {
        unchecked
        {
            ulong rest = r1;
            ulong digit = ulong.MaxValue;
            bool wide = false;
            if (rest < d1)
            {
                digit = DivideDigit(ref rest, r0, d1);
            }
            else
            {
                // The digit would not fit: the greatest is at most one too great; what is left of r may reach 2^64.
                rest = r0 + d1;
                wide = rest < d1;
            }

            ulong high = MultiplyHigh(digit, d0);
            ulong low = digit * d0;
            while (!wide && (high > rest || (high == rest && low > u)))
            {
                // Twice at most, since the divisor's highest bit is set.
                digit--;
                high -= low < d0 ? 1UL : 0UL;
                low -= d0;
                rest += d1;
                wide = rest < d1;
            }

            high += u < low ? 1UL : 0UL;
            isLong = wide && rest >= high;
            r0 = u - low;
            r1 = rest - high;
            return digit;
        }
    }

    // One digit of (r2, r1, r0, u) / (d2, d1, d0).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong DivideDigit(
        ref ulong r2, ref ulong r1, ref ulong r0, ulong u, ulong d2, ulong d1, ulong d0)
    {
        unchecked
        {
            ulong digit = DivideDigit(ref r2, ref r1, r0, d2, d1, out bool isLong);
            ulong low = digit * d0;
            ulong high = MultiplyHigh(digit, d0) + (u < low ? 1UL : 0UL);
            r0 = u - low;
            ulong borrow = r1 < high ? 1UL : 0UL;
            r1 -= high;
            if (r2 < borrow && !isLong)
            {
                // Hardly ever: the digit of the two higher limbs was one too great.
                digit--;
                r0 += d0;
                ulong carry = r0 < d0 ? 1UL : 0UL;
                r1 += carry;
                carry = r1 < carry ? 1UL : 0UL;
                r1 += d1;
                r2 += d2 + carry + (r1 < d1 ? 1UL : 0UL);
            }

            r2 -= borrow;
            return digit;
        }
    }

    // One digit of (r3, r2, r1, r0, u) / (d3, d2, d1, d0).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong DivideDigit(
        ref ulong r3, ref ulong r2, ref ulong r1, ref ulong r0, ulong u, ulong d3, ulong d2, ulong d1, ulong d0)
    {
        unchecked
        {
            ulong digit = DivideDigit(ref r3, ref r2, r1, d3, d2, out bool isLong);
            ulong low = digit * d0;
            ulong high = MultiplyHigh(digit, d0) + (u < low ? 1UL : 0UL);
            ulong low1 = digit * d1;
            ulong high1 = MultiplyHigh(digit, d1);
            low1 += high;
            high1 += low1 < high ? 1UL : 0UL;
            high1 += r0 < low1 ? 1UL : 0UL;
            ulong next = r0 - low1;
            r0 = u - low;
            r1 = next;
            ulong borrow = r2 < high1 ? 1UL : 0UL;
            r2 -= high1;
            if (r3 < borrow && !isLong)
            {
                // Hardly ever: the digit of the two higher limbs was one too great.
                digit--;
                AddOverflow(new UInt256(r3, r2, r1, r0), new UInt256(d3, d2, d1, d0), out UInt256 sum);
                (r3, r2, r1, r0) = (sum.U3, sum.U2, sum.U1, sum.U0);
            }

            r3 -= borrow;
            return digit;
        }
    }

    // For machines without that division: the digit by a reciprocal of the divisor (Möller and Granlund, "Improved
    // division by invariant integers", 2011).
    internal static ulong DivideDigitByReciprocal(ref ulong r, ulong u, ulong d)
    {
        unchecked
        {
            ulong digit = Math.BigMul(Reciprocal(d), r, out ulong fraction);
            fraction += u;
            digit += r + (fraction < u ? 1UL : 0UL) + 1;
            ulong rest = u - (digit * d);
            if (rest > fraction)
            {
                digit--;
                rest += d;
            }

            if (rest >= d)
            {
                digit++;
                rest -= d;
            }

            r = rest;
            return digit;
        }
    }

    // floor((2¹²⁸ - 1) / d) - 2⁶⁴ for d with its top bit set, by Newton's method from an 11-bit start.
    private static ulong Reciprocal(ulong d)
    {
        unchecked
        {
            ulong d9 = d >> 55;
            ulong v0 = 0x7fd00 / d9;
            ulong d40 = (d >> 24) + 1;
            ulong v1 = (v0 << 11) - (uint)((v0 * v0 * d40) >> 40) - 1;
            ulong v2 = (v1 << 13) + ((v1 * (0x1000000000000000 - (v1 * d40))) >> 47);
            ulong d0 = d & 1;
            ulong d63 = (d >> 1) + d0;
            ulong e = ((v2 >> 1) & (0 - d0)) - (v2 * d63);
            ulong v3 = (Math.BigMul(v2, e, out _) >> 1) + (v2 << 31);
            ulong high = Math.BigMul(v3, d, out ulong low);
            high += low + d < low ? 1UL : 0UL;
            return v3 - high - d;
        }
    }

    private static void ThrowDivideByZero() => throw new DivideByZeroException();
}
