using System.Runtime.CompilerServices;

namespace Koinon.Crypto.Pairings;

/// <summary>The quadratic extension c0 + c1 w of <see cref="Fp6{TField, TCurve}"/> with w^2 = v.</summary>
/// <remarks>Results may be operands.</remarks>
internal partial struct Fp12<TField, TCurve>
    where TField : unmanaged, IPrimeField<TField>
    where TCurve : struct, IPairingCurve<TField, TCurve>
{
    internal Fp6<TField, TCurve> C0;
    internal Fp6<TField, TCurve> C1;

    internal static Fp12<TField, TCurve> One => new() { C0 = Fp6<TField, TCurve>.One };

    internal static bool IsOne(in Fp12<TField, TCurve> a) =>
        Fp2<TField>.AreEqual(a.C0.C0, Fp2<TField>.One) && Fp2<TField>.IsZero(a.C0.C1)
            && Fp2<TField>.IsZero(a.C0.C2) && Fp6<TField, TCurve>.IsZero(a.C1);

    /// <summary>Multiplies by Karatsuba's method.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Multiply(
        in Fp12<TField, TCurve> a, in Fp12<TField, TCurve> b, out Fp12<TField, TCurve> result)
    {
        Fp6<TField, TCurve>.Multiply(a.C0, b.C0, out Fp6<TField, TCurve> v0);
        Fp6<TField, TCurve>.Multiply(a.C1, b.C1, out Fp6<TField, TCurve> v1);
        Fp6<TField, TCurve>.Add(a.C0, a.C1, out Fp6<TField, TCurve> s);
        Fp6<TField, TCurve>.Add(b.C0, b.C1, out Fp6<TField, TCurve> t);
        Finish(s, t, v0, v1, out result);
    }

    /// <summary>Squares by two products: c0^2 + v c1^2 = (c0 + c1)(c0 + v c1) - c0 c1 - v c0 c1.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Square(in Fp12<TField, TCurve> a, out Fp12<TField, TCurve> result)
    {
        Fp6<TField, TCurve>.Add(a.C0, a.C1, out Fp6<TField, TCurve> s);
        Fp6<TField, TCurve>.MultiplyByV(a.C1, out Fp6<TField, TCurve> t);
        Fp6<TField, TCurve>.Add(t, a.C0, out t);
        Fp6<TField, TCurve>.Multiply(s, t, out s);
        Fp6<TField, TCurve>.Multiply(a.C0, a.C1, out Fp6<TField, TCurve> product);
        Fp6<TField, TCurve>.Subtract(s, product, out s);
        Fp6<TField, TCurve>.MultiplyByV(product, out t);
        Fp6<TField, TCurve>.Subtract(s, t, out result.C0);
        Fp6<TField, TCurve>.Add(product, product, out result.C1);
    }

    /// <summary>Multiplies by the line l0 + l1 v + l4 v w, the shape of an M-type twist.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void MultiplyBy014(
        in Fp12<TField, TCurve> a, in Fp2<TField> l0, in Fp2<TField> l1, in Fp2<TField> l4,
        out Fp12<TField, TCurve> result)
    {
        Fp6<TField, TCurve>.MultiplyBy01(a.C0, l0, l1, out Fp6<TField, TCurve> v0);
        Fp6<TField, TCurve>.MultiplyBy1(a.C1, l4, out Fp6<TField, TCurve> v1);
        Fp2<TField>.Add(l1, l4, out Fp2<TField> sum);
        Fp6<TField, TCurve>.Add(a.C0, a.C1, out Fp6<TField, TCurve> s);
        Fp6<TField, TCurve>.MultiplyBy01(s, l0, sum, out s);
        Recombine(s, v0, v1, out result);
    }

    /// <summary>Multiplies by the line l0 + l3 w + l4 v w, the shape of a D-type twist.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void MultiplyBy034(
        in Fp12<TField, TCurve> a, in Fp2<TField> l0, in Fp2<TField> l3, in Fp2<TField> l4,
        out Fp12<TField, TCurve> result)
    {
        Fp6<TField, TCurve>.MultiplyBy0(a.C0, l0, out Fp6<TField, TCurve> v0);
        Fp6<TField, TCurve>.MultiplyBy01(a.C1, l3, l4, out Fp6<TField, TCurve> v1);
        Fp2<TField>.Add(l0, l3, out Fp2<TField> sum);
        Fp6<TField, TCurve>.Add(a.C0, a.C1, out Fp6<TField, TCurve> s);
        Fp6<TField, TCurve>.MultiplyBy01(s, sum, l4, out s);
        Recombine(s, v0, v1, out result);
    }

    /// <summary>c0 - c1 w: the p^6-th power, and the inverse of an element of the cyclotomic subgroup.</summary>
    internal static void Conjugate(in Fp12<TField, TCurve> a, out Fp12<TField, TCurve> result)
    {
        result.C0 = a.C0;
        Fp6<TField, TCurve>.Negate(a.C1, out result.C1);
    }

    /// <summary>The inverse; zero for zero.</summary>
    internal static void Invert(in Fp12<TField, TCurve> a, out Fp12<TField, TCurve> result)
    {
        Fp6<TField, TCurve>.Multiply(a.C0, a.C0, out Fp6<TField, TCurve> norm);
        Fp6<TField, TCurve>.Multiply(a.C1, a.C1, out Fp6<TField, TCurve> t);
        Fp6<TField, TCurve>.MultiplyByV(t, out t);
        Fp6<TField, TCurve>.Subtract(norm, t, out norm);
        Fp6<TField, TCurve>.Invert(norm, out norm);
        Fp6<TField, TCurve>.Multiply(a.C0, norm, out result.C0);
        Fp6<TField, TCurve>.Multiply(a.C1, norm, out t);
        Fp6<TField, TCurve>.Negate(t, out result.C1);
    }

    /// <summary>The p-th power.</summary>
    internal static void Frobenius(in Fp12<TField, TCurve> a, out Fp12<TField, TCurve> result)
    {
        ref readonly FrobeniusConstants<TField> constants = ref TCurve.Frobenius;
        Fp2<TField>.Conjugate(a.C0.C0, out result.C0.C0);
        ConjugateAndScale(a.C1.C0, constants.Gamma1, out result.C1.C0);
        ConjugateAndScale(a.C0.C1, constants.Gamma2, out result.C0.C1);
        ConjugateAndScale(a.C1.C1, constants.Gamma3, out result.C1.C1);
        ConjugateAndScale(a.C0.C2, constants.Gamma4, out result.C0.C2);
        ConjugateAndScale(a.C1.C2, constants.Gamma5, out result.C1.C2);
    }

    /// <summary>The p^2-th power.</summary>
    internal static void FrobeniusSquared(in Fp12<TField, TCurve> a, out Fp12<TField, TCurve> result)
    {
        ref readonly FrobeniusConstants<TField> constants = ref TCurve.Frobenius;
        result.C0.C0 = a.C0.C0;
        Fp2<TField>.Scale(a.C1.C0, constants.Norm1, out result.C1.C0);
        Fp2<TField>.Scale(a.C0.C1, constants.Norm2, out result.C0.C1);
        Fp2<TField>.Scale(a.C1.C1, constants.Norm3, out result.C1.C1);
        Fp2<TField>.Scale(a.C0.C2, constants.Norm4, out result.C0.C2);
        Fp2<TField>.Scale(a.C1.C2, constants.Norm5, out result.C1.C2);
    }

    private static void ConjugateAndScale(in Fp2<TField> a, in Fp2<TField> factor, out Fp2<TField> result)
    {
        Fp2<TField>.Conjugate(a, out Fp2<TField> conjugate);
        Fp2<TField>.Multiply(conjugate, factor, out result);
    }

    private static void Finish(
        in Fp6<TField, TCurve> s, in Fp6<TField, TCurve> t, in Fp6<TField, TCurve> v0, in Fp6<TField, TCurve> v1,
        out Fp12<TField, TCurve> result)
    {
        Fp6<TField, TCurve>.Multiply(s, t, out Fp6<TField, TCurve> cross);
        Recombine(cross, v0, v1, out result);
    }

    // c0 = v0 + v v1, c1 = cross - v0 - v1.
    private static void Recombine(
        in Fp6<TField, TCurve> cross, in Fp6<TField, TCurve> v0, in Fp6<TField, TCurve> v1,
        out Fp12<TField, TCurve> result)
    {
        Fp6<TField, TCurve>.Subtract(cross, v0, out Fp6<TField, TCurve> c1);
        Fp6<TField, TCurve>.Subtract(c1, v1, out result.C1);
        Fp6<TField, TCurve>.MultiplyByV(v1, out c1);
        Fp6<TField, TCurve>.Add(v0, c1, out result.C0);
    }
}
