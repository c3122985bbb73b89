using Fp = Koinon.Crypto.Pairings.Bls12381Field;
using Fp2 = Koinon.Crypto.Pairings.Fp2<Koinon.Crypto.Pairings.Bls12381Field>;

namespace Koinon.Crypto.Pairings;

/// <summary>Square roots in the quadratic extension of BLS12-381's base field, by the norm.</summary>
internal readonly struct Bls12381G2Roots : ISquareRoots<Fp2>
{
    private static readonly Fp2 MinusTwoMinusU = Minus(2, 1);

    /// <inheritdoc/>
    public static ref readonly Fp2 Z => ref MinusTwoMinusU;

    /// <inheritdoc/>
    public static bool IsSquareRatio(in Fp2 u, in Fp2 v, out Fp2 root)
    {
        Fp2.Invert(v, out Fp2 ratio);
        Fp2.Multiply(ratio, u, out ratio);
        if (TryRoot(ratio, out root)) return true;
        Fp2.Multiply(ratio, MinusTwoMinusU, out ratio);
        TryRoot(ratio, out root);
        return false;
    }

    /// <inheritdoc/>
    public static bool IsOdd(in Fp2 a) => Fp.IsZero(a.C0) ? Fp.IsOdd(a.C1) : Fp.IsOdd(a.C0);

    /// <summary>Finds a square root, if there is one.</summary>
    internal static bool TryRoot(in Fp2 a, out Fp2 root)
    {
        root = default;
        Fp2.Norm(a, out Fp norm);
        if (!Bls12381G1Roots.TryRoot(norm, out Fp n)) return false;

        // A root x0 + x1 u has x0^2 = (a0 + n) / 2 = t or, where t is no square, x1^2 = -t; and 2 x0 x1 = a1.
        Fp.Add(a.C0, n, out Fp t);
        // For a1 = 0 the root n of the norm may be -a0: the other root serves then.
        if (Fp.IsZero(t)) Fp.Double(a.C0, out t);
        Fp.Halve(t, out t);
        Bls12381G1Roots.InverseRoot(t, out Fp inverse);
        Fp.Multiply(t, inverse, out Fp first);
        Fp.Halve(inverse, out Fp second);
        Fp.Multiply(second, a.C1, out second);
        Fp.Square(first, out Fp square);
        if (Fp.AreEqual(square, t))
        {
            root = new Fp2(first, second);
        }
        else
        {
            Fp.Negate(first, out first);
            root = new Fp2(second, first);
        }

        return true;
    }

    private static Fp2 Minus(ulong c0, ulong c1)
    {
        Fp2 value = new(
            Fp.FromNumber(new Limbs6(c0, 0, 0, 0, 0, 0)), Fp.FromNumber(new Limbs6(c1, 0, 0, 0, 0, 0)));
        Fp2.Negate(value, out value);
        return value;
    }
}
