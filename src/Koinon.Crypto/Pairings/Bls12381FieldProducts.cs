using System.Runtime.CompilerServices;

namespace Koinon.Crypto.Pairings;

/// <summary>Products in BLS12-381's base field and its quadratic extension, without carries.</summary>
/// <remarks>
/// Elements, six limbs of 64 bits, are taken apart into seven of 55. A product of two such limbs falls apart at bit 55
/// too: shifted by nine bits in all, its high half comes out whole. Columns of sums stay below 2^63, so that the only
/// carries are those between reduction steps, and the three products of Karatsuba's method for the extension share two
/// reductions. Against six full limbs with their carries this measured 178 to 247 ns for a product in the extension, 70
/// to 79 ns in the field. The division is by 2^385; doubling one operand makes it the 2^384 of Montgomery's form.
/// The numbers are constants and not a type's, and the lines of limbs long, because the JIT stops inlining at 512
/// locals. Operands are read before results are written: a result may be one of them.
/// </remarks>
internal static class Bls12381FieldProducts
{
    private const int LimbBits = 55;
    private const ulong Mask = (1UL << LimbBits) - 1;

    // The shifts of the two operands of a high half; together 64 - 55. Limbs have room for sums below them.
    private const int ShiftA = 5;
    private const int ShiftB = 4;

    // Limbs of the prime.
    private const ulong P0 = Bls12381Prime.M0 & Mask;
    private const ulong P1 = ((Bls12381Prime.M0 >> 55) | (Bls12381Prime.M1 << 9)) & Mask;
    private const ulong P2 = ((Bls12381Prime.M1 >> 46) | (Bls12381Prime.M2 << 18)) & Mask;
    private const ulong P3 = ((Bls12381Prime.M2 >> 37) | (Bls12381Prime.M3 << 27)) & Mask;
    private const ulong P4 = ((Bls12381Prime.M3 >> 28) | (Bls12381Prime.M4 << 36)) & Mask;
    private const ulong P5 = ((Bls12381Prime.M4 >> 19) | (Bls12381Prime.M5 << 45)) & Mask;
    private const ulong P6 = Bls12381Prime.M5 >> 10;

    // The same, shifted for high halves.
    private const ulong S0 = P0 << ShiftB;
    private const ulong S1 = P1 << ShiftB;
    private const ulong S2 = P2 << ShiftB;
    private const ulong S3 = P3 << ShiftB;
    private const ulong S4 = P4 << ShiftB;
    private const ulong S5 = P5 << ShiftB;
    private const ulong S6 = P6 << ShiftB;

    /// <summary>a b / R; operands below 2 m, result below m.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Multiply(in Limbs6 a, in Limbs6 b, out Limbs6 result)
    {
        Split(a, 0, out ulong x0, out ulong x1, out ulong x2, out ulong x3, out ulong x4, out ulong x5, out ulong x6);
        Split(b, 1, out ulong y0, out ulong y1, out ulong y2, out ulong y3, out ulong y4, out ulong y5, out ulong y6);
        Product(x0, x1, x2, x3, x4, x5, x6, y0, y1, y2, y3, y4, y5, y6,
            out ulong u0, out ulong u1, out ulong u2, out ulong u3, out ulong u4, out ulong u5, out ulong u6,
            out ulong u7, out ulong u8, out ulong u9, out ulong u10, out ulong u11, out ulong u12, out ulong u13);
        ReduceAll(
            ref u0, ref u1, ref u2, ref u3, ref u4, ref u5, ref u6,
            ref u7, ref u8, ref u9, ref u10, ref u11, ref u12, ref u13, out result);
    }

    /// <summary>a^2 / R; operand below 2 m, result below m.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Square(in Limbs6 a, out Limbs6 result)
    {
        Split(a, 0, out ulong x0, out ulong x1, out ulong x2, out ulong x3, out ulong x4, out ulong x5, out ulong x6);
        DoubleSquare(x0, x1, x2, x3, x4, x5, x6,
            out ulong u0, out ulong u1, out ulong u2, out ulong u3, out ulong u4, out ulong u5, out ulong u6,
            out ulong u7, out ulong u8, out ulong u9, out ulong u10, out ulong u11, out ulong u12, out ulong u13);
        ReduceAll(
            ref u0, ref u1, ref u2, ref u3, ref u4, ref u5, ref u6,
            ref u7, ref u8, ref u9, ref u10, ref u11, ref u12, ref u13, out result);
    }

