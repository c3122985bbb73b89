using System.Runtime.CompilerServices;
using Koinon.Crypto.Ecdsa;

namespace Koinon.Crypto.Pairings;

/// <content>The cyclotomic subgroup, into which the easy part of the final exponentiation leads.</content>
internal partial struct Fp12<TField, TCurve>
{
    // From so many squarings on, doing without two of six coefficients saves more than finding them again costs.
    private const int LongRun = 8;

    /// <summary>Squares an element of the cyclotomic subgroup by nine squarings below (Granger and Scott).</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void SquareCyclotomic(in Fp12<TField, TCurve> a, out Fp12<TField, TCurve> result)
    {
        SquareFp4(a.C0.C0, a.C1.C1, out Fp2<TField> t0, out Fp2<TField> t1);
        SquareCompressed(a, out result);
        TripleMinusDouble(t0, a.C0.C0, out result.C0.C0);
        TriplePlusDouble(t1, a.C1.C1, out result.C1.C1);
    }

    /// <summary>Raises an element of the cyclotomic subgroup to a power of 64 bits.</summary>
    /// <param name="a">The element.</param>
    /// <param name="exponent">The exponent, not zero.</param>
    /// <param name="width">Width of the exponent's signed digits: 2 for few digits, 4 where a table pays.</param>
    /// <param name="result">The power.</param>
    [SkipLocalsInit]
    internal static void PowerCyclotomic(
        in Fp12<TField, TCurve> a, ulong exponent, int width, out Fp12<TField, TCurve> result)
    {
        // Inverses are conjugates, hence signed digits; width 4 needs the third, fifth and seventh power too.
        Span<short> digits = stackalloc short[65];
        digits.Clear();
        int used = NonAdjacentForm.RecodeVartime([exponent], isNegative: false, width, digits);
        Fp12<TField, TCurve> a3 = default, a5 = default, a7 = default;
        if (width > 2)
        {
            SquareCyclotomic(a, out Fp12<TField, TCurve> a2);
            Multiply(a2, a, out a3);
            Multiply(a3, a2, out a5);
            Multiply(a5, a2, out a7);
        }

        Fp12<TField, TCurve> power = One;
        int squarings = 0;
        for (int position = used - 1; position >= 0; position--)
        {
            int digit = digits[position];
            if (digit != 0)
            {
                Fp12<TField, TCurve> factor = Math.Abs(digit) switch { 1 => a, 3 => a3, 5 => a5, _ => a7 };
                if (digit < 0) Conjugate(factor, out factor);
                SquareTimes(ref power, squarings);
                if (position < used - 1) Multiply(power, factor, out power);
                else power = factor;
                squarings = 0;
            }

            if (position > 0) squarings++;
        }

        SquareTimes(ref power, squarings);
        result = power;
    }

    private static void SquareTimes(ref Fp12<TField, TCurve> power, int times)
    {
        if (times < LongRun)
        {
            for (int i = 0; i < times; i++) SquareCyclotomic(power, out power);
            return;
        }

        for (int i = 0; i < times; i++) SquareCompressed(power, out power);
        Decompress(ref power);
    }

    // The square's coefficients but those of 1 and v w, from the same of a (Karabina, ePrint 2010/542).
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SquareCompressed(in Fp12<TField, TCurve> a, out Fp12<TField, TCurve> result)
    {
        SquareFp4(a.C1.C0, a.C0.C2, out Fp2<TField> t2, out Fp2<TField> t3);
        SquareFp4(a.C0.C1, a.C1.C2, out Fp2<TField> t4, out Fp2<TField> t5);
        TCurve.MultiplyByXi(t5, out t5);

        Unsafe.SkipInit(out result);
        TripleMinusDouble(t2, a.C0.C1, out result.C0.C1);
        TripleMinusDouble(t4, a.C0.C2, out result.C0.C2);
        TriplePlusDouble(t5, a.C1.C0, out result.C1.C0);
        TriplePlusDouble(t3, a.C1.C2, out result.C1.C2);
    }

    // With g0, g1, g2 for the coefficients of 1, v, v^2 and g3, g4, g5 for those of w, v w, v^2 w:
    // g4 = (ξ g5^2 + 3 g1^2 - 2 g2) / 4 g3, or 2 g1 g5 / g2 where g3 is zero; g0 = ξ (2 g4^2 + g3 g5 - 3 g2 g1) + 1.
    private static void Decompress(ref Fp12<TField, TCurve> a)
    {
        ref readonly Fp2<TField> g1 = ref a.C0.C1, g2 = ref a.C0.C2, g3 = ref a.C1.C0, g5 = ref a.C1.C2;
        Fp2<TField> numerator, denominator;
        if (Fp2<TField>.IsZero(g3))
        {
            Fp2<TField>.Multiply(g1, g5, out numerator);
            Fp2<TField>.Double(numerator, out numerator);
            denominator = g2;
        }
        else
        {
            SquareFp4(g1, g5, out numerator, out _);
            Fp2<TField>.Square(g1, out Fp2<TField> square);
            Fp2<TField>.Subtract(square, g2, out square);
            Fp2<TField>.Double(square, out square);
            Fp2<TField>.Add(numerator, square, out numerator);
            Fp2<TField>.Double(g3, out denominator);
            Fp2<TField>.Double(denominator, out denominator);
        }

        Fp2<TField>.Invert(denominator, out denominator);
        Fp2<TField>.Multiply(numerator, denominator, out a.C1.C1);

        Fp2<TField>.Square(a.C1.C1, out Fp2<TField> g0);
        Fp2<TField>.Multiply(g2, g1, out Fp2<TField> product);
        Fp2<TField>.Subtract(g0, product, out g0);
        Fp2<TField>.Double(g0, out g0);
        Fp2<TField>.Subtract(g0, product, out g0);
        Fp2<TField>.Multiply(g3, g5, out product);
        Fp2<TField>.Add(g0, product, out g0);
        TCurve.MultiplyByXi(g0, out g0);
        Fp2<TField>.Add(g0, Fp2<TField>.One, out a.C0.C0);
    }

    // (a + b x)^2 with x^2 = ξ.
    private static void SquareFp4(
        in Fp2<TField> a, in Fp2<TField> b, out Fp2<TField> c0, out Fp2<TField> c1)
    {
        Fp2<TField>.Square(a, out Fp2<TField> aa);
        Fp2<TField>.Square(b, out Fp2<TField> bb);
        Fp2<TField>.Add(a, b, out Fp2<TField> sum);
        Fp2<TField>.Square(sum, out sum);
        Fp2<TField>.Subtract(sum, aa, out sum);
        Fp2<TField>.Subtract(sum, bb, out c1);
        TCurve.MultiplyByXi(bb, out bb);
        Fp2<TField>.Add(aa, bb, out c0);
    }

    private static void TripleMinusDouble(in Fp2<TField> t, in Fp2<TField> a, out Fp2<TField> result)
    {
        Fp2<TField>.Subtract(t, a, out Fp2<TField> difference);
        Fp2<TField>.Double(difference, out difference);
        Fp2<TField>.Add(difference, t, out result);
    }

    private static void TriplePlusDouble(in Fp2<TField> t, in Fp2<TField> a, out Fp2<TField> result)
    {
        Fp2<TField>.Add(t, a, out Fp2<TField> sum);
        Fp2<TField>.Double(sum, out sum);
        Fp2<TField>.Add(sum, t, out result);
    }
}
