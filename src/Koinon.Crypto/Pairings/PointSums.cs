using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using Koinon.Crypto.Ecdsa;

namespace Koinon.Crypto.Pairings;

/// <summary>Sums of multiples of points by public factors.</summary>
/// <remarks>
/// Few points share one run of doublings, each with its table of odd multiples (Straus); many are sorted into buckets,
/// window by window (Pippenger). Any points of the curve will do, repeated and infinite ones too.
/// </remarks>
internal static class PointSums<TField>
    where TField : unmanaged, IField<TField>
{
    private const int TableBits = 5;
    private const int TableSize = 1 << (TableBits - 2);

    // From here on buckets are the faster way (Bls12381Benchmarks).
    private const int FewPoints = 32;

    /// <summary>Sums the products of points and factors.</summary>
    /// <param name="points">The points.</param>
    /// <param name="factors">As many factors, each below 2 to the power of <paramref name="bits"/>.</param>
    /// <param name="bits">The factors' length, up to 256.</param>
    /// <param name="result">The sum.</param>
    internal static void Sum(
        ReadOnlySpan<AffinePoint<TField>> points, ReadOnlySpan<Limbs4> factors, int bits,
        out JacobianPoint<TField> result)
    {
        if (points.Length < FewPoints) SumFew(points, factors, bits, out result);
        else SumMany(points, factors, bits, out result);
    }

    private static void SumFew(
        ReadOnlySpan<AffinePoint<TField>> points, ReadOnlySpan<Limbs4> factors, int bits,
        out JacobianPoint<TField> result)
    {
        int count = points.Length, columns = bits + 1;
        AffinePoint<TField>[] tables = ArrayPool<AffinePoint<TField>>.Shared.Rent(count * TableSize);
        short[] digits = ArrayPool<short>.Shared.Rent(count * columns);
        FillTables(points, tables.AsSpan(0, count * TableSize));
        for (int i = 0; i < count; i++) Recode(factors[i], digits.AsSpan(i * columns, columns));

        JacobianPoint<TField> sum = default;
        for (int column = columns - 1; column >= 0; column--)
        {
            JacobianPoint<TField>.Double(sum, out sum);
            for (int i = 0; i < count; i++)
            {
                int digit = digits[(i * columns) + column];
                if (digit != 0) AddSigned(ref sum, tables[(i * TableSize) + (Math.Abs(digit) >> 1)], digit < 0);
            }
        }

        ArrayPool<AffinePoint<TField>>.Shared.Return(tables);
        ArrayPool<short>.Shared.Return(digits);
        result = sum;
    }

    private static void SumMany(
        ReadOnlySpan<AffinePoint<TField>> points, ReadOnlySpan<Limbs4> factors, int bits,
        out JacobianPoint<TField> result)
    {
        int window = WindowFor(points.Length), size = 1 << (window - 1), windows = (bits / window) + 1;
        short[] rented = ArrayPool<short>.Shared.Rent(points.Length);
        Span<short> digits = rented.AsSpan(0, points.Length);
        using Buckets<TField> buckets = new(points.Length, size);
        JacobianPoint<TField> sum = default;
        for (int w = windows - 1; w >= 0; w--)
        {
            for (int i = 0; i < window; i++) JacobianPoint<TField>.Double(sum, out sum);

            for (int i = 0; i < digits.Length; i++) digits[i] = (short)SignedDigit(factors[i], w * window, window);
            buckets.Fill(points, digits);

            // Bucket b counts b + 1 times: a running sum of running sums.
            JacobianPoint<TField> running = default;
            for (int b = size - 1; b >= 0; b--)
            {
                JacobianPoint<TField>.Add(running, buckets[b], out running);
                JacobianPoint<TField>.Add(sum, running, out sum);
            }
        }

        ArrayPool<short>.Shared.Return(rented);
        result = sum;
    }

    private static int WindowFor(int count) => Math.Clamp(BitOperations.Log2((uint)count) - 3, 4, 12);

    // P, 3 P, 5 P, ..., 15 P for each point, all made affine by one inversion.
    private static void FillTables(ReadOnlySpan<AffinePoint<TField>> points, Span<AffinePoint<TField>> tables)
    {
        JacobianPoint<TField>[] multiples = ArrayPool<JacobianPoint<TField>>.Shared.Rent(tables.Length);
        for (int i = 0; i < points.Length; i++)
        {
            Span<JacobianPoint<TField>> own = multiples.AsSpan(i * TableSize, TableSize);
            own[0] = new JacobianPoint<TField>(points[i]);
            JacobianPoint<TField>.Double(own[0], out JacobianPoint<TField> twice);
            for (int k = 1; k < TableSize; k++) JacobianPoint<TField>.Add(own[k - 1], twice, out own[k]);
        }

        JacobianPoint<TField>.ToAffine(multiples.AsSpan(0, tables.Length), tables);
        ArrayPool<JacobianPoint<TField>>.Shared.Return(multiples);
    }

    [SkipLocalsInit]
    private static void AddSigned(ref JacobianPoint<TField> sum, in AffinePoint<TField> point, bool negate)
    {
        if (!negate)
        {
            JacobianPoint<TField>.Add(sum, point, out sum);
            return;
        }

        AffinePoint<TField>.Negate(point, out AffinePoint<TField> negated);
        JacobianPoint<TField>.Add(sum, negated, out sum);
    }

    private static void Recode(in Limbs4 factor, Span<short> digits)
    {
        digits.Clear();
        NonAdjacentForm.RecodeVartime(
            [factor.L0, factor.L1, factor.L2, factor.L3], isNegative: false, TableBits, digits);
    }

    // Window w of a number in signed digits from -2^(c - 1) to 2^(c - 1): the top bit of the window below carries.
    private static int SignedDigit(in Limbs4 factor, int bit, int width)
    {
        int digit = factor.Bits(bit, width) + (bit > 0 ? factor.Bits(bit - 1, 1) : 0);
        return digit - (factor.Bits(bit + width - 1, 1) << width);
    }
}
