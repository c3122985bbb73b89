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
                [generatorFactor.L0, generatorFactor.L1], false, K1GeneratorTables.Width, lower),
            NonAdjacentForm.RecodeVartime(
                [generatorFactor.L2, generatorFactor.L3], false, K1GeneratorTables.Width, upper));

        Unsafe.SkipInit(out OddMultipleTable multiples);
        Unsafe.SkipInit(out FieldTable imageXs);
        FillTables(in point, multiples, imageXs, out K1Field sharedZ);
        ReadOnlySpan<K1SignedAffine> generator = K1GeneratorTables.OfGenerator;
        ReadOnlySpan<K1SignedAffine> upperGenerator = K1GeneratorTables.OfUpperGenerator;
        result = K1Jacobian.Infinity;
        for (int i = Math.Max(length, generatorLength) - 1; i >= 0; i--)
        {
            if (!result.IsInfinity)
            {
                K1Jacobian.Double(ref result);
            }

            int digit = first[i];
            if (digit != 0)
            {
                ref readonly K1SignedAffine term = ref multiples[Math.Abs(digit) >> 1];
                K1Jacobian.AddVartime(ref result, in term.X, in K1SignedAffine.Y(in term, digit), out _);
            }

            digit = second[i];
            if (digit != 0)
            {
                ref readonly K1SignedAffine term = ref multiples[Math.Abs(digit) >> 1];
                ref readonly K1Field x = ref imageXs[Math.Abs(digit) >> 1];
                K1Jacobian.AddVartime(ref result, in x, in K1SignedAffine.Y(in term, digit), out _);
            }

            digit = lower[i];
            if (digit != 0)
            {
                ref readonly K1SignedAffine term = ref generator[Math.Abs(digit) >> 1];
                K1Jacobian.AddScaledVartime(
                    ref result, in term.X, in K1SignedAffine.Y(in term, digit), in sharedZ);
            }

            digit = upper[i];
            if (digit != 0)
            {
                ref readonly K1SignedAffine term = ref upperGenerator[Math.Abs(digit) >> 1];
                K1Jacobian.AddScaledVartime(
                    ref result, in term.X, in K1SignedAffine.Y(in term, digit), in sharedZ);
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

        return NonAdjacentForm.RecodeVartime([half.L0, half.L1], isNegative, Width, digits);
    }

    /// <summary>Fills the odd multiples of P, and the x of those of λP, all over one common Z.</summary>
    /// <remarks>
    /// Scaled by u = Z(2P), the curve y² = x³ + 7 becomes y² = x³ + 7u⁶, on which 2P is affine; the formulas do not
    /// use the constant, so that the table is built there by mixed additions.
    /// </remarks>
    [SkipLocalsInit]
    private static void FillTables(
        in K1Affine point, Span<K1SignedAffine> multiples, Span<K1Field> imageXs, out K1Field sharedZ)
    {
        K1Jacobian twice = new(in point.X, in point.Y);
        K1Jacobian.Double(ref twice);
        K1Field stepX = twice.X;
        K1Field stepY = twice.Y;
        stepX.NormalizeWeakly();
        stepY.NormalizeWeakly();
        K1Field.Square(in twice.Z, out K1Field scale);
        K1Field.Multiply(in point.X, in scale, out K1Field x);
        K1Field.Multiply(in scale, in twice.Z, out scale);
        K1Field.Multiply(in point.Y, in scale, out K1Field y);

        Unsafe.SkipInit(out AffineTable sums);
        Unsafe.SkipInit(out FieldTable ratios);
        K1Jacobian sum = new(in x, in y);
        sums[0] = new K1Affine(in x, in y);
        for (int i = 1; i < OddMultiples; i++)
        {
            K1Jacobian.AddVartime(ref sum, in stepX, in stepY, out ratios[i]);
            sums[i] = new K1Affine(in sum.X, in sum.Y);
        }

        K1Field.Multiply(in sum.Z, in twice.Z, out sharedZ);

        // The last Z is the common one: entry i is brought to it by the ratios after i.
        K1Field beta = K1Endomorphism.Beta;
        K1Field factor = K1Field.One;
        for (int i = OddMultiples - 1; i >= 0; i--)
        {
            K1Field.Square(in factor, out scale);
            K1Field.Multiply(in sums[i].X, in scale, out x);
            K1Field.Multiply(in scale, in factor, out scale);
            K1Field.Multiply(in sums[i].Y, in scale, out y);
            multiples[i] = new K1SignedAffine(in x, in y);
            K1Field.Multiply(in x, in beta, out imageXs[i]);
            if (i > 0)
            {
                K1Field.Multiply(in factor, in ratios[i], out factor);
            }
        }
    }

    /// <summary>Odd multiples of a point, of both signs.</summary>
    [InlineArray(OddMultiples)]
    private struct OddMultipleTable
    {
        private K1SignedAffine _first;
    }

    /// <summary>Odd multiples of a point on their way to the common Z.</summary>
    [InlineArray(OddMultiples)]
    private struct AffineTable
    {
        private K1Affine _first;
    }

    /// <summary>One field element for each odd multiple.</summary>
    [InlineArray(OddMultiples)]
    private struct FieldTable
    {
        private K1Field _first;
    }
}
