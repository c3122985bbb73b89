using System.Runtime.CompilerServices;

namespace Koinon.Crypto.Pairings;

/// <summary>Sums and differences in BLS12-381's base field.</summary>
/// <remarks>Products are in <see cref="Bls12381FieldProducts"/>. A result may be one of the operands.</remarks>
internal static class Bls12381FieldSums
{
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
        result.L0 = Words.Add(t0, Bls12381Prime.M0 & mask, ref carry);
        result.L1 = Words.Add(t1, Bls12381Prime.M1 & mask, ref carry);
        result.L2 = Words.Add(t2, Bls12381Prime.M2 & mask, ref carry);
        result.L3 = Words.Add(t3, Bls12381Prime.M3 & mask, ref carry);
        result.L4 = Words.Add(t4, Bls12381Prime.M4 & mask, ref carry);
        result.L5 = Words.Add(t5, Bls12381Prime.M5 & mask, ref carry);
    }

    /// <summary>a / 2 modulo m.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Halve(in Limbs6 a, out Limbs6 result)
    {
        ulong mask = 0UL - (a.L0 & 1), carry = 0;
        ulong t0 = Words.Add(a.L0, Bls12381Prime.M0 & mask, ref carry);
        ulong t1 = Words.Add(a.L1, Bls12381Prime.M1 & mask, ref carry);
        ulong t2 = Words.Add(a.L2, Bls12381Prime.M2 & mask, ref carry);
        ulong t3 = Words.Add(a.L3, Bls12381Prime.M3 & mask, ref carry);
        ulong t4 = Words.Add(a.L4, Bls12381Prime.M4 & mask, ref carry);
        ulong t5 = Words.Add(a.L5, Bls12381Prime.M5 & mask, ref carry);
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
        _ = Words.Subtract(a.L0, Bls12381Prime.M0, ref borrow);
        _ = Words.Subtract(a.L1, Bls12381Prime.M1, ref borrow);
        _ = Words.Subtract(a.L2, Bls12381Prime.M2, ref borrow);
        _ = Words.Subtract(a.L3, Bls12381Prime.M3, ref borrow);
        _ = Words.Subtract(a.L4, Bls12381Prime.M4, ref borrow);
        _ = Words.Subtract(a.L5, Bls12381Prime.M5, ref borrow);
        return borrow == 1;
    }

    /// <summary>Subtracts the modulus once when the number is not below it; for numbers below 2 m.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Normalise(
        ulong t0, ulong t1, ulong t2, ulong t3, ulong t4, ulong t5, out Limbs6 result)
    {
        ulong borrow = 0;
        ulong u0 = Words.Subtract(t0, Bls12381Prime.M0, ref borrow);
        ulong u1 = Words.Subtract(t1, Bls12381Prime.M1, ref borrow);
        ulong u2 = Words.Subtract(t2, Bls12381Prime.M2, ref borrow);
        ulong u3 = Words.Subtract(t3, Bls12381Prime.M3, ref borrow);
        ulong u4 = Words.Subtract(t4, Bls12381Prime.M4, ref borrow);
        ulong u5 = Words.Subtract(t5, Bls12381Prime.M5, ref borrow);
        ulong keep = 0UL - borrow;
        result.L0 = Words.Select(keep, t0, u0);
        result.L1 = Words.Select(keep, t1, u1);
        result.L2 = Words.Select(keep, t2, u2);
        result.L3 = Words.Select(keep, t3, u3);
        result.L4 = Words.Select(keep, t4, u4);
        result.L5 = Words.Select(keep, t5, u5);
    }
}
