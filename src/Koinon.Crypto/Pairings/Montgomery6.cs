using System.Runtime.CompilerServices;

namespace Koinon.Crypto.Pairings;

/// <summary>Montgomery arithmetic on six limbs: numbers stand as a R mod m with R = 2^384.</summary>
/// <typeparam name="TModulus">The modulus, whose constants the JIT folds in.</typeparam>
/// <remarks>
/// Products interleave multiplication and reduction (CIOS). The moduli leave a top bit free, so that the carry of a row
/// never leaves the top limb. Each kernel reads its operands before it writes, so a result may be one of them.
/// Straight-line code: a loop over the rows measured 12 % slower.
/// </remarks>
internal static class Montgomery6<TModulus>
    where TModulus : struct, IModulus6
{
    /// <summary>a b / R; operands below 2 m (m for moduli over a quarter of R), result below m.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Multiply(in Limbs6 a, in Limbs6 b, out Limbs6 result)
    {
        ulong a0 = a.L0, a1 = a.L1, a2 = a.L2, a3 = a.L3, a4 = a.L4, a5 = a.L5;
        ulong t0 = 0, t1 = 0, t2 = 0, t3 = 0, t4 = 0, t5 = 0, top;

        top = Row(a0, a1, a2, a3, a4, a5, b.L0, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        Reduce(top, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        top = Row(a0, a1, a2, a3, a4, a5, b.L1, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        Reduce(top, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        top = Row(a0, a1, a2, a3, a4, a5, b.L2, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        Reduce(top, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        top = Row(a0, a1, a2, a3, a4, a5, b.L3, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        Reduce(top, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        top = Row(a0, a1, a2, a3, a4, a5, b.L4, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        Reduce(top, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        top = Row(a0, a1, a2, a3, a4, a5, b.L5, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        Reduce(top, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);

        Normalise(t0, t1, t2, t3, t4, t5, out result);
    }

    /// <summary>(a b + c d) / R by one shared reduction; operands up to m, result below m, m below R / 4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void MultiplyAdd(
        in Limbs6 a, in Limbs6 b, in Limbs6 c, in Limbs6 d, out Limbs6 result)
    {
        ulong a0 = a.L0, a1 = a.L1, a2 = a.L2, a3 = a.L3, a4 = a.L4, a5 = a.L5;
        ulong c0 = c.L0, c1 = c.L1, c2 = c.L2, c3 = c.L3, c4 = c.L4, c5 = c.L5;
        ulong t0 = 0, t1 = 0, t2 = 0, t3 = 0, t4 = 0, t5 = 0, top;

        top = Row(a0, a1, a2, a3, a4, a5, b.L0, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        top += Row(c0, c1, c2, c3, c4, c5, d.L0, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        Reduce(top, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        top = Row(a0, a1, a2, a3, a4, a5, b.L1, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        top += Row(c0, c1, c2, c3, c4, c5, d.L1, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        Reduce(top, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        top = Row(a0, a1, a2, a3, a4, a5, b.L2, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        top += Row(c0, c1, c2, c3, c4, c5, d.L2, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        Reduce(top, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        top = Row(a0, a1, a2, a3, a4, a5, b.L3, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        top += Row(c0, c1, c2, c3, c4, c5, d.L3, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        Reduce(top, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        top = Row(a0, a1, a2, a3, a4, a5, b.L4, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        top += Row(c0, c1, c2, c3, c4, c5, d.L4, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        Reduce(top, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        top = Row(a0, a1, a2, a3, a4, a5, b.L5, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        top += Row(c0, c1, c2, c3, c4, c5, d.L5, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        Reduce(top, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);

        Normalise(t0, t1, t2, t3, t4, t5, out result);
    }

    /// <summary>(a b - c d) / R by one shared reduction; operands below m, result below m, m below R / 4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void MultiplySubtract(
        in Limbs6 a, in Limbs6 b, in Limbs6 c, in Limbs6 d, out Limbs6 result)
    {
        SubtractFromModulus(c, out Limbs6 negated);
        MultiplyAdd(a, b, negated, d, out result);
    }

    /// <summary>a / R: the number that a residue stands for, below m.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void FromMontgomery(in Limbs6 a, out Limbs6 result)
    {
        ulong t0 = a.L0, t1 = a.L1, t2 = a.L2, t3 = a.L3, t4 = a.L4, t5 = a.L5;
        Reduce(0, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        Reduce(0, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        Reduce(0, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        Reduce(0, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        Reduce(0, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        Reduce(0, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        Normalise(t0, t1, t2, t3, t4, t5, out result);
    }

    /// <summary>a + b modulo m.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Add(in Limbs6 a, in Limbs6 b, out Limbs6 result)
    {
        ulong carry = 0;
        ulong t0 = Words.Add(a.L0, b.L0, ref carry);
        ulong t1 = Words.Add(a.L1, b.L1, ref carry);
        ulong t2 = Words.Add(a.L2, b.L2, ref carry);
        ulong t3 = Words.Add(a.L3, b.L3, ref carry);
        ulong t4 = Words.Add(a.L4, b.L4, ref carry);
        ulong t5 = Words.Add(a.L5, b.L5, ref carry);
        Normalise(t0, t1, t2, t3, t4, t5, out result);
    }

    /// <summary>a + b, not reduced: below 2 m, an operand of <see cref="Multiply"/> only.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void AddUnreduced(in Limbs6 a, in Limbs6 b, out Limbs6 result)
    {
        ulong carry = 0;
        result.L0 = Words.Add(a.L0, b.L0, ref carry);
        result.L1 = Words.Add(a.L1, b.L1, ref carry);
        result.L2 = Words.Add(a.L2, b.L2, ref carry);
        result.L3 = Words.Add(a.L3, b.L3, ref carry);
        result.L4 = Words.Add(a.L4, b.L4, ref carry);
        result.L5 = Words.Add(a.L5, b.L5, ref carry);
    }

    /// <summary>a - b modulo m.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Subtract(in Limbs6 a, in Limbs6 b, out Limbs6 result)
    {
        ulong borrow = 0;
        ulong t0 = Words.Subtract(a.L0, b.L0, ref borrow);
        ulong t1 = Words.Subtract(a.L1, b.L1, ref borrow);
        ulong t2 = Words.Subtract(a.L2, b.L2, ref borrow);
        ulong t3 = Words.Subtract(a.L3, b.L3, ref borrow);
        ulong t4 = Words.Subtract(a.L4, b.L4, ref borrow);
        ulong t5 = Words.Subtract(a.L5, b.L5, ref borrow);
        ulong mask = 0UL - borrow, carry = 0;
        result.L0 = Words.Add(t0, TModulus.M0 & mask, ref carry);
        result.L1 = Words.Add(t1, TModulus.M1 & mask, ref carry);
        result.L2 = Words.Add(t2, TModulus.M2 & mask, ref carry);
        result.L3 = Words.Add(t3, TModulus.M3 & mask, ref carry);
        result.L4 = Words.Add(t4, TModulus.M4 & mask, ref carry);
        result.L5 = Words.Add(t5, TModulus.M5 & mask, ref carry);
    }

    /// <summary>m - a, not reduced: m itself for zero, an operand of products only.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void SubtractFromModulus(in Limbs6 a, out Limbs6 result)
    {
        ulong borrow = 0;
        result.L0 = Words.Subtract(TModulus.M0, a.L0, ref borrow);
        result.L1 = Words.Subtract(TModulus.M1, a.L1, ref borrow);
        result.L2 = Words.Subtract(TModulus.M2, a.L2, ref borrow);
        result.L3 = Words.Subtract(TModulus.M3, a.L3, ref borrow);
        result.L4 = Words.Subtract(TModulus.M4, a.L4, ref borrow);
        result.L5 = Words.Subtract(TModulus.M5, a.L5, ref borrow);
    }

    /// <summary>a / 2 modulo m.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Halve(in Limbs6 a, out Limbs6 result)
    {
        ulong mask = 0UL - (a.L0 & 1), carry = 0;
        ulong t0 = Words.Add(a.L0, TModulus.M0 & mask, ref carry);
        ulong t1 = Words.Add(a.L1, TModulus.M1 & mask, ref carry);
        ulong t2 = Words.Add(a.L2, TModulus.M2 & mask, ref carry);
        ulong t3 = Words.Add(a.L3, TModulus.M3 & mask, ref carry);
        ulong t4 = Words.Add(a.L4, TModulus.M4 & mask, ref carry);
        ulong t5 = Words.Add(a.L5, TModulus.M5 & mask, ref carry);
        result.L0 = (t0 >> 1) | (t1 << 63);
        result.L1 = (t1 >> 1) | (t2 << 63);
        result.L2 = (t2 >> 1) | (t3 << 63);
        result.L3 = (t3 >> 1) | (t4 << 63);
        result.L4 = (t4 >> 1) | (t5 << 63);
        result.L5 = t5 >> 1;
    }

    /// <summary>Whether a number is below the modulus.</summary>
    internal static bool IsReduced(in Limbs6 a)
    {
        ulong borrow = 0;
        _ = Words.Subtract(a.L0, TModulus.M0, ref borrow);
        _ = Words.Subtract(a.L1, TModulus.M1, ref borrow);
        _ = Words.Subtract(a.L2, TModulus.M2, ref borrow);
        _ = Words.Subtract(a.L3, TModulus.M3, ref borrow);
        _ = Words.Subtract(a.L4, TModulus.M4, ref borrow);
        _ = Words.Subtract(a.L5, TModulus.M5, ref borrow);
        return borrow == 1;
    }

    /// <summary>Adds a times one limb to the accumulator; the carry out belongs one limb above it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Row(
        ulong a0, ulong a1, ulong a2, ulong a3, ulong a4, ulong a5, ulong b,
        ref ulong t0, ref ulong t1, ref ulong t2, ref ulong t3, ref ulong t4, ref ulong t5)
    {
        ulong carry = Words.MultiplyAdd(a0, b, ref t0);
        carry = Words.MultiplyAdd(a1, b, carry, ref t1);
        carry = Words.MultiplyAdd(a2, b, carry, ref t2);
        carry = Words.MultiplyAdd(a3, b, carry, ref t3);
        carry = Words.MultiplyAdd(a4, b, carry, ref t4);
        return Words.MultiplyAdd(a5, b, carry, ref t5);
    }

    /// <summary>Adds the multiple of the modulus that clears the lowest limb, and drops that limb.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Reduce(
        ulong top, ref ulong t0, ref ulong t1, ref ulong t2, ref ulong t3, ref ulong t4, ref ulong t5)
    {
        ulong factor = t0 * TModulus.NegatedInverse;
        ulong carry = Words.MultiplyAdd(factor, TModulus.M0, ref t0);
        t0 = t1;
        carry = Words.MultiplyAdd(factor, TModulus.M1, carry, ref t0);
        t1 = t2;
        carry = Words.MultiplyAdd(factor, TModulus.M2, carry, ref t1);
        t2 = t3;
        carry = Words.MultiplyAdd(factor, TModulus.M3, carry, ref t2);
        t3 = t4;
        carry = Words.MultiplyAdd(factor, TModulus.M4, carry, ref t3);
        t4 = t5;
        carry = Words.MultiplyAdd(factor, TModulus.M5, carry, ref t4);
        t5 = carry + top;
    }

    /// <summary>Subtracts the modulus once when the number is not below it; for numbers below 2 m.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Normalise(
        ulong t0, ulong t1, ulong t2, ulong t3, ulong t4, ulong t5, out Limbs6 result)
    {
        ulong borrow = 0;
        ulong u0 = Words.Subtract(t0, TModulus.M0, ref borrow);
        ulong u1 = Words.Subtract(t1, TModulus.M1, ref borrow);
        ulong u2 = Words.Subtract(t2, TModulus.M2, ref borrow);
        ulong u3 = Words.Subtract(t3, TModulus.M3, ref borrow);
        ulong u4 = Words.Subtract(t4, TModulus.M4, ref borrow);
        ulong u5 = Words.Subtract(t5, TModulus.M5, ref borrow);
        ulong keep = 0UL - borrow;
        result.L0 = Words.Select(keep, t0, u0);
        result.L1 = Words.Select(keep, t1, u1);
        result.L2 = Words.Select(keep, t2, u2);
        result.L3 = Words.Select(keep, t3, u3);
        result.L4 = Words.Select(keep, t4, u4);
        result.L5 = Words.Select(keep, t5, u5);
    }
}
