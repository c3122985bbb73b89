using System.Buffers;
using Fp = Koinon.Crypto.Pairings.Bls12381Field;
using Fp2 = Koinon.Crypto.Pairings.Fp2<Koinon.Crypto.Pairings.Bls12381Field>;

namespace Koinon.Crypto.Pairings;

/// <summary>Sums of multiples of points of BLS12-381's groups by way of their endomorphisms.</summary>
/// <remarks>
/// A factor is written in base z = -x, four digits of 64 bits. On G2 -ψ is [z]; on G1 -φ is [z^2], so that digits go in
/// pairs. Points must lie in the groups, where alone this holds. Gallant, Lambert, Vanstone; Galbraith, Lin, Scott.
/// </remarks>
internal static class Bls12381Sums
{
    /// <summary>Sums products of points of G1 and any 256-bit factors.</summary>
    internal static void SumG1(
        ReadOnlySpan<AffinePoint<Fp>> points, ReadOnlySpan<Limbs4> factors, out JacobianPoint<Fp> result)
    {
        int count = points.Length;
        AffinePoint<Fp>[] split = ArrayPool<AffinePoint<Fp>>.Shared.Rent(2 * count);
        Limbs4[] halves = ArrayPool<Limbs4>.Shared.Rent(2 * count);
        Span<ulong> digits = stackalloc ulong[4];
        Span<ulong> product = stackalloc ulong[2];
        for (int i = 0; i < count; i++)
        {
            WriteDigits(factors[i], digits);
            split[2 * i] = points[i];
            Bls12381Curve.Endomorphism(points[i], out split[(2 * i) + 1]);
            AffinePoint<Fp>.Negate(split[(2 * i) + 1], out split[(2 * i) + 1]);
            for (int half = 0; half < 2; half++)
            {
                Multiprecision.Multiply([digits[(2 * half) + 1]], [Bls12381Curve.NegatedParameter], product);
                ulong carry = 0;
                ulong low = Words.Add(product[0], digits[2 * half], ref carry);
                halves[(2 * i) + half] = new Limbs4(low, product[1] + carry, 0, 0);
            }
        }

        PointSums<Fp>.Sum(split.AsSpan(0, 2 * count), halves.AsSpan(0, 2 * count), 128, out result);
        ArrayPool<AffinePoint<Fp>>.Shared.Return(split);
        ArrayPool<Limbs4>.Shared.Return(halves);
    }

    /// <summary>Sums products of points of G2 and any 256-bit factors.</summary>
    internal static void SumG2(
        ReadOnlySpan<AffinePoint<Fp2>> points, ReadOnlySpan<Limbs4> factors, out JacobianPoint<Fp2> result)
    {
        int count = points.Length;
        AffinePoint<Fp2>[] split = ArrayPool<AffinePoint<Fp2>>.Shared.Rent(4 * count);
        Limbs4[] quarters = ArrayPool<Limbs4>.Shared.Rent(4 * count);
        Span<ulong> digits = stackalloc ulong[4];
        for (int i = 0; i < count; i++)
        {
            WriteDigits(factors[i], digits);
            split[4 * i] = points[i];
            for (int k = 0; k < 4; k++)
            {
                quarters[(4 * i) + k] = new Limbs4(digits[k], 0, 0, 0);
                if (k == 0) continue;
                Bls12381Curve.Psi(split[(4 * i) + k - 1], out split[(4 * i) + k]);
                AffinePoint<Fp2>.Negate(split[(4 * i) + k], out split[(4 * i) + k]);
            }
        }

        PointSums<Fp2>.Sum(split.AsSpan(0, 4 * count), quarters.AsSpan(0, 4 * count), 64, out result);
        ArrayPool<AffinePoint<Fp2>>.Shared.Return(split);
        ArrayPool<Limbs4>.Shared.Return(quarters);
    }

    /// <summary>Writes a factor, reduced by the order, in base z: four digits, the lowest first.</summary>
    internal static void WriteDigits(in Limbs4 factor, Span<ulong> digits)
    {
        Span<ulong> rest = [factor.L0, factor.L1, factor.L2, factor.L3];
        Multiprecision.Reduce(rest, Bls12381Curve.Order);
        for (int i = 0; i < 4; i++) digits[i] = Multiprecision.Divide(rest, Bls12381Curve.NegatedParameter);
    }
}