    /// <summary>(a0 + a1 u)(b0 + b1 u) / R with u^2 = -1; operands below m, results below m.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void MultiplyExtension(
        in Limbs6 a0, in Limbs6 a1, in Limbs6 b0, in Limbs6 b1, out Limbs6 result0, out Limbs6 result1)
    {
        // u = a0 b0, v = a1 b1, k = (a0 + a1)(b0 + b1); the results are u - v and k - u - v.
        Split(a0, 0, out ulong x0, out ulong x1, out ulong x2, out ulong x3, out ulong x4, out ulong x5, out ulong x6);
        Split(b0, 1, out ulong y0, out ulong y1, out ulong y2, out ulong y3, out ulong y4, out ulong y5, out ulong y6);
        Product(x0, x1, x2, x3, x4, x5, x6, y0, y1, y2, y3, y4, y5, y6,
            out ulong u0, out ulong u1, out ulong u2, out ulong u3, out ulong u4, out ulong u5, out ulong u6,
            out ulong u7, out ulong u8, out ulong u9, out ulong u10, out ulong u11, out ulong u12, out ulong u13);
        Split(a1, 0, out ulong z0, out ulong z1, out ulong z2, out ulong z3, out ulong z4, out ulong z5, out ulong z6);
        Split(b1, 1, out ulong w0, out ulong w1, out ulong w2, out ulong w3, out ulong w4, out ulong w5, out ulong w6);
        Product(z0, z1, z2, z3, z4, z5, z6, w0, w1, w2, w3, w4, w5, w6,
            out ulong v0, out ulong v1, out ulong v2, out ulong v3, out ulong v4, out ulong v5, out ulong v6,
            out ulong v7, out ulong v8, out ulong v9, out ulong v10, out ulong v11, out ulong v12, out ulong v13);
        Product(
            x0 + z0, x1 + z1, x2 + z2, x3 + z3, x4 + z4, x5 + z5, x6 + z6,
            y0 + w0, y1 + w1, y2 + w2, y3 + w3, y4 + w4, y5 + w5, y6 + w6,
            out ulong k0, out ulong k1, out ulong k2, out ulong k3, out ulong k4, out ulong k5, out ulong k6,
            out ulong k7, out ulong k8, out ulong k9, out ulong k10, out ulong k11, out ulong k12, out ulong k13);
        Combine(
            ref u0, ref u1, ref u2, ref u3, ref u4, ref u5, ref u6,
            ref u7, ref u8, ref u9, ref u10, ref u11, ref u12, ref u13,
            v0, v1, v2, v3, v4, v5, v6,
            v7, v8, v9, v10, v11, v12, v13,
            ref k0, ref k1, ref k2, ref k3, ref k4, ref k5, ref k6,
            ref k7, ref k8, ref k9, ref k10, ref k11, ref k12, ref k13);
        ReduceAll(
            ref u0, ref u1, ref u2, ref u3, ref u4, ref u5, ref u6,
            ref u7, ref u8, ref u9, ref u10, ref u11, ref u12, ref u13, out result0);
        ReduceAll(
            ref k0, ref k1, ref k2, ref k3, ref k4, ref k5, ref k6,
            ref k7, ref k8, ref k9, ref k10, ref k11, ref k12, ref k13, out result1);
    }

    /// <summary>(a0 + a1 u)^2 / R with u^2 = -1; operands below m, results below m.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void SquareExtension(in Limbs6 a0, in Limbs6 a1, out Limbs6 result0, out Limbs6 result1)
    {
        // u = a0^2, v = a1^2, k = (a0 + a1)^2; the results are u - v and k - u - v.
        Split(a0, 0, out ulong x0, out ulong x1, out ulong x2, out ulong x3, out ulong x4, out ulong x5, out ulong x6);
        DoubleSquare(x0, x1, x2, x3, x4, x5, x6,
            out ulong u0, out ulong u1, out ulong u2, out ulong u3, out ulong u4, out ulong u5, out ulong u6,
            out ulong u7, out ulong u8, out ulong u9, out ulong u10, out ulong u11, out ulong u12, out ulong u13);
        Split(a1, 0, out ulong z0, out ulong z1, out ulong z2, out ulong z3, out ulong z4, out ulong z5, out ulong z6);
        DoubleSquare(z0, z1, z2, z3, z4, z5, z6,
            out ulong v0, out ulong v1, out ulong v2, out ulong v3, out ulong v4, out ulong v5, out ulong v6,
            out ulong v7, out ulong v8, out ulong v9, out ulong v10, out ulong v11, out ulong v12, out ulong v13);
        DoubleSquare(
            x0 + z0, x1 + z1, x2 + z2, x3 + z3, x4 + z4, x5 + z5, x6 + z6,
            out ulong k0, out ulong k1, out ulong k2, out ulong k3, out ulong k4, out ulong k5, out ulong k6,
            out ulong k7, out ulong k8, out ulong k9, out ulong k10, out ulong k11, out ulong k12, out ulong k13);
        Combine(
            ref u0, ref u1, ref u2, ref u3, ref u4, ref u5, ref u6,
            ref u7, ref u8, ref u9, ref u10, ref u11, ref u12, ref u13,
            v0, v1, v2, v3, v4, v5, v6,
            v7, v8, v9, v10, v11, v12, v13,
            ref k0, ref k1, ref k2, ref k3, ref k4, ref k5, ref k6,
            ref k7, ref k8, ref k9, ref k10, ref k11, ref k12, ref k13);
        ReduceAll(
            ref u0, ref u1, ref u2, ref u3, ref u4, ref u5, ref u6,
            ref u7, ref u8, ref u9, ref u10, ref u11, ref u12, ref u13, out result0);
        ReduceAll(
            ref k0, ref k1, ref k2, ref k3, ref k4, ref k5, ref k6,
            ref k7, ref k8, ref k9, ref k10, ref k11, ref k12, ref k13, out result1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Low(ulong a, ulong b) => (a * b) & Mask;

    // Limbs of 55 bits, each shifted up.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Split(
        in Limbs6 a, int shift,
        out ulong x0, out ulong x1, out ulong x2, out ulong x3, out ulong x4, out ulong x5, out ulong x6)
    {
        x0 = (a.L0 & Mask) << shift;
        x1 = (((a.L0 >> 55) | (a.L1 << 9)) & Mask) << shift;
        x2 = (((a.L1 >> 46) | (a.L2 << 18)) & Mask) << shift;
        x3 = (((a.L2 >> 37) | (a.L3 << 27)) & Mask) << shift;
        x4 = (((a.L3 >> 28) | (a.L4 << 36)) & Mask) << shift;
        x5 = (((a.L4 >> 19) | (a.L5 << 45)) & Mask) << shift;
        x6 = (a.L5 >> 10) << shift;
    }

    // All 49 products of limbs, by columns.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Product(
        ulong x0, ulong x1, ulong x2, ulong x3, ulong x4, ulong x5, ulong x6,
        ulong y0, ulong y1, ulong y2, ulong y3, ulong y4, ulong y5, ulong y6,
        out ulong c0, out ulong c1, out ulong c2, out ulong c3, out ulong c4, out ulong c5, out ulong c6,
        out ulong c7, out ulong c8, out ulong c9, out ulong c10, out ulong c11, out ulong c12, out ulong c13)
    {
        ulong s0 = x0 << ShiftA, s1 = x1 << ShiftA, s2 = x2 << ShiftA, s3 = x3 << ShiftA;
        ulong s4 = x4 << ShiftA, s5 = x5 << ShiftA, s6 = x6 << ShiftA;
        ulong r0 = y0 << ShiftB, r1 = y1 << ShiftB, r2 = y2 << ShiftB, r3 = y3 << ShiftB;
        ulong r4 = y4 << ShiftB, r5 = y5 << ShiftB, r6 = y6 << ShiftB;
        c0 = Low(x0, y0);
        c1 = Words.High(s0, r0) + Low(x0, y1) + Low(x1, y0);
        c2 = Words.High(s0, r1) + Words.High(s1, r0) + Low(x0, y2) + Low(x1, y1) + Low(x2, y0);
        c3 = Words.High(s0, r2) + Words.High(s1, r1) + Words.High(s2, r0) + Low(x0, y3) + Low(x1, y2)
            + Low(x2, y1) + Low(x3, y0);
        c4 = Words.High(s0, r3) + Words.High(s1, r2) + Words.High(s2, r1) + Words.High(s3, r0) + Low(x0, y4)
            + Low(x1, y3) + Low(x2, y2) + Low(x3, y1) + Low(x4, y0);
        c5 = Words.High(s0, r4) + Words.High(s1, r3) + Words.High(s2, r2) + Words.High(s3, r1) + Words.High(s4, r0)
            + Low(x0, y5) + Low(x1, y4) + Low(x2, y3) + Low(x3, y2) + Low(x4, y1)
            + Low(x5, y0);
        c6 = Words.High(s0, r5) + Words.High(s1, r4) + Words.High(s2, r3) + Words.High(s3, r2) + Words.High(s4, r1)
            + Words.High(s5, r0) + Low(x0, y6) + Low(x1, y5) + Low(x2, y4) + Low(x3, y3)
            + Low(x4, y2) + Low(x5, y1) + Low(x6, y0);
        c7 = Words.High(s0, r6) + Words.High(s1, r5) + Words.High(s2, r4) + Words.High(s3, r3) + Words.High(s4, r2)
            + Words.High(s5, r1) + Words.High(s6, r0) + Low(x1, y6) + Low(x2, y5) + Low(x3, y4)
            + Low(x4, y3) + Low(x5, y2) + Low(x6, y1);
        c8 = Words.High(s1, r6) + Words.High(s2, r5) + Words.High(s3, r4) + Words.High(s4, r3) + Words.High(s5, r2)
            + Words.High(s6, r1) + Low(x2, y6) + Low(x3, y5) + Low(x4, y4) + Low(x5, y3)
            + Low(x6, y2);
        c9 = Words.High(s2, r6) + Words.High(s3, r5) + Words.High(s4, r4) + Words.High(s5, r3) + Words.High(s6, r2)
            + Low(x3, y6) + Low(x4, y5) + Low(x5, y4) + Low(x6, y3);
        c10 = Words.High(s3, r6) + Words.High(s4, r5) + Words.High(s5, r4) + Words.High(s6, r3) + Low(x4, y6)
            + Low(x5, y5) + Low(x6, y4);
        c11 = Words.High(s4, r6) + Words.High(s5, r5) + Words.High(s6, r4) + Low(x5, y6) + Low(x6, y5);
        c12 = Words.High(s5, r6) + Words.High(s6, r5) + Low(x6, y6);
        c13 = Words.High(s6, r6);
    }

    // Twice the square: 28 products of limbs, of which those of unlike limbs count doubly.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void DoubleSquare(
        ulong x0, ulong x1, ulong x2, ulong x3, ulong x4, ulong x5, ulong x6,
        out ulong c0, out ulong c1, out ulong c2, out ulong c3, out ulong c4, out ulong c5, out ulong c6,
        out ulong c7, out ulong c8, out ulong c9, out ulong c10, out ulong c11, out ulong c12, out ulong c13)
    {
        ulong d0 = x0 << 1, d1 = x1 << 1, d2 = x2 << 1, d3 = x3 << 1, d4 = x4 << 1, d5 = x5 << 1, d6 = x6 << 1;
        ulong q0 = x0 << 2, q1 = x1 << 2, q2 = x2 << 2, q3 = x3 << 2, q4 = x4 << 2, q5 = x5 << 2;
        ulong s0 = x0 << ShiftA, s1 = x1 << ShiftA, s2 = x2 << ShiftA, s3 = x3 << ShiftA;
        ulong s4 = x4 << ShiftA, s5 = x5 << ShiftA, s6 = x6 << ShiftA;
        ulong r0 = q0 << ShiftB, r1 = q1 << ShiftB, r2 = q2 << ShiftB;
        ulong r3 = q3 << ShiftB, r4 = q4 << ShiftB, r5 = q5 << ShiftB;
        ulong e0 = d0 << ShiftB, e1 = d1 << ShiftB, e2 = d2 << ShiftB, e3 = d3 << ShiftB;
        ulong e4 = d4 << ShiftB, e5 = d5 << ShiftB, e6 = d6 << ShiftB;
        c0 = Low(x0, d0);
        c1 = Words.High(s0, e0) + Low(x1, q0);
        c2 = Words.High(s1, r0) + Low(x2, q0) + Low(x1, d1);
        c3 = Words.High(s2, r0) + Words.High(s1, e1) + Low(x3, q0) + Low(x2, q1);
        c4 = Words.High(s3, r0) + Words.High(s2, r1) + Low(x4, q0) + Low(x3, q1) + Low(x2, d2);
        c5 = Words.High(s4, r0) + Words.High(s3, r1) + Words.High(s2, e2) + Low(x5, q0) + Low(x4, q1)
            + Low(x3, q2);
        c6 = Words.High(s5, r0) + Words.High(s4, r1) + Words.High(s3, r2) + Low(x6, q0) + Low(x5, q1)
            + Low(x4, q2) + Low(x3, d3);
        c7 = Words.High(s6, r0) + Words.High(s5, r1) + Words.High(s4, r2) + Words.High(s3, e3) + Low(x6, q1)
            + Low(x5, q2) + Low(x4, q3);
        c8 = Words.High(s6, r1) + Words.High(s5, r2) + Words.High(s4, r3) + Low(x6, q2) + Low(x5, q3)
            + Low(x4, d4);
        c9 = Words.High(s6, r2) + Words.High(s5, r3) + Words.High(s4, e4) + Low(x6, q3) + Low(x5, q4);
        c10 = Words.High(s6, r3) + Words.High(s5, r4) + Low(x6, q4) + Low(x5, d5);
        c11 = Words.High(s6, r4) + Words.High(s5, e5) + Low(x6, q5);
        c12 = Words.High(s6, r5) + Low(x6, d6);
        c13 = Words.High(s6, e6);
    }

    // u - v and k - u - v, column by column; columns may be negative from here on.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Combine(
        ref ulong u0, ref ulong u1, ref ulong u2, ref ulong u3, ref ulong u4, ref ulong u5, ref ulong u6,
        ref ulong u7, ref ulong u8, ref ulong u9, ref ulong u10, ref ulong u11, ref ulong u12, ref ulong u13,
        ulong v0, ulong v1, ulong v2, ulong v3, ulong v4, ulong v5, ulong v6,
        ulong v7, ulong v8, ulong v9, ulong v10, ulong v11, ulong v12, ulong v13,
        ref ulong k0, ref ulong k1, ref ulong k2, ref ulong k3, ref ulong k4, ref ulong k5, ref ulong k6,
        ref ulong k7, ref ulong k8, ref ulong k9, ref ulong k10, ref ulong k11, ref ulong k12, ref ulong k13)
    {
        k0 -= u0 + v0;
        u0 -= v0;
        k1 -= u1 + v1;
        u1 -= v1;
        k2 -= u2 + v2;
        u2 -= v2;
        k3 -= u3 + v3;
        u3 -= v3;
        k4 -= u4 + v4;
        u4 -= v4;
        k5 -= u5 + v5;
        u5 -= v5;
        k6 -= u6 + v6;
        u6 -= v6;
        k7 -= u7 + v7;
        u7 -= v7;
        k8 -= u8 + v8;
        u8 -= v8;
        k9 -= u9 + v9;
        u9 -= v9;
        k10 -= u10 + v10;
        u10 -= v10;
        k11 -= u11 + v11;
        u11 -= v11;
        k12 -= u12 + v12;
        u12 -= v12;
        k13 -= u13 + v13;
        u13 -= v13;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ReduceAll(
        ref ulong c0, ref ulong c1, ref ulong c2, ref ulong c3, ref ulong c4, ref ulong c5, ref ulong c6,
        ref ulong c7, ref ulong c8, ref ulong c9, ref ulong c10, ref ulong c11, ref ulong c12, ref ulong c13,
        out Limbs6 result)
    {
        Reduce(c0, ref c1, ref c2, ref c3, ref c4, ref c5, ref c6, ref c7);
        Reduce(c1, ref c2, ref c3, ref c4, ref c5, ref c6, ref c7, ref c8);
        Reduce(c2, ref c3, ref c4, ref c5, ref c6, ref c7, ref c8, ref c9);
        Reduce(c3, ref c4, ref c5, ref c6, ref c7, ref c8, ref c9, ref c10);
        Reduce(c4, ref c5, ref c6, ref c7, ref c8, ref c9, ref c10, ref c11);
        Reduce(c5, ref c6, ref c7, ref c8, ref c9, ref c10, ref c11, ref c12);
        Reduce(c6, ref c7, ref c8, ref c9, ref c10, ref c11, ref c12, ref c13);
        Join(c7, c8, c9, c10, c11, c12, c13, out result);
    }

    // Clears the lowest column by a multiple of the modulus; what it held goes one column up.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Reduce(
        ulong c0, ref ulong c1, ref ulong c2, ref ulong c3, ref ulong c4, ref ulong c5, ref ulong c6, ref ulong c7)
    {
        ulong factor = (c0 * Bls12381Prime.NegatedInverse) & Mask, shifted = factor << ShiftA;
        c1 += Words.High(shifted, S0) + Low(factor, P1) + (ulong)((long)(c0 + Mask) >> LimbBits);
        c2 += Words.High(shifted, S1) + Low(factor, P2);
        c3 += Words.High(shifted, S2) + Low(factor, P3);
        c4 += Words.High(shifted, S3) + Low(factor, P4);
        c5 += Words.High(shifted, S4) + Low(factor, P5);
        c6 += Words.High(shifted, S5) + Low(factor, P6);
        c7 += Words.High(shifted, S6);
    }

    // Six full limbs from columns whose sum lies between -m and 2 m, brought below m.
    private static void Join(
        ulong c0, ulong c1, ulong c2, ulong c3, ulong c4, ulong c5, ulong c6, out Limbs6 result)
    {
        c1 += (ulong)((long)c0 >> LimbBits);
        c2 += (ulong)((long)c1 >> LimbBits);
        c3 += (ulong)((long)c2 >> LimbBits);
        c4 += (ulong)((long)c3 >> LimbBits);
        c5 += (ulong)((long)c4 >> LimbBits);
        c6 += (ulong)((long)c5 >> LimbBits);
        c1 &= Mask;
        c2 &= Mask;
        c3 &= Mask;
        c4 &= Mask;
        c5 &= Mask;
        ulong t5 = (c5 >> 45) | (c6 << 10);
        ulong negative = (ulong)((long)t5 >> 63), carry = 0;
        ulong t0 = Words.Add((c0 & Mask) | (c1 << 55), Bls12381Prime.M0 & negative, ref carry);
        ulong t1 = Words.Add((c1 >> 9) | (c2 << 46), Bls12381Prime.M1 & negative, ref carry);
        ulong t2 = Words.Add((c2 >> 18) | (c3 << 37), Bls12381Prime.M2 & negative, ref carry);
        ulong t3 = Words.Add((c3 >> 27) | (c4 << 28), Bls12381Prime.M3 & negative, ref carry);
        ulong t4 = Words.Add((c4 >> 36) | (c5 << 19), Bls12381Prime.M4 & negative, ref carry);
        t5 = Words.Add(t5, Bls12381Prime.M5 & negative, ref carry);
        Bls12381FieldSums.Normalise(t0, t1, t2, t3, t4, t5, out result);
    }
}
