using System.Numerics;
using Koinon.Crypto.Pairings;
using Bn = Koinon.Crypto.Pairings.Residue4<Koinon.Crypto.Pairings.Bn254BaseModulus>;
using Bn2 = Koinon.Crypto.Pairings.Fp2<
    Koinon.Crypto.Pairings.Residue4<Koinon.Crypto.Pairings.Bn254BaseModulus>>;
using Bls = Koinon.Crypto.Pairings.Bls12381Field;
using Bls2 = Koinon.Crypto.Pairings.Fp2<Koinon.Crypto.Pairings.Bls12381Field>;

namespace Koinon.Crypto.Tests.Pairings;

/// <summary>Generators, endomorphisms, quick group tests and sums against the plain ladder.</summary>
public sealed class CurveTests
{
    [Fact]
    public void Generators_LieOnTheirCurvesAndHaveTheOrder()
    {
        Assert.True(Bn254Curve.G1Generator.IsOnCurve(Bn254Curve.B));
        Assert.True(Bn254Curve.G2Generator.IsOnCurve(Bn254Curve.TwistB));
        Assert.True(Bls12381Curve.G1Generator.IsOnCurve(Bls12381Curve.B));
        Assert.True(Bls12381Curve.G2Generator.IsOnCurve(Bls12381Curve.TwistB));
        Assert.True(Ladder(Bn254Curve.G1Generator, Bn254Curve.Order).IsInfinity);
        Assert.True(Ladder(Bn254Curve.G2Generator, Bn254Curve.Order).IsInfinity);
        Assert.True(Ladder(Bls12381Curve.G1Generator, Bls12381Curve.Order).IsInfinity);
        Assert.True(Ladder(Bls12381Curve.G2Generator, Bls12381Curve.Order).IsInfinity);
    }

    [Fact]
    public void IsInG_OnPointsAnywhere_AgreesWithTheOrder()
    {
        // Points of the curves by solving for y; nearly all lie outside the groups.
        int outside = 0;
        for (ulong i = 1; i < 60; i++)
        {
            Bls x = Bls.FromNumber(new Limbs6(i, 0, 0, 0, 0, 0));
            Bls.Square(x, out Bls right);
            Bls.Multiply(right, x, out right);
            Bls.Add(right, Bls12381Curve.B, out right);
            if (Bls12381G1Roots.TryRoot(right, out Bls y))
            {
                AffinePoint<Bls> point = new(x, y);
                bool inside = Ladder(point, Bls12381Curve.Order).IsInfinity;
                Assert.Equal(inside, Bls12381Curve.IsInG1(point));
                outside += inside ? 0 : 1;
            }

            Bls2 u = new(x, Bls.One);
            Bls2.Square(u, out Bls2 right2);
            Bls2.Multiply(right2, u, out right2);
            Bls2.Add(right2, Bls12381Curve.TwistB, out right2);
            if (Bls12381G2Roots.TryRoot(right2, out Bls2 v))
            {
                AffinePoint<Bls2> point = new(u, v);
                Assert.True(point.IsOnCurve(Bls12381Curve.TwistB));
                Assert.Equal(Ladder(point, Bls12381Curve.Order).IsInfinity, Bls12381Curve.IsInG2(point));
            }
        }

        Assert.True(outside > 10);
        for (ulong k = 1; k < 20; k++)
        {
            Ladder(Bls12381Curve.G1Generator, [k * k]).ToAffine(out AffinePoint<Bls> g1);
            Ladder(Bls12381Curve.G2Generator, [k * k]).ToAffine(out AffinePoint<Bls2> g2);
            Ladder(Bn254Curve.G2Generator, [k * k]).ToAffine(out AffinePoint<Bn2> bn2);
            Assert.True(Bls12381Curve.IsInG1(g1) && Bls12381Curve.IsInG2(g2) && Bn254Curve.IsInG2(bn2));
        }
    }

    [Fact]
    public void Decompose_OfAnyFactor_IsShortAndExact()
    {
        BigInteger order = Number(Bn254Curve.Order);
        BigInteger lambda = BigInteger.Parse(
            "0b3c4d79d41a917585bfc41088d8daaa78b17ea66b99c90dd", System.Globalization.NumberStyles.HexNumber);
        Assert.Equal(BigInteger.One, BigInteger.ModPow(lambda, 3, order));
        foreach (BigInteger factor in Factors(order))
        {
            Bn254Multiplication.Decompose(
                Limbs(factor), out Limbs4 size1, out bool negative1, out Limbs4 size2, out bool negative2);
            BigInteger k1 = Number([size1.L0, size1.L1, size1.L2, size1.L3]) * (negative1 ? -1 : 1);
            BigInteger k2 = Number([size2.L0, size2.L1, size2.L2, size2.L3]) * (negative2 ? -1 : 1);
            Assert.True(BigInteger.Abs(k1) < BigInteger.One << 128 && BigInteger.Abs(k2) < BigInteger.One << 128);
            Assert.Equal(BigInteger.Zero, (k1 + (k2 * lambda) - factor) % order);
        }
    }

