using System.Runtime.CompilerServices;

namespace Koinon.Crypto.Modular;

/// <summary>Montgomery's product of four limbs, written out by columns: the most frequent length by far.</summary>
/// <remarks>The loops of <see cref="MontgomeryRing"/> say the same; tests compare the two.</remarks>
internal static unsafe class Montgomery4
{
    /// <summary>a b / R modulo q, below R; the result may stand where an operand does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Multiply(ulong* result, ulong* a, ulong* b, ulong* q, ulong negatedInverse)
    {
        ulong a0 = a[0], a1 = a[1], a2 = a[2], a3 = a[3];
        ulong b0 = b[0], b1 = b[1], b2 = b[2], b3 = b[3];
        ulong q0 = q[0], q1 = q[1], q2 = q[2], q3 = q[3];
        ColumnSum sum = default;
        sum.Add(a0, b0);
        ulong m0 = sum.Low * negatedInverse;
        sum.Add(m0, q0);
        sum.Shift();

        sum.Add(a0, b1);
        sum.Add(a1, b0);
        sum.Add(m0, q1);
        ulong m1 = sum.Low * negatedInverse;
        sum.Add(m1, q0);
        sum.Shift();

        sum.Add(a0, b2);
        sum.Add(a1, b1);
        sum.Add(a2, b0);
        sum.Add(m0, q2);
        sum.Add(m1, q1);
        ulong m2 = sum.Low * negatedInverse;
        sum.Add(m2, q0);
        sum.Shift();

        sum.Add(a0, b3);
        sum.Add(a1, b2);
        sum.Add(a2, b1);
        sum.Add(a3, b0);
        sum.Add(m0, q3);
        sum.Add(m1, q2);
        sum.Add(m2, q1);
        ulong m3 = sum.Low * negatedInverse;
        sum.Add(m3, q0);
        sum.Shift();

        sum.Add(a1, b3);
        sum.Add(a2, b2);
        sum.Add(a3, b1);
        sum.Add(m1, q3);
        sum.Add(m2, q2);
        sum.Add(m3, q1);
        ulong r0 = sum.Shift();

        sum.Add(a2, b3);
        sum.Add(a3, b2);
        sum.Add(m2, q3);
        sum.Add(m3, q2);
        ulong r1 = sum.Shift();

        sum.Add(a3, b3);
        sum.Add(m3, q3);
        ulong r2 = sum.Shift();

        Finish(result, r0, r1, r2, sum.Shift(), sum.Low, q);
    }

    /// <summary>a a / R modulo q, below R; the result may stand where the operand does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Square(ulong* result, ulong* a, ulong* q, ulong negatedInverse)
    {
        ulong a0 = a[0], a1 = a[1], a2 = a[2], a3 = a[3];
        ulong q0 = q[0], q1 = q[1], q2 = q[2], q3 = q[3];
        ColumnSum sum = default;
        ColumnSum pairs = default;
        sum.Add(a0, a0);
        ulong m0 = sum.Low * negatedInverse;
        sum.Add(m0, q0);
        sum.Shift();

        pairs.Add(a0, a1);
        sum.AddTwice(pairs);
        pairs = default;
        sum.Add(m0, q1);
        ulong m1 = sum.Low * negatedInverse;
        sum.Add(m1, q0);
        sum.Shift();

        pairs.Add(a0, a2);
        sum.AddTwice(pairs);
        pairs = default;
        sum.Add(a1, a1);
        sum.Add(m0, q2);
        sum.Add(m1, q1);
        ulong m2 = sum.Low * negatedInverse;
        sum.Add(m2, q0);
        sum.Shift();

        pairs.Add(a0, a3);
        pairs.Add(a1, a2);
        sum.AddTwice(pairs);
        pairs = default;
        sum.Add(m0, q3);
        sum.Add(m1, q2);
        sum.Add(m2, q1);
        ulong m3 = sum.Low * negatedInverse;
        sum.Add(m3, q0);
        sum.Shift();

        pairs.Add(a1, a3);
        sum.AddTwice(pairs);
        pairs = default;
        sum.Add(a2, a2);
        sum.Add(m1, q3);
        sum.Add(m2, q2);
        sum.Add(m3, q1);
        ulong r0 = sum.Shift();

        pairs.Add(a2, a3);
        sum.AddTwice(pairs);
        sum.Add(m2, q3);
        sum.Add(m3, q2);
        ulong r1 = sum.Shift();

        sum.Add(a3, a3);
        sum.Add(m3, q3);
        ulong r2 = sum.Shift();

        Finish(result, r0, r1, r2, sum.Shift(), sum.Low, q);
    }

    /// <summary>Writes the result, less the modulus when it has reached R.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(ulong* result, ulong r0, ulong r1, ulong r2, ulong r3, ulong carry, ulong* q)
    {
        result[0] = r0;
        result[1] = r1;
        result[2] = r2;
        result[3] = r3;
        if (carry != 0)
        {
            LimbArithmetic.Subtract(result, q, 4);
        }
    }
}
