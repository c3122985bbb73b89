using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Koinon.Crypto.Modular;

/// <summary>Additions, subtractions and products of numbers of any length, in little-endian limbs of 64 bits.</summary>
/// <remarks>Pointers are in bounds by the lengths given beside them; the callers keep the memory alive.</remarks>
internal static unsafe class LimbArithmetic
{
    /// <summary>Reads a big-endian number into <paramref name="count"/> limbs; higher bytes are left out.</summary>
    internal static void Read(ReadOnlySpan<byte> bigEndian, ulong* limbs, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (bigEndian.Length >= sizeof(ulong))
            {
                limbs[i] = BinaryPrimitives.ReadUInt64BigEndian(bigEndian[^sizeof(ulong)..]);
                bigEndian = bigEndian[..^sizeof(ulong)];
                continue;
            }

            limbs[i] = 0;
            foreach (byte digit in bigEndian)
            {
                limbs[i] = (limbs[i] << 8) | digit;
            }

            bigEndian = default;
        }
    }

    /// <summary>Writes a number big-endian, filling the whole span; limbs that do not fit are zero.</summary>
    internal static void Write(ulong* limbs, int count, Span<byte> bigEndian)
    {
        for (int i = 0; i < count; i++)
        {
            if (bigEndian.Length >= sizeof(ulong))
            {
                BinaryPrimitives.WriteUInt64BigEndian(bigEndian[^sizeof(ulong)..], limbs[i]);
                bigEndian = bigEndian[..^sizeof(ulong)];
                continue;
            }

            ulong limb = limbs[i];
            for (int at = bigEndian.Length - 1; at >= 0; at--)
            {
                bigEndian[at] = (byte)limb;
                limb >>= 8;
            }

            bigEndian = default;
        }

        bigEndian.Clear();
    }

    /// <summary>Adds <paramref name="b"/> to <paramref name="a"/> in place.</summary>
    /// <returns>The carry, 0 or 1.</returns>
    internal static ulong Add(ulong* a, ulong* b, int count)
    {
        ulong carry = 0;
        for (int i = 0; i < count; i++)
        {
            ulong sum = a[i] + carry;
            carry = sum < carry ? 1UL : 0;
            sum += b[i];
            carry += sum < b[i] ? 1UL : 0;
            a[i] = sum;
        }

        return carry;
    }

    /// <summary>Subtracts <paramref name="b"/> from <paramref name="a"/> in place.</summary>
    /// <returns>The borrow, 0 or 1.</returns>
    internal static ulong Subtract(ulong* a, ulong* b, int count)
    {
        ulong borrow = 0;
        for (int i = 0; i < count; i++)
        {
            ulong difference = a[i] - b[i];
            ulong next = a[i] < b[i] ? 1UL : 0;
            a[i] = difference - borrow;
            borrow = next + (difference < borrow ? 1UL : 0);
        }

        return borrow;
    }

    /// <summary>Doubles a number in place.</summary>
    /// <returns>The carry, 0 or 1.</returns>
    internal static ulong Double(ulong* a, int count)
    {
        ulong carry = 0;
        for (int i = 0; i < count; i++)
        {
            ulong limb = a[i];
            a[i] = (limb << 1) | carry;
            carry = limb >> 63;
        }

        return carry;
    }

    /// <summary>Whether <paramref name="a"/> is below <paramref name="b"/>.</summary>
    internal static bool IsLess(ulong* a, ulong* b, int count)
    {
        for (int i = count - 1; i >= 0; i--)
        {
            if (a[i] != b[i])
            {
                return a[i] < b[i];
            }
        }

        return false;
    }

    /// <summary>Multiplies, keeping the lowest limbs.</summary>
    /// <param name="result">Receives <paramref name="count"/> limbs; no operand stands there.</param>
    /// <param name="a">The one factor.</param>
    /// <param name="aCount">Its limbs, at least one.</param>
    /// <param name="b">The other factor.</param>
    /// <param name="bCount">Its limbs, at least one.</param>
    /// <param name="count">How many limbs of the product to keep.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Multiply(ulong* result, ulong* a, int aCount, ulong* b, int bCount, int count)
    {
        ColumnSum sum = default;
        int columns = Math.Min(count, aCount + bCount - 1);
        for (int i = 0; i < columns; i++)
        {
            int first = Math.Max(0, i - bCount + 1);
            int last = Math.Min(i, aCount - 1);
            sum.AddProducts(a + first, b + (i - first), last - first + 1);
            result[i] = sum.Shift();
        }

        for (int i = columns; i < count; i++)
        {
            result[i] = sum.Shift();
        }
    }

    /// <summary>The inverse of an odd limb modulo 2^64.</summary>
    internal static ulong Invert(ulong odd)
    {
        // Right in 5 bits; each Newton step doubles them.
        ulong inverse = (3 * odd) ^ 2;
        inverse *= 2 - (odd * inverse);
        inverse *= 2 - (odd * inverse);
        inverse *= 2 - (odd * inverse);
        inverse *= 2 - (odd * inverse);
        return inverse;
    }

    /// <summary>The limb a b + addend + carry, and its carry; all of it is below 2^128.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong MultiplyAdd(ulong a, ulong b, ulong addend, ref ulong carry)
    {
        ulong high = MultiplyHigh(a, b);
        ulong low = (a * b) + addend;
        high += low < addend ? 1UL : 0;
        low += carry;
        carry = high + (low < carry ? 1UL : 0);
        return low;
    }

    /// <summary>The higher limb of a product.</summary>
    /// <remarks>
    /// Two multiplications, one for each half: the JIT passes the lower half of one instruction through memory.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong MultiplyHigh(ulong a, ulong b) =>
        Bmi2.X64.IsSupported ? Bmi2.X64.MultiplyNoFlags(a, b) : Math.BigMul(a, b, out _);
}