    [Fact]
    public void Multiply_ByEndomorphism_AgreesWithTheLadder()
    {
        foreach (BigInteger factor in Factors(Number(Bn254Curve.Order)))
        {
            Limbs4 limbs = Limbs(factor);
            Bn254Multiplication.Multiply(Bn254Curve.G1Generator, limbs, out JacobianPoint<Bn> product);
            Assert.True(JacobianPoint<Bn>.AreEqual(product, Ladder(Bn254Curve.G1Generator, Span(limbs))));
        }

        foreach (BigInteger factor in Factors(Number(Bls12381Curve.Order)))
        {
            Limbs4 limbs = Limbs(factor);
            Bls12381Sums.SumG1([Bls12381Curve.G1Generator], [limbs], out JacobianPoint<Bls> product1);
            Assert.True(JacobianPoint<Bls>.AreEqual(product1, Ladder(Bls12381Curve.G1Generator, Span(limbs))));
            Bls12381Sums.SumG2([Bls12381Curve.G2Generator], [limbs], out JacobianPoint<Bls2> product2);
            Assert.True(JacobianPoint<Bls2>.AreEqual(product2, Ladder(Bls12381Curve.G2Generator, Span(limbs))));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(70)]
    [InlineData(300)]
    [InlineData(2000)]
    public void Sum_OfAnyCount_IsTheSumOfProducts(int count)
    {
        Random random = new(count);
        AffinePoint<Bn>[] points = new AffinePoint<Bn>[count];
        Limbs4[] factors = new Limbs4[count];
        JacobianPoint<Bn> expected = default;
        for (int i = 0; i < count; i++)
        {
            // Repeated, negated and infinite points, zero and largest factors among them.
            Ladder(Bn254Curve.G1Generator, [(ulong)random.Next(1, 50)]).ToAffine(out points[i]);
            if (i % 5 == 1) AffinePoint<Bn>.Negate(points[i - 1], out points[i]);
            if (i % 11 == 3) points[i] = default;
            factors[i] = (i % 7) switch
            {
                0 => new Limbs4(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue),
                3 => default,
                5 => factors[i - 1],
                _ => new Limbs4(Next(random), Next(random), Next(random), Next(random)),
            };
            JacobianPoint<Bn> product = Ladder(points[i], Span(factors[i]));
            JacobianPoint<Bn>.Add(expected, product, out expected);
        }

        PointSums<Bn>.Sum(points, factors, 256, out JacobianPoint<Bn> sum);
        Assert.True(JacobianPoint<Bn>.AreEqual(expected, sum));
    }

    [Fact]
    public void CompressedPoints_RoundTrip()
    {
        byte[] bytes = new byte[48], zero = [0xc0, .. new byte[47]];
        for (ulong k = 1; k < 40; k++)
        {
            Ladder(Bls12381Curve.G1Generator, [k]).ToAffine(out AffinePoint<Bls> point);
            CompressedPoints.WriteG1(point, bytes);
            Assert.True(CompressedPoints.TryReadG1(bytes, out AffinePoint<Bls> read));
            Assert.True(Bls.AreEqual(point.X, read.X) && Bls.AreEqual(point.Y, read.Y));
            bytes[0] ^= 0x20;
            Assert.True(CompressedPoints.TryReadG1(bytes, out read));
            AffinePoint<Bls>.Negate(point, out point);
            Assert.True(Bls.AreEqual(point.Y, read.Y));
        }

        CompressedPoints.WriteG1(default, bytes);
        Assert.Equal(zero, bytes);
    }

    private static ulong Next(Random random) => unchecked((ulong)random.NextInt64(long.MinValue, long.MaxValue));

    private static BigInteger[] Factors(BigInteger order)
    {
        List<BigInteger> factors = [0, 1, 2, 3, order - 1, order, order + 1, (BigInteger.One << 256) - 1];
        for (int bit = 60; bit < 256; bit += 13) factors.Add((BigInteger.One << bit) - (bit & 1));
        for (int i = 0; i < 30; i++) factors.Add(BigInteger.ModPow(7 + i, 1001, BigInteger.One << 256));
        return [.. factors];
    }

    // Double and add, bit by bit: slow and obviously right.
    private static JacobianPoint<TField> Ladder<TField>(in AffinePoint<TField> point, ReadOnlySpan<ulong> factor)
        where TField : unmanaged, IField<TField>
    {
        JacobianPoint<TField> sum = default, start = new(point);
        for (int bit = (64 * factor.Length) - 1; bit >= 0; bit--)
        {
            JacobianPoint<TField>.Double(sum, out sum);
            if (((factor[bit >> 6] >> (bit & 63)) & 1) == 1) JacobianPoint<TField>.Add(sum, start, out sum);
        }

        return sum;
    }

    private static ulong[] Span(in Limbs4 limbs) => [limbs.L0, limbs.L1, limbs.L2, limbs.L3];

    private static Limbs4 Limbs(BigInteger number) => new(
        (ulong)(number & ulong.MaxValue), (ulong)((number >> 64) & ulong.MaxValue),
        (ulong)((number >> 128) & ulong.MaxValue), (ulong)((number >> 192) & ulong.MaxValue));

    private static BigInteger Number(ReadOnlySpan<ulong> limbs)
    {
        BigInteger number = 0;
        for (int i = limbs.Length - 1; i >= 0; i--) number = (number << 64) | limbs[i];
        return number;
    }
}
