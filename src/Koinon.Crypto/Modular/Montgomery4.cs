using System.Runtime.CompilerServices;

namespace Koinon.Crypto.Modular;

/// <summary>Montgomery's product of four limbs, written out row by row: the most frequent length by far.</summary>
/// <remarks>
/// Rows, not the columns of <see cref="MontgomeryRing"/>: here the running sum stays in registers.
/// </remarks>
internal static unsafe class Montgomery4
{
    /// <summary>a b / R modulo q, below R; the result may stand where an operand does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Multiply(ulong* result, ulong* a, ulong* b, ulong* q, ulong negatedInverse)
    {
        ulong r0 = 0, r1 = 0, r2 = 0, r3 = 0, r4 = 0;
        AddRow(ref r0, ref r1, ref r2, ref r3, ref r4, a, b[0], q, negatedInverse);
        AddRow(ref r0, ref r1, ref r2, ref r3, ref r4, a, b[1], q, negatedInverse);
        AddRow(ref r0, ref r1, ref r2, ref r3, ref r4, a, b[2], q, negatedInverse);
        AddRow(ref r0, ref r1, ref r2, ref r3, ref r4, a, b[3], q, negatedInverse);

        // Less the modulus when R is reached, which no predictor knows: by a mask.
        ulong mask = 0 - r4;
        ulong borrow = 0;
        result[0] = Subtract(r0, q[0] & mask, ref borrow);
        result[1] = Subtract(r1, q[1] & mask, ref borrow);
        result[2] = Subtract(r2, q[2] & mask, ref borrow);
        result[3] = Subtract(r3, q[3] & mask, ref borrow);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Subtract(ulong a, ulong b, ref ulong borrow)
    {
        ulong difference = a - b;
        ulong next = a < b ? 1UL : 0;
        ulong result = difference - borrow;
        borrow = next + (difference < borrow ? 1UL : 0);
        return result;
    }

    /// <summary>r = (r + a b + m q) / 2^64, where m clears the lowest limb; r4 is 0 or 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(
        ref ulong r0, ref ulong r1, ref ulong r2, ref ulong r3, ref ulong r4,
        ulong* a, ulong b, ulong* q, ulong negatedInverse)
    {
        ulong carry = 0;
        ulong s0 = LimbArithmetic.MultiplyAdd(a[0], b, r0, ref carry);
        ulong s1 = LimbArithmetic.MultiplyAdd(a[1], b, r1, ref carry);
        ulong s2 = LimbArithmetic.MultiplyAdd(a[2], b, r2, ref carry);
        ulong s3 = LimbArithmetic.MultiplyAdd(a[3], b, r3, ref carry);
        ulong s4 = r4 + carry;
        ulong s5 = s4 < carry ? 1UL : 0;

        ulong m = s0 * negatedInverse;
        carry = 0;
        LimbArithmetic.MultiplyAdd(m, q[0], s0, ref carry);
        r0 = LimbArithmetic.MultiplyAdd(m, q[1], s1, ref carry);
        r1 = LimbArithmetic.MultiplyAdd(m, q[2], s2, ref carry);
        r2 = LimbArithmetic.MultiplyAdd(m, q[3], s3, ref carry);
        r3 = s4 + carry;
        r4 = s5 + (r3 < carry ? 1UL : 0);
    }
}
