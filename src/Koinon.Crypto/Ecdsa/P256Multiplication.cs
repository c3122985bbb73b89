using System.Runtime.CompilerServices;

namespace Koinon.Crypto.Ecdsa;

/// <summary>a·P + b·G on P-256 for public a, b and P, in time that depends on them.</summary>
/// <remarks>Both factors are recoded in non-adjacent form and run over one chain of 256 doublings (Strauss, Shamir).
/// </remarks>
internal static class P256Multiplication
{
    private const int Width = 5;

    private const int OddMultiples = 1 << (Width - 2);

    private const int GeneratorWidth = 11;

    /// <summary>Computes <paramref name="pointFactor"/>·(<paramref name="x"/>, <paramref name="y"/>) +
    /// <paramref name="generatorFactor"/>·G.</summary>
    [SkipLocalsInit]
    internal static void MultiplyAdd(
        in P256Field x,
        in P256Field y,
        in P256Scalar pointFactor,
        in P256Scalar generatorFactor,
        out P256Jacobian result)
    {
        Span<ulong> words = stackalloc ulong[4];
        Span<short> pointDigits = stackalloc short[NonAdjacentForm.Digits256];
        Span<short> generatorDigits = stackalloc short[NonAdjacentForm.Digits256];
        pointDigits.Clear();
        generatorDigits.Clear();
        pointFactor.CopyTo(words);
        int length = NonAdjacentForm.RecodeVartime(words, false, Width, pointDigits);
        generatorFactor.CopyTo(words);
        length = Math.Max(length, NonAdjacentForm.RecodeVartime(words, false, GeneratorWidth, generatorDigits));

        Unsafe.SkipInit(out AffineTable multiples);
        Unsafe.SkipInit(out JacobianTable sums);
        Unsafe.SkipInit(out FieldTable inverses);
        Unsafe.SkipInit(out FieldTable scratch);
        FillOddMultiples(new P256Jacobian(in x, in y), multiples, sums, inverses, scratch);
        ReadOnlySpan<P256Affine> generator = GeneratorTable.OddMultiples;
        result = P256Jacobian.Infinity;
        for (int i = length - 1; i >= 0; i--)
        {
            if (!result.IsInfinity)
            {
                P256Jacobian.Double(ref result);
            }

            int digit = pointDigits[i];
            if (digit != 0)
            {
                ref readonly P256Affine term = ref multiples[Math.Abs(digit) >> 1];
                P256Jacobian.Add(ref result, in term.X, in term.Y, digit < 0);
            }

            digit = generatorDigits[i];
            if (digit != 0)
            {
                ref readonly P256Affine term = ref generator[Math.Abs(digit) >> 1];
                P256Jacobian.Add(ref result, in term.X, in term.Y, digit < 0);
            }
        }
    }

    /// <summary>Fills P, 3P, 5P, … in affine form; the other spans are working room of the same length.</summary>
    private static void FillOddMultiples(
        in P256Jacobian point,
        Span<P256Affine> multiples,
        Span<P256Jacobian> sums,
        Span<P256Field> inverses,
        Span<P256Field> scratch)
    {
        // 2P in affine form serves all the additions.
        P256Jacobian twice = point;
        P256Jacobian.Double(ref twice);
        P256Field.InvertVartime(in twice.Z, out P256Field inverse);
        ToAffine(in twice, in inverse, out P256Affine step);
        sums[0] = point;
        inverses[0] = point.Z;
        for (int i = 1; i < sums.Length; i++)
        {
            sums[i] = sums[i - 1];
            P256Jacobian.Add(ref sums[i], in step.X, in step.Y, false);
            inverses[i] = sums[i].Z;
        }

        P256Field.InvertManyVartime(inverses, scratch);
        for (int i = 0; i < sums.Length; i++)
        {
            ToAffine(in sums[i], in inverses[i], out multiples[i]);
        }
    }

    private static void ToAffine(in P256Jacobian point, in P256Field inverseZ, out P256Affine result)
    {
        P256Field.Square(in inverseZ, out P256Field scale);
        P256Field.Multiply(in point.X, in scale, out result.X);
        P256Field.Multiply(in scale, in inverseZ, out scale);
        P256Field.Multiply(in point.Y, in scale, out result.Y);
    }

    /// <summary>Odd multiples of the generator, made on first use.</summary>
    private static class GeneratorTable
    {
        internal static readonly P256Affine[] OddMultiples = Make();

        private static P256Affine[] Make()
        {
            int count = 1 << (GeneratorWidth - 2);
            P256Affine[] multiples = new P256Affine[count];
            FillOddMultiples(
                P256Jacobian.Generator,
                multiples,
                new P256Jacobian[count],
                new P256Field[count],
                new P256Field[count]);
            return multiples;
        }
    }

    /// <summary>Odd multiples of a point.</summary>
    [InlineArray(OddMultiples)]
    private struct AffineTable
    {
        private P256Affine _first;
    }

    /// <summary>Odd multiples on their way to affine form.</summary>
    [InlineArray(OddMultiples)]
    private struct JacobianTable
    {
        private P256Jacobian _first;
    }

    /// <summary>One field element for each odd multiple.</summary>
    [InlineArray(OddMultiples)]
    private struct FieldTable
    {
        private P256Field _first;
    }
}
