using System.Numerics;
using System.Runtime.CompilerServices;

namespace Koinon.Primitives;

// Quotients and remainders: Knuth's algorithm D over 64-bit digits, each quotient digit found with the reciprocal of the
// divisor's top limbs (Möller and Granlund, "Improved division by invariant integers", 2011) in place of a division.
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
            DivideLong(left, Zero, right, out quotient, out _);
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
            DivideLong(left, Zero, right, out _, out remainder);
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
        if (modulus.IsZero)
        {
            result = Zero;
            return;
        }

        UInt256 divisor = modulus;
        if (AddOverflow(a, b, out UInt256 sum))
        {
            DivideLong(sum, One, divisor, out _, out result);
        }
        else
        {
            Remainder(sum, divisor, out result);
        }
    }

    /// <summary>(a · b) mod m over the product of 512 bits; zero where m is zero (MULMOD).</summary>
    public static void MultiplyModulo(in UInt256 a, in UInt256 b, in UInt256 modulus, out UInt256 result)
    {
        if (modulus.IsZero)
        {
            result = Zero;
            return;
        }

        UInt256 divisor = modulus;
        MultiplyFull(a, b, out UInt256 low, out UInt256 high);
        if (high.IsZero)
        {
            Remainder(low, divisor, out result);
        }
        else
        {
            DivideLong(low, high, divisor, out _, out result);
        }
    }

    private static UInt256 Magnitude(in UInt256 value) => value.IsNegative ? -value : value;

    // Divides high·2²⁵⁶ + low; the quotient is cut to 256 bits. The divisor is not zero.
    [SkipLocalsInit]
    private static void DivideLong(
        in UInt256 low, in UInt256 high, in UInt256 divisor, out UInt256 quotient, out UInt256 remainder)
    {
        unchecked
        {
            Span<ulong> u = stackalloc ulong[9];
            Span<ulong> d = stackalloc ulong[4];
            Span<ulong> q = stackalloc ulong[8];
            int divisorLimbs = (divisor.BitLength + 63) / 64;
            int shift = BitOperations.LeadingZeroCount(divisor.Limb(divisorLimbs - 1));
            UInt256 normal = divisor << shift;
            Store(normal, d);
            Store(low << shift, u);
            Store(high << shift, u[4..]);
            u[8] = (high.U3 >> 1) >> (63 - shift);
            u[4] |= (low.U3 >> 1) >> (63 - shift);
            int length = 8;
            while (length > 4 && u[length] == 0 && u[length - 1] == 0)
            {
                length--;
            }

            length = Math.Max(length, divisorLimbs);
            q.Clear();
            if (divisorLimbs == 1)
            {
                DivideByOne(u[..(length + 1)], d[0], q);
            }
            else
            {
                DivideByMany(u[..(length + 1)], d[..divisorLimbs], q);
            }

            quotient = new UInt256(q[3], q[2], q[1], q[0]);
            ulong r1 = divisorLimbs > 1 ? u[1] : 0;
            ulong r2 = divisorLimbs > 2 ? u[2] : 0;
            ulong r3 = divisorLimbs > 3 ? u[3] : 0;
            remainder = new UInt256(r3, r2, r1, u[0]) >> shift;
        }
    }

    private static void Store(in UInt256 value, Span<ulong> limbs)
    {
        limbs[3] = value.U3;
        limbs[2] = value.U2;
        limbs[1] = value.U1;
        limbs[0] = value.U0;
    }

    // u, with one limb of room on top, becomes the remainder in u[0]; d has its top bit set.
    private static void DivideByOne(Span<ulong> u, ulong d, Span<ulong> q)
    {
        ulong reciprocal = Reciprocal(d);
        ulong remainder = u[^1];
        for (int i = u.Length - 2; i >= 0; i--)
        {
            q[i] = DivideTwoByOne(remainder, u[i], d, reciprocal, out remainder);
        }

        u[0] = remainder;
    }

    // u, with one limb of room on top, becomes the remainder; d has two to four limbs and its top bit set.
    private static void DivideByMany(Span<ulong> u, ReadOnlySpan<ulong> d, Span<ulong> q)
    {
        unchecked
        {
            int n = d.Length;
            ulong d1 = d[n - 1];
            ulong d0 = d[n - 2];
            ulong reciprocal = Reciprocal(d1, d0);
            for (int j = u.Length - n - 1; j >= 0; j--)
            {
                ulong u2 = u[j + n];
                ulong u1 = u[j + n - 1];
                ulong digit;
                if (u2 == d1 && u1 == d0)
                {
                    digit = ulong.MaxValue;
                    u[j + n] = u2 - SubtractProduct(u.Slice(j, n), d, digit);
                }
                else
                {
                    digit = DivideThreeByTwo(u2, u1, u[j + n - 2], d1, d0, reciprocal, out ulong r1, out ulong r0);
                    ulong borrow = SubtractProduct(u.Slice(j, n - 2), d[..(n - 2)], digit);
                    u[j + n - 2] = r0 - borrow;
                    ulong borrow1 = r0 < borrow ? 1UL : 0UL;
                    u[j + n - 1] = r1 - borrow1;
                    u[j + n] = 0;
                    if (r1 < borrow1)
                    {
                        digit--;
                        u[j + n - 1] += d1 + AddTo(u.Slice(j, n - 1), d[..(n - 1)]);
                    }
                }

                q[j] = digit;
            }
        }
    }

    // u -= d · digit; returns the limb borrowed from above.
    private static ulong SubtractProduct(Span<ulong> u, ReadOnlySpan<ulong> d, ulong digit)
    {
        unchecked
        {
            ulong borrow = 0;
            for (int i = 0; i < d.Length; i++)
            {
                ulong high = Math.BigMul(d[i], digit, out ulong low);
                ulong s = u[i] - borrow;
                ulong carry = u[i] < borrow ? 1UL : 0UL;
                u[i] = s - low;
                borrow = high + carry + (s < low ? 1UL : 0UL);
            }

            return borrow;
        }
    }

    // u += d; returns the carry.
    private static ulong AddTo(Span<ulong> u, ReadOnlySpan<ulong> d)
    {
        unchecked
        {
            ulong carry = 0;
            for (int i = 0; i < d.Length; i++)
            {
                ulong s = u[i] + carry;
                carry = s < carry ? 1UL : 0UL;
                u[i] = s + d[i];
                carry += u[i] < s ? 1UL : 0UL;
            }

            return carry;
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

    // The same for a divisor of two limbs.
    private static ulong Reciprocal(ulong d1, ulong d0)
    {
        unchecked
        {
            ulong v = Reciprocal(d1);
            ulong p = (d1 * v) + d0;
            if (p < d0)
            {
                v--;
                if (p >= d1)
                {
                    v--;
                    p -= d1;
                }

                p -= d1;
            }

            ulong high = Math.BigMul(v, d0, out ulong low);
            p += high;
            if (p < high)
            {
                v--;
                if (p > d1 || (p == d1 && low >= d0))
                {
                    v--;
                }
            }

            return v;
        }
    }

    private static ulong DivideTwoByOne(ulong u1, ulong u0, ulong d, ulong reciprocal, out ulong remainder)
    {
        unchecked
        {
            ulong q1 = Math.BigMul(reciprocal, u1, out ulong q0);
            q0 += u0;
            q1 += u1 + (q0 < u0 ? 1UL : 0UL) + 1;
            ulong r = u0 - (q1 * d);
            if (r > q0)
            {
                q1--;
                r += d;
            }

            if (r >= d)
            {
                q1++;
                r -= d;
            }

            remainder = r;
            return q1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong DivideThreeByTwo(
        ulong u2, ulong u1, ulong u0, ulong d1, ulong d0, ulong reciprocal, out ulong r1, out ulong r0)
    {
        unchecked
        {
            ulong q1 = Math.BigMul(reciprocal, u2, out ulong q0);
            q0 += u1;
            q1 += u2 + (q0 < u1 ? 1UL : 0UL);
            ulong h = u1 - (q1 * d1);
            ulong t1 = Math.BigMul(d0, q1, out ulong t0);
            ulong l = u0 - t0;
            h -= t1 + (u0 < t0 ? 1UL : 0UL);
            ulong l2 = l - d0;
            h -= d1 + (l < d0 ? 1UL : 0UL);
            l = l2;
            q1++;
            if (h >= q0)
            {
                q1--;
                l += d0;
                h += d1 + (l < d0 ? 1UL : 0UL);
            }

            if (h > d1 || (h == d1 && l >= d0))
            {
                q1++;
                h -= d1 + (l < d0 ? 1UL : 0UL);
                l -= d0;
            }

            r1 = h;
            r0 = l;
            return q1;
        }
    }

    private static void ThrowDivideByZero() => throw new DivideByZeroException();
}
