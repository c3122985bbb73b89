using System.Runtime.CompilerServices;

namespace Koinon.Crypto.Pairings;

/// <summary>Montgomery arithmetic on four limbs: numbers stand as a R mod m with R = 2^256.</summary>
/// <typeparam name="TModulus">The modulus, whose constants the JIT folds in.</typeparam>
/// <remarks>
/// Products interleave multiplication and reduction (CIOS). The moduli leave a top bit free, so that the carry of a row
/// never leaves the top limb. Each kernel reads its operands before it writes, so a result may be one of them.
/// Straight-line code: a loop over the rows measured 12 % slower.
/// </remarks>
internal static class Montgomery4<TModulus>
    where TModulus : struct, IModulus4
{
    /// <summary>a b / R; operands below 2 m (m for moduli over a quarter of R), result below m.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Multiply(in Limbs4 a, in Limbs4 b, out Limbs4 result)
    {
        ulong a0 = a.L0, a1 = a.L1, a2 = a.L2, a3 = a.L3;
        ulong t0 = 0, t1 = 0, t2 = 0, t3 = 0, top;

        top = Row(a0, a1, a2, a3, b.L0, ref t0, ref t1, ref t2, ref t3);
        Reduce(top, ref t0, ref t1, ref t2, ref t3);
        top = Row(a0, a1, a2, a3, b.L1, ref t0, ref t1, ref t2, ref t3);
        Reduce(top, ref t0, ref t1, ref t2, ref t3);
        top = Row(a0, a1, a2, a3, b.L2, ref t0, ref t1, ref t2, ref t3);
        Reduce(top, ref t0, ref t1, ref t2, ref t3);
        top = Row(a0, a1, a2, a3, b.L3, ref t0, ref t1, ref t2, ref t3);
        Reduce(top, ref t0, ref t1, ref t2, ref t3);

        Normalise(t0, t1, t2, t3, out result);
    }

    /// <summary>(a b + c d) / R by one shared reduction; operands up to m, result below m, m below R / 4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void MultiplyAdd(
        in Limbs4 a, in Limbs4 b, in Limbs4 c, in Limbs4 d, out Limbs4 result)
    {
        ulong a0 = a.L0, a1 = a.L1, a2 = a.L2, a3 = a.L3;
        ulong c0 = c.L0, c1 = c.L1, c2 = c.L2, c3 = c.L3;
        ulong t0 = 0, t1 = 0, t2 = 0, t3 = 0, top;

        top = Row(a0, a1, a2, a3, b.L0, ref t0, ref t1, ref t2, ref t3);
        top += Row(c0, c1, c2, c3, d.L0, ref t0, ref t1, ref t2, ref t3);
        Reduce(top, ref t0, ref t1, ref t2, ref t3);
        top = Row(a0, a1, a2, a3, b.L1, ref t0, ref t1, ref t2, ref t3);
        top += Row(c0, c1, c2, c3, d.L1, ref t0, ref t1, ref t2, ref t3);
        Reduce(top, ref t0, ref t1, ref t2, ref t3);
        top = Row(a0, a1, a2, a3, b.L2, ref t0, ref t1, ref t2, ref t3);
        top += Row(c0, c1, c2, c3, d.L2, ref t0, ref t1, ref t2, ref t3);
        Reduce(top, ref t0, ref t1, ref t2, ref t3);
        top = Row(a0, a1, a2, a3, b.L3, ref t0, ref t1, ref t2, ref t3);
        top += Row(c0, c1, c2, c3, d.L3, ref t0, ref t1, ref t2, ref t3);
        Reduce(top, ref t0, ref t1, ref t2, ref t3);

        Normalise(t0, t1, t2, t3, out result);
    }

    /// <summary>(a b - c d) / R by one shared reduction; operands below m, result below m, m below R / 4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void MultiplySubtract(
        in Limbs4 a, in Limbs4 b, in Limbs4 c, in Limbs4 d, out Limbs4 result)
    {
        SubtractFromModulus(c, out Limbs4 negated);
        MultiplyAdd(a, b, negated, d, out result);
    }

    /// <summary>a / R: the number that a residue stands for, below m.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void FromMontgomery(in Limbs4 a, out Limbs4 result)
    {
        ulong t0 = a.L0, t1 = a.L1, t2 = a.L2, t3 = a.L3;
        Reduce(0, ref t0, ref t1, ref t2, ref t3);
        Reduce(0, ref t0, ref t1, ref t2, ref t3);
        Reduce(0, ref t0, ref t1, ref t2, ref t3);
        Reduce(0, ref t0, ref t1, ref t2, ref t3);
        Normalise(t0, t1, t2, t3, out result);
    }

    /// <summary>a + b modulo m.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Add(in Limbs4 a, in Limbs4 b, out Limbs4 result)
    {
        ulong carry = 0;
        ulong t0 = Words.Add(a.L0, b.L0, ref carry);
        ulong t1 = Words.Add(a.L1, b.L1, ref carry);
        ulong t2 = Words.Add(a.L2, b.L2, ref carry);
        ulong t3 = Words.Add(a.L3, b.L3, ref carry);
        Normalise(t0, t1, t2, t3, out result);
    }

    /// <summary>a + b, not reduced: below 2 m, an operand of <see cref="Multiply"/> only.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void AddUnreduced(in Limbs4 a, in Limbs4 b, out Limbs4 result)
    {
        ulong carry = 0;
        result.L0 = Words.Add(a.L0, b.L0, ref carry);
        result.L1 = Words.Add(a.L1, b.L1, ref carry);
        result.L2 = Words.Add(a.L2, b.L2, ref carry);
        result.L3 = Words.Add(a.L3, b.L3, ref carry);
    }

    /// <summary>a - b modulo m.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Subtract(in Limbs4 a, in Limbs4 b, out Limbs4 result)
    {
        ulong borrow = 0;
        ulong t0 = Words.Subtract(a.L0, b.L0, ref borrow);
        ulong t1 = Words.Subtract(a.L1, b.L1, ref borrow);
        ulong t2 = Words.Subtract(a.L2, b.L2, ref borrow);
        ulong t3 = Words.Subtract(a.L3, b.L3, ref borrow);
        ulong mask = 0UL - borrow, carry = 0;
        result.L0 = Words.Add(t0, TModulus.M0 & mask, ref carry);
        result.L1 = Words.Add(t1, TModulus.M1 & mask, ref carry);
        result.L2 = Words.Add(t2, TModulus.M2 & mask, ref carry);
        result.L3 = Words.Add(t3, TModulus.M3 & mask, ref carry);
    }

    /// <summary>m - a, not reduced: m itself for zero, an operand of products only.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void SubtractFromModulus(in Limbs4 a, out Limbs4 result)
    {
        ulong borrow = 0;
        result.L0 = Words.Subtract(TModulus.M0, a.L0, ref borrow);
        result.L1 = Words.Subtract(TModulus.M1, a.L1, ref borrow);
        result.L2 = Words.Subtract(TModulus.M2, a.L2, ref borrow);
        result.L3 = Words.Subtract(TModulus.M3, a.L3, ref borrow);
    }

    /// <summary>a / 2 modulo m.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Halve(in Limbs4 a, out Limbs4 result)
    {
        ulong mask = 0UL - (a.L0 & 1), carry = 0;
        ulong t0 = Words.Add(a.L0, TModulus.M0 & mask, ref carry);
        ulong t1 = Words.Add(a.L1, TModulus.M1 & mask, ref carry);
        ulong t2 = Words.Add(a.L2, TModulus.M2 & mask, ref carry);
        ulong t3 = Words.Add(a.L3, TModulus.M3 & mask, ref carry);
        result.L0 = (t0 >> 1) | (t1 << 63);
        result.L1 = (t1 >> 1) | (t2 << 63);
        result.L2 = (t2 >> 1) | (t3 << 63);
        result.L3 = t3 >> 1;
    }

    /// <summary>factor a + b modulo m for a factor up to 14; operands up to m.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void MultiplySmallAdd(in Limbs4 a, ulong factor, in Limbs4 b, out Limbs4 result)
    {
        ulong t0 = b.L0, t1 = b.L1, t2 = b.L2, t3 = b.L3;
        ulong top = Row(a.L0, a.L1, a.L2, a.L3, factor, ref t0, ref t1, ref t2, ref t3);

        // The quotient by m, at most one too small: from the sum's bits above 252 and 2^76 / (the top limb of m + 1).
        ulong quotient = (((top << 4) | (t3 >> 60)) * ((1UL << 63) / ((TModulus.M3 >> 13) + 1))) >> 16;
        ulong carry = 0, borrow = 0;
        t0 = Words.Subtract(t0, MultiplyCarry(quotient, TModulus.M0, ref carry), ref borrow);
        t1 = Words.Subtract(t1, MultiplyCarry(quotient, TModulus.M1, ref carry), ref borrow);
        t2 = Words.Subtract(t2, MultiplyCarry(quotient, TModulus.M2, ref carry), ref borrow);
        t3 = Words.Subtract(t3, MultiplyCarry(quotient, TModulus.M3, ref carry), ref borrow);
        Normalise(t0, t1, t2, t3, out result);
    }

    /// <summary>Whether a number is below the modulus.</summary>
    internal static bool IsReduced(in Limbs4 a)
    {
        ulong borrow = 0;
        _ = Words.Subtract(a.L0, TModulus.M0, ref borrow);
        _ = Words.Subtract(a.L1, TModulus.M1, ref borrow);
        _ = Words.Subtract(a.L2, TModulus.M2, ref borrow);
        _ = Words.Subtract(a.L3, TModulus.M3, ref borrow);
        return borrow == 1;
    }

    /// <summary>Adds a times one limb to the accumulator; the carry out belongs one limb above it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Row(
        ulong a0, ulong a1, ulong a2, ulong a3, ulong b,
        ref ulong t0, ref ulong t1, ref ulong t2, ref ulong t3)
    {
        ulong carry = Words.MultiplyAdd(a0, b, ref t0);
        carry = Words.MultiplyAdd(a1, b, carry, ref t1);
        carry = Words.MultiplyAdd(a2, b, carry, ref t2);
        return Words.MultiplyAdd(a3, b, carry, ref t3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong MultiplyCarry(ulong a, ulong b, ref ulong carry)
    {
        ulong low = carry;
        carry = Words.MultiplyAdd(a, b, ref low);
        return low;
    }

    /// <summary>Adds the multiple of the modulus that clears the lowest limb, and drops that limb.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Reduce(
        ulong top, ref ulong t0, ref ulong t1, ref ulong t2, ref ulong t3)
    {
        ulong factor = t0 * TModulus.NegatedInverse;
        ulong carry = Words.MultiplyAdd(factor, TModulus.M0, ref t0);
        t0 = t1;
        carry = Words.MultiplyAdd(factor, TModulus.M1, carry, ref t0);
        t1 = t2;
        carry = Words.MultiplyAdd(factor, TModulus.M2, carry, ref t1);
        t2 = t3;
        carry = Words.MultiplyAdd(factor, TModulus.M3, carry, ref t2);
        t3 = carry + top;
    }

    /// <summary>Subtracts the modulus once when the number is not below it; for numbers below 2 m.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Normalise(
        ulong t0, ulong t1, ulong t2, ulong t3, out Limbs4 result)
    {
        ulong borrow = 0;
        ulong u0 = Words.Subtract(t0, TModulus.M0, ref borrow);
        ulong u1 = Words.Subtract(t1, TModulus.M1, ref borrow);
        ulong u2 = Words.Subtract(t2, TModulus.M2, ref borrow);
        ulong u3 = Words.Subtract(t3, TModulus.M3, ref borrow);
        ulong keep = 0UL - borrow;
        result.L0 = Words.Select(keep, t0, u0);
        result.L1 = Words.Select(keep, t1, u1);
        result.L2 = Words.Select(keep, t2, u2);
        result.L3 = Words.Select(keep, t3, u3);
    }
}
