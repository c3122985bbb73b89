using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Koinon.Crypto.Pairings;

/// <summary>The steps of one limb from which the multi-limb kernels are made.</summary>
/// <remarks>
/// The high half comes from MULX and the low half from a second, plain multiplication: the two-result form
/// <see cref="Math.BigMul(ulong, ulong, out ulong)"/> goes through memory and made a six-limb product 2.7 times slower.
/// </remarks>
internal static class Words
{
    /// <summary>The high 64 bits of a product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong High(ulong a, ulong b) =>
        Bmi2.X64.IsSupported ? Bmi2.X64.MultiplyNoFlags(a, b) : Math.BigMul(a, b, out _);

    /// <summary>Adds a product to <paramref name="sum"/> and returns the carry.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong MultiplyAdd(ulong a, ulong b, ref ulong sum)
    {
        ulong low = a * b;
        sum += low;
        return High(a, b) + (sum < low ? 1UL : 0UL);
    }

    /// <summary>Adds a product and a carry to <paramref name="sum"/>.</summary>
    /// <returns>The new carry, which cannot overflow: (2^64 - 1)^2 + 2 (2^64 - 1) is below 2^128.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong MultiplyAdd(ulong a, ulong b, ulong carry, ref ulong sum)
    {
        ulong low = a * b + carry;
        ulong high = High(a, b) + (low < carry ? 1UL : 0UL);
        sum += low;
        return high + (sum < low ? 1UL : 0UL);
    }

    /// <summary>Adds two limbs and a carry of 0 or 1, which becomes the carry out.</summary>
    /// <remarks>The carry is made by bits: comparisons go through the flags and were slower.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Add(ulong a, ulong b, ref ulong carry)
    {
        ulong sum = a + b + carry;
        carry = ((a & b) | ((a | b) & ~sum)) >> 63;
        return sum;
    }

    /// <summary>Subtracts a limb and a borrow of 0 or 1, which becomes the borrow out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Subtract(ulong a, ulong b, ref ulong borrow)
    {
        ulong difference = a - b - borrow;
        borrow = ((~a & b) | (~(a ^ b) & difference)) >> 63;
        return difference;
    }

    /// <summary>One of two limbs, without a branch; the mask is all ones or zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Select(ulong mask, ulong whenSet, ulong otherwise) =>
        otherwise ^ ((otherwise ^ whenSet) & mask);
}
