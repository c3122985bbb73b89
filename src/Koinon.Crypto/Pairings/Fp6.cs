using System.Runtime.CompilerServices;

namespace Koinon.Crypto.Pairings;

/// <summary>The cubic extension c0 + c1 v + c2 v^2 of <see cref="Fp2{TField}"/> with v^3 = ξ.</summary>
/// <remarks>Results may be operands. Only what the pairing needs is here.</remarks>
internal struct Fp6<TField, TCurve>
    where TField : unmanaged, IPrimeField<TField>
    where TCurve : struct, IPairingCurve<TField, TCurve>
{
    internal Fp2<TField> C0;
    internal Fp2<TField> C1;
    internal Fp2<TField> C2;

    internal static Fp6<TField, TCurve> One => new() { C0 = Fp2<TField>.One };

    internal static bool IsZero(in Fp6<TField, TCurve> a) =>
        Fp2<TField>.IsZero(a.C0) && Fp2<TField>.IsZero(a.C1) && Fp2<TField>.IsZero(a.C2);

    internal static void Add(
        in Fp6<TField, TCurve> a, in Fp6<TField, TCurve> b, out Fp6<TField, TCurve> result)
    {
        Fp2<TField>.Add(a.C0, b.C0, out result.C0);
        Fp2<TField>.Add(a.C1, b.C1, out result.C1);
        Fp2<TField>.Add(a.C2, b.C2, out result.C2);
    }

    internal static void Subtract(
        in Fp6<TField, TCurve> a, in Fp6<TField, TCurve> b, out Fp6<TField, TCurve> result)
    {
        Fp2<TField>.Subtract(a.C0, b.C0, out result.C0);
        Fp2<TField>.Subtract(a.C1, b.C1, out result.C1);
        Fp2<TField>.Subtract(a.C2, b.C2, out result.C2);
    }

    internal static void Negate(in Fp6<TField, TCurve> a, out Fp6<TField, TCurve> result)
    {
        Fp2<TField>.Negate(a.C0, out result.C0);
        Fp2<TField>.Negate(a.C1, out result.C1);
        Fp2<TField>.Negate(a.C2, out result.C2);
    }

    /// <summary>Multiplies by v.</summary>
    internal static void MultiplyByV(in Fp6<TField, TCurve> a, out Fp6<TField, TCurve> result)
    {
        TCurve.MultiplyByXi(a.C2, out Fp2<TField> c0);
        Fp2<TField> c1 = a.C0;
        result.C2 = a.C1;
        result.C1 = c1;
        result.C0 = c0;
    }

    /// <summary>Multiplies by Karatsuba's method: six products of the field below.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Multiply(
        in Fp6<TField, TCurve> a, in Fp6<TField, TCurve> b, out Fp6<TField, TCurve> result)
    {
        Fp2<TField>.Multiply(a.C0, b.C0, out Fp2<TField> v0);
        Fp2<TField>.Multiply(a.C1, b.C1, out Fp2<TField> v1);
        Fp2<TField>.Multiply(a.C2, b.C2, out Fp2<TField> v2);

        // c0 = v0 + ξ ((a1 + a2)(b1 + b2) - v1 - v2).
        Fp2<TField>.Add(a.C1, a.C2, out Fp2<TField> s);
        Fp2<TField>.Add(b.C1, b.C2, out Fp2<TField> t);
        Fp2<TField>.Multiply(s, t, out Fp2<TField> c0);
        Fp2<TField>.Subtract(c0, v1, out c0);
        Fp2<TField>.Subtract(c0, v2, out c0);
        TCurve.MultiplyByXi(c0, out c0);
        Fp2<TField>.Add(c0, v0, out c0);

        // c1 = (a0 + a1)(b0 + b1) - v0 - v1 + ξ v2.
        Fp2<TField>.Add(a.C0, a.C1, out s);
        Fp2<TField>.Add(b.C0, b.C1, out t);
        Fp2<TField>.Multiply(s, t, out Fp2<TField> c1);
        Fp2<TField>.Subtract(c1, v0, out c1);
        Fp2<TField>.Subtract(c1, v1, out c1);
        TCurve.MultiplyByXi(v2, out t);
        Fp2<TField>.Add(c1, t, out c1);

        // c2 = (a0 + a2)(b0 + b2) - v0 - v2 + v1.
        Fp2<TField>.Add(a.C0, a.C2, out s);
        Fp2<TField>.Add(b.C0, b.C2, out t);
        Fp2<TField>.Multiply(s, t, out Fp2<TField> c2);
        Fp2<TField>.Subtract(c2, v0, out c2);
        Fp2<TField>.Subtract(c2, v2, out c2);
        Fp2<TField>.Add(c2, v1, out result.C2);
        result.C1 = c1;
        result.C0 = c0;
    }

    /// <summary>Multiplies by b0 + b1 v: five products.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void MultiplyBy01(
        in Fp6<TField, TCurve> a, in Fp2<TField> b0, in Fp2<TField> b1, out Fp6<TField, TCurve> result)
    {
        Fp2<TField>.Multiply(a.C0, b0, out Fp2<TField> v0);
        Fp2<TField>.Multiply(a.C1, b1, out Fp2<TField> v1);

        // c0 = v0 + ξ a2 b1.
        Fp2<TField>.Multiply(a.C2, b1, out Fp2<TField> c0);
        TCurve.MultiplyByXi(c0, out c0);
        Fp2<TField>.Add(c0, v0, out c0);

        // c2 = a2 b0 + v1.
        Fp2<TField>.Multiply(a.C2, b0, out Fp2<TField> c2);
        Fp2<TField>.Add(c2, v1, out c2);

        // c1 = (a0 + a1)(b0 + b1) - v0 - v1.
        Fp2<TField>.Add(a.C0, a.C1, out Fp2<TField> s);
        Fp2<TField>.Add(b0, b1, out Fp2<TField> t);
        Fp2<TField>.Multiply(s, t, out s);
        Fp2<TField>.Subtract(s, v0, out s);
        Fp2<TField>.Subtract(s, v1, out result.C1);
        result.C0 = c0;
        result.C2 = c2;
    }

    /// <summary>Multiplies by b1 v: three products.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void MultiplyBy1(
        in Fp6<TField, TCurve> a, in Fp2<TField> b1, out Fp6<TField, TCurve> result)
    {
        Fp2<TField>.Multiply(a.C2, b1, out Fp2<TField> c0);
        Fp2<TField>.Multiply(a.C1, b1, out Fp2<TField> c2);
        Fp2<TField>.Multiply(a.C0, b1, out result.C1);
        TCurve.MultiplyByXi(c0, out result.C0);
        result.C2 = c2;
    }

    /// <summary>Multiplies by b0: three products.</summary>
    internal static void MultiplyBy0(
        in Fp6<TField, TCurve> a, in Fp2<TField> b0, out Fp6<TField, TCurve> result)
    {
        Fp2<TField>.Multiply(a.C0, b0, out result.C0);
        Fp2<TField>.Multiply(a.C1, b0, out result.C1);
        Fp2<TField>.Multiply(a.C2, b0, out result.C2);
    }

    /// <summary>The inverse; zero for zero.</summary>
    internal static void Invert(in Fp6<TField, TCurve> a, out Fp6<TField, TCurve> result)
    {
        // t0 = a0^2 - ξ a1 a2, t1 = ξ a2^2 - a0 a1, t2 = a1^2 - a0 a2; the norm is a0 t0 + ξ (a2 t1 + a1 t2).
        Fp2<TField>.Multiply(a.C1, a.C2, out Fp2<TField> product);
        TCurve.MultiplyByXi(product, out product);
        Fp2<TField>.Square(a.C0, out Fp2<TField> t0);
        Fp2<TField>.Subtract(t0, product, out t0);
        Fp2<TField>.Square(a.C2, out Fp2<TField> t1);
        TCurve.MultiplyByXi(t1, out t1);
        Fp2<TField>.Multiply(a.C0, a.C1, out product);
        Fp2<TField>.Subtract(t1, product, out t1);
        Fp2<TField>.Square(a.C1, out Fp2<TField> t2);
        Fp2<TField>.Multiply(a.C0, a.C2, out product);
        Fp2<TField>.Subtract(t2, product, out t2);

        Fp2<TField>.Multiply(a.C2, t1, out Fp2<TField> norm);
        Fp2<TField>.Multiply(a.C1, t2, out product);
        Fp2<TField>.Add(norm, product, out norm);
        TCurve.MultiplyByXi(norm, out norm);
        Fp2<TField>.Multiply(a.C0, t0, out product);
        Fp2<TField>.Add(norm, product, out norm);
        Fp2<TField>.Invert(norm, out norm);

        Fp2<TField>.Multiply(t0, norm, out result.C0);
        Fp2<TField>.Multiply(t1, norm, out result.C1);
        Fp2<TField>.Multiply(t2, norm, out result.C2);
    }
}
