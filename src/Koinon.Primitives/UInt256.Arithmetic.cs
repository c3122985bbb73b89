using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Koinon.Primitives;

// Sums, differences, products and powers.
public readonly partial struct UInt256
{
    /// <summary>Sum modulo 2²⁵⁶.</summary>
    public static UInt256 operator +(in UInt256 left, in UInt256 right)
    {
        AddOverflow(left, right, out UInt256 sum);
        return sum;
    }

    /// <summary>Sum.</summary>
    /// <exception cref="OverflowException">The sum is over 2²⁵⁶-1.</exception>
    public static UInt256 operator checked +(in UInt256 left, in UInt256 right)
    {
        if (AddOverflow(left, right, out UInt256 sum))
        {
            ThrowOverflow();
        }

        return sum;
    }

    /// <summary>Difference modulo 2²⁵⁶.</summary>
    public static UInt256 operator -(in UInt256 left, in UInt256 right)
    {
        SubtractUnderflow(left, right, out UInt256 difference);
        return difference;
    }

    /// <summary>Difference.</summary>
    /// <exception cref="OverflowException">The right value is greater than the left one.</exception>
    public static UInt256 operator checked -(in UInt256 left, in UInt256 right)
    {
        if (SubtractUnderflow(left, right, out UInt256 difference))
        {
            ThrowOverflow();
        }

        return difference;
    }

    /// <summary>The negative in two's complement.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt256 operator -(in UInt256 value)
    {
        unchecked
        {
            // The complement and one: the carry runs on through zeros only.
            ulong carry1 = value.U0 == 0 ? 1UL : 0UL;
            ulong carry2 = value.U1 == 0 ? carry1 : 0UL;
            ulong carry3 = value.U2 == 0 ? carry2 : 0UL;
            return new UInt256(~value.U3 + carry3, ~value.U2 + carry2, ~value.U1 + carry1, 0 - value.U0);
        }
    }

    /// <summary>Product modulo 2²⁵⁶.</summary>
    public static UInt256 operator *(in UInt256 left, in UInt256 right)
    {
        Multiply(left, right, out UInt256 product);
        return product;
    }

    /// <summary>Product.</summary>
    /// <exception cref="OverflowException">The product is over 2²⁵⁶-1.</exception>
    public static UInt256 operator checked *(in UInt256 left, in UInt256 right)
    {
        if (MultiplyOverflow(left, right, out UInt256 product))
        {
            ThrowOverflow();
        }

        return product;
    }

    /// <summary>Sum modulo 2²⁵⁶ and its carry.</summary>
    /// <returns>Whether the sum is over 2²⁵⁶-1.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AddOverflow(in UInt256 left, in UInt256 right, out UInt256 sum)
    {
        unchecked
        {
            ulong r0 = left.U0 + right.U0;
            ulong carry = r0 < left.U0 ? 1UL : 0UL;
            ulong s1 = left.U1 + right.U1;
            ulong r1 = s1 + carry;
            carry = (s1 < left.U1 ? 1UL : 0UL) | (r1 < s1 ? 1UL : 0UL);
            ulong s2 = left.U2 + right.U2;
            ulong r2 = s2 + carry;
            carry = (s2 < left.U2 ? 1UL : 0UL) | (r2 < s2 ? 1UL : 0UL);
            ulong s3 = left.U3 + right.U3;
            ulong r3 = s3 + carry;
            bool overflow = (s3 < left.U3) | (r3 < s3);
            sum = new UInt256(r3, r2, r1, r0);
            return overflow;
        }
    }

    /// <summary>Difference modulo 2²⁵⁶ and its borrow.</summary>
    /// <returns>Whether the right value is greater than the left one.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool SubtractUnderflow(in UInt256 left, in UInt256 right, out UInt256 difference)
    {
        unchecked
        {
            ulong r0 = left.U0 - right.U0;
            ulong borrow = left.U0 < right.U0 ? 1UL : 0UL;
            ulong d1 = left.U1 - right.U1;
            ulong r1 = d1 - borrow;
            borrow = (left.U1 < right.U1 ? 1UL : 0UL) | (d1 < borrow ? 1UL : 0UL);
            ulong d2 = left.U2 - right.U2;
            ulong r2 = d2 - borrow;
            borrow = (left.U2 < right.U2 ? 1UL : 0UL) | (d2 < borrow ? 1UL : 0UL);
            ulong d3 = left.U3 - right.U3;
            ulong r3 = d3 - borrow;
            bool underflow = (left.U3 < right.U3) | (d3 < borrow);
            difference = new UInt256(r3, r2, r1, r0);
            return underflow;
        }
    }

    /// <summary>Product modulo 2²⁵⁶.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply(in UInt256 left, in UInt256 right, out UInt256 product)
    {
        unchecked
        {
            ulong h0 = MultiplyHigh(left.U0, right.U0);
            ulong r0 = left.U0 * right.U0;
            if ((left.U1 | left.U2 | left.U3 | right.U1 | right.U2 | right.U3) == 0)
            {
                product = new UInt256(0, 0, h0, r0);
                return;
            }

            // Row 0 of the school's method, then rows 1 to 3, each cut at limb 3.
            ulong h1 = MultiplyHigh(left.U0, right.U1);
            ulong l1 = left.U0 * right.U1;
            ulong h2 = MultiplyHigh(left.U0, right.U2);
            ulong l2 = left.U0 * right.U2;
            ulong t1 = l1 + h0;
            ulong carry = t1 < l1 ? 1UL : 0UL;
            ulong t2 = l2 + h1;
            ulong carry2 = t2 < l2 ? 1UL : 0UL;
            t2 += carry;
            carry2 += t2 < carry ? 1UL : 0UL;
            ulong t3 = (left.U0 * right.U3) + h2 + carry2;

            ulong h10 = MultiplyHigh(left.U1, right.U0);
            ulong l10 = left.U1 * right.U0;
            ulong h11 = MultiplyHigh(left.U1, right.U1);
            ulong l11 = left.U1 * right.U1;
            ulong r1 = t1 + l10;
            carry = r1 < t1 ? 1UL : 0UL;
            ulong m = l11 + h10;
            carry2 = m < l11 ? 1UL : 0UL;
            m += carry;
            carry2 += m < carry ? 1UL : 0UL;
            t2 += m;
            carry2 += t2 < m ? 1UL : 0UL;
            t3 += (left.U1 * right.U2) + h11 + carry2;

            ulong h20 = MultiplyHigh(left.U2, right.U0);
            ulong l20 = left.U2 * right.U0;
            ulong r2 = t2 + l20;
            carry = r2 < t2 ? 1UL : 0UL;
            t3 += (left.U2 * right.U1) + (left.U3 * right.U0) + h20 + carry;
            product = new UInt256(t3, r2, r1, r0);
        }
    }

    /// <summary>Product modulo 2²⁵⁶, and whether it was cut.</summary>
    /// <returns>Whether the product is over 2²⁵⁶-1.</returns>
    public static bool MultiplyOverflow(in UInt256 left, in UInt256 right, out UInt256 product)
    {
        MultiplyFull(left, right, out product, out UInt256 high);
        return !high.IsZero;
    }

    /// <summary>The full product of 512 bits.</summary>
    public static void MultiplyFull(in UInt256 left, in UInt256 right, out UInt256 low, out UInt256 high)
    {
        unchecked
        {
            ulong carry = MultiplyHigh(left.U0, right.U0);
            ulong r0 = left.U0 * right.U0;
            ulong r1 = MultiplyAdd(left.U0, right.U1, 0, ref carry);
            ulong r2 = MultiplyAdd(left.U0, right.U2, 0, ref carry);
            ulong r3 = MultiplyAdd(left.U0, right.U3, 0, ref carry);
            ulong r4 = carry;

            carry = 0;
            r1 = MultiplyAdd(left.U1, right.U0, r1, ref carry);
            r2 = MultiplyAdd(left.U1, right.U1, r2, ref carry);
            r3 = MultiplyAdd(left.U1, right.U2, r3, ref carry);
            r4 = MultiplyAdd(left.U1, right.U3, r4, ref carry);
            ulong r5 = carry;

            carry = 0;
            r2 = MultiplyAdd(left.U2, right.U0, r2, ref carry);
            r3 = MultiplyAdd(left.U2, right.U1, r3, ref carry);
            r4 = MultiplyAdd(left.U2, right.U2, r4, ref carry);
            r5 = MultiplyAdd(left.U2, right.U3, r5, ref carry);
            ulong r6 = carry;

            carry = 0;
            r3 = MultiplyAdd(left.U3, right.U0, r3, ref carry);
            r4 = MultiplyAdd(left.U3, right.U1, r4, ref carry);
            r5 = MultiplyAdd(left.U3, right.U2, r5, ref carry);
            r6 = MultiplyAdd(left.U3, right.U3, r6, ref carry);
            low = new UInt256(r3, r2, r1, r0);
            high = new UInt256(carry, r6, r5, r4);
        }
    }

    /// <summary>Raises to a power modulo 2²⁵⁶ (the EVM's EXP); anything to the power of zero is one.</summary>
    public static UInt256 Power(in UInt256 value, in UInt256 exponent)
    {
        if (value.IsUInt64 && value.U0 == 2)
        {
            return exponent.IsUInt64 && exponent.U0 < 256 ? One << (int)exponent.U0 : Zero;
        }

        UInt256 result = One;
        for (int bit = exponent.BitLength - 1; bit >= 0; bit--)
        {
            Multiply(result, result, out result);
            if (exponent.IsBitSet(bit))
            {
                Multiply(result, value, out result);
            }
        }

        return result;
    }

    /// <summary>The higher limb of a product.</summary>
    /// <remarks>
    /// Beside a plain product this is quicker than one instruction for both halves, whose lower one the JIT passes
    /// through memory.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong MultiplyHigh(ulong a, ulong b) =>
        Bmi2.X64.IsSupported ? Bmi2.X64.MultiplyNoFlags(a, b) : Math.BigMul(a, b, out _);

    /// <summary>a·b + addend + carry as limb and new carry; the sum of all fits 128 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong MultiplyAdd(ulong a, ulong b, ulong addend, ref ulong carry)
    {
        unchecked
        {
            ulong high = MultiplyHigh(a, b);
            ulong low = a * b;
            low += addend;
            high += low < addend ? 1UL : 0UL;
            low += carry;
            high += low < carry ? 1UL : 0UL;
            carry = high;
            return low;
        }
    }
}
