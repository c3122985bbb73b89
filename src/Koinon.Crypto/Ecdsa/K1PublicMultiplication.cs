using System.Runtime.CompilerServices;

namespace Koinon.Crypto.Ecdsa;

/// <summary>a·P + b·G for public a, b and P, in time that depends on them.</summary>
/// <remarks>
/// Both factors are split to 128 bits (a by the endomorphism, b at its middle), recoded in non-adjacent form and run
/// over one chain of 128 doublings (Strauss, Shamir). The odd multiples of P share one Z, so that all additions are
/// mixed ones without an inversion.
/// </remarks>
internal static class K1PublicMultiplication
{
    private const int Width = 5;

    private const int OddMultiples = 1 << (Width - 2);

    /// <summary>Computes <paramref name="pointFactor"/>·<paramref name="point"/> +
    /// <paramref name="generatorFactor"/>·G.</summary>
    [SkipLocalsInit]
    internal static void MultiplyAdd(
        in K1Affine point, in K1Scalar pointFactor, in K1Scalar generatorFactor, out K1Jacobian result)
    {
        Span<short> digits = stackalloc short[4 * NonAdjacentForm.Digits128];
        digits.Clear();
        Span<short> first = digits[..NonAdjacentForm.Digits128];
        Span<short> second = digits.Slice(NonAdjacentForm.Digits128, NonAdjacentForm.Digits128);
        Span<short> lower = digits.Slice(2 * NonAdjacentForm.Digits128, NonAdjacentForm.Digits128);
        Span<short> upper = digits[(3 * NonAdjacentForm.Digits128)..];

        K1Endomorphism.Split(in pointFactor, out K1Scalar k1, out K1Scalar k2);
        int length = Math.Max(Recode(ref k1, first), Recode(ref k2, second));
        int generatorLength = Math.Max(
            NonAdjacentForm.RecodeVartime(
                new UInt128(generatorFactor.L1, generatorFactor.L0), false, K1GeneratorTables.Width, lower),
            NonAdjacentForm.RecodeVartime(
                new UInt128(generatorFactor.L3, generatorFactor.L2), false, K1GeneratorTables.Width, upper));

        OddMultipleTable multiples = default;
        OddMultipleTable images = default;
        FillTables(in point, multiples, images, out K1Field sharedZ);
        ReadOnlySpan<K1Affine> generator = K1GeneratorTables.OfGenerator;
        ReadOnlySpan<K1Affine> upperGenerator = K1GeneratorTables.OfUpperGenerator;
        result = K1Jacobian.Infinity;
        for (int i = Math.Max(length, generatorLength) - 1; i >= 0; i--)
        {
            if (!result.IsInfinity)
            {
                K1Jacobian.Double(in result, ref result);
            }

            if (first[i] != 0)
            {
                Pick(multiples, first[i], out K1Affine term);
                K1Jacobian.AddVartime(in result, in term, ref result, out _);
            }

            if (second[i] != 0)
            {
                Pick(images, second[i], out K1Affine term);
                K1Jacobian.AddVartime(in result, in term, ref result, out _);
            }

            if (lower[i] != 0)
            {
                Pick(generator, lower[i], out K1Affine term);
                K1Jacobian.AddScaledVartime(in result, in term, in sharedZ, ref result);
            }

            if (upper[i] != 0)
            {
                Pick(upperGenerator, upper[i], out K1Affine term);
                K1Jacobian.AddScaledVartime(in result, in term, in sharedZ, ref result);
            }
        }

        if (!result.IsInfinity)
        {
            K1Field.Multiply(in result.Z, in sharedZ, out result.Z);
        }
    }

    /// <summary>Recodes a half given modulo n, whose negatives lie just below n.</summary>
    private static int Recode(ref K1Scalar half, Span<short> digits)
    {
        bool isNegative = half.HighMask != 0;
        if (isNegative)
        {
            K1Scalar.Negate(in half, out half);
        }

        return NonAdjacentForm.RecodeVartime(new UInt128(half.L1, half.L0), isNegative, Width, digits);
    }

    private static void Pick(ReadOnlySpan<K1Affine> multiples, int digit, out K1Affine term)
    {
        if (digit > 0)
        {
            term = multiples[digit >> 1];
            return;
        }

        ref readonly K1Affine positive = ref multiples[-digit >> 1];
        term.X = positive.X;
        K1Field.Negate(in positive.Y, 1, out term.Y);
    }

    /// <summary>Fills the odd multiples of P and of λP, all over one common Z.</summary>
    /// <remarks>
    /// Scaled by u = Z(2P), the curve y² = x³ + 7 becomes y² = x³ + 7u⁶, on which 2P is affine; the formulas do not
    /// use the constant, so that the table is built there by mixed additions.
    /// </remarks>
    private static void FillTables(
        in K1Affine point, Span<K1Affine> multiples, Span<K1Affine> images, out K1Field sharedZ)
    {
        K1Jacobian twice = new(in point);
        K1Jacobian.Double(in twice, ref twice);
        K1Affine step = new(in twice.X, in twice.Y);
        step.X.NormalizeWeakly();
        step.Y.NormalizeWeakly();
        K1Jacobian sum = new(in point);
        K1Field.Square(in twice.Z, out K1Field scale);
        K1Field.Multiply(in sum.X, in scale, out sum.X);
        K1Field.Multiply(in scale, in twice.Z, out scale);
        K1Field.Multiply(in sum.Y, in scale, out sum.Y);

        RatioTable ratios = default;
        multiples[0] = new K1Affine(in sum.X, in sum.Y);
        for (int i = 1; i < OddMultiples; i++)
        {
            K1Jacobian.AddVartime(in sum, in step, ref sum, out ratios[i]);
            multiples[i] = new K1Affine(in sum.X, in sum.Y);
        }

        K1Field.Multiply(in sum.Z, in twice.Z, out sharedZ);

        // The last Z is the common one: entry i is brought to it by the ratios after i.
        K1Field beta = K1Endomorphism.Beta;
        multiples[OddMultiples - 1].X.NormalizeWeakly();
        multiples[OddMultiples - 1].Y.NormalizeWeakly();
        K1Field factor = ratios[OddMultiples - 1];
        for (int i = OddMultiples - 2; i >= 0; i--)
        {
            K1Field.Square(in factor, out scale);
            K1Field.Multiply(in multiples[i].X, in scale, out multiples[i].X);
            K1Field.Multiply(in scale, in factor, out scale);
            K1Field.Multiply(in multiples[i].Y, in scale, out multiples[i].Y);
            if (i > 0)
            {
                K1Field.Multiply(in factor, in ratios[i], out factor);
            }
        }

        for (int i = 0; i < OddMultiples; i++)
        {
            K1Field.Multiply(in multiples[i].X, in beta, out images[i].X);
            images[i].Y = multiples[i].Y;
        }
    }

    /// <summary>Odd multiples of a point.</summary>
    [InlineArray(OddMultiples)]
    private struct OddMultipleTable
    {
        private K1Affine _first;
    }

    /// <summary>What each addition multiplied Z by.</summary>
    [InlineArray(OddMultiples)]
    private struct RatioTable
    {
        private K1Field _first;
    }
}
