using System.Numerics;
using Koinon.Crypto.Ecdsa;
using Org.BouncyCastle.Math.EC;

namespace Koinon.Crypto.Tests.Ecdsa;

public sealed class K1JacobianTests
{
    public static TheoryData<int, int> Pairs()
    {
        // Multiples of G, as pairs: equal, opposite, λ-related (same y, other x), and plain ones.
        TheoryData<int, int> data = [];
        foreach (int a in new[] { 1, 2, 3, 7, -1, -2, 100 })
        {
            foreach (int b in new[] { 1, 2, 3, -1, -3, 101, 102, -101 })
            {
                data.Add(a, b);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Additions_OfAllKindsOfPairs_EqualTheOracle(int first, int second)
    {
        ECPoint a = Multiple(first);
        ECPoint b = Multiple(second);
        byte[] expected = Curves.Encode(a.Add(b));
        K1Affine other = Read(b);

        K1Jacobian sum = Scaled(a);
        K1Jacobian.AddVartime(ref sum, in other.X, in other.Y, out _);
        Assert.Equal(expected, Encode(sum));

        // The same point through a table whose Z is not 1.
        K1Field z = K1FieldTests.Element(12345);
        K1Field.Invert(in z, out K1Field inverse);
        K1Field.Square(in inverse, out K1Field scale);
        sum = Scaled(a);
        K1Field x = other.X;
        K1Field y = other.Y;
        K1Field.Square(in z, out K1Field zz);
        K1Field.Multiply(in x, in zz, out x);
        K1Field.Multiply(in y, in zz, out y);
        K1Field.Multiply(in y, in z, out y);
        K1Jacobian.AddScaledVartime(ref sum, in x, in y, in inverse);
        Assert.Equal(expected, Encode(sum));

        sum = Scaled(a);
        K1Jacobian.AddConstantTime(ref sum, in other);
        sum.IsInfinity = sum.Z.IsZeroModulo();
        Assert.Equal(expected, Encode(sum));

        sum = K1Jacobian.Infinity;
        K1Jacobian.AddVartime(ref sum, in other.X, in other.Y, out _);
        Assert.Equal(Curves.Encode(b), Encode(sum));
    }

    [Fact]
    public void Double_OfScaledPoints_EqualsTheOracle()
    {
        for (int i = 1; i < 30; i++)
        {
            K1Jacobian point = Scaled(Multiple(i));
            ECPoint expected = Multiple(i);
            for (int j = 0; j < 10; j++)
            {
                K1Jacobian.Double(ref point);
                expected = expected.Twice();
            }

            Assert.Equal(Curves.Encode(expected), Encode(point));
        }
    }

    [Fact]
    public void SecretMultiplications_OfEdgeScalars_EqualTheOracle()
    {
        ECPoint point = Multiple(77);
        K1Affine affine = Read(point);
        for (int i = 0; i < 250; i++)
        {
            BigInteger k = Curves.Pick(7, i) % Curves.K1Order;
            if (k.IsZero)
            {
                continue;
            }

            K1SecretMultiplication.MultiplyGenerator(K1ScalarTests.Scalar(k), out K1Jacobian onGenerator);
            K1SecretMultiplication.Multiply(in affine, K1ScalarTests.Scalar(k), out K1Jacobian onPoint);
            Assert.Equal(Curves.Encode(Curves.K1.G.Multiply(Curves.Bouncy(k))), Encode(onGenerator));
            Assert.Equal(Curves.Encode(point.Multiply(Curves.Bouncy(k))), Encode(onPoint));
        }
    }

    [Fact]
    public void MultiplyAdd_OfEdgeScalars_EqualsTheOracle()
    {
        // G itself, its opposite and its image under the endomorphism meet the generator's tables on the way.
        BigInteger lambda = Curves.Hex("5363ad4cc05c30e0a5261c028812645a122e22ea20816678df02967c1b23bd72");
        foreach (BigInteger logarithm in new[] { 1, Curves.K1Order - 1, 2, lambda, BigInteger.One << 128, 987654321 })
        {
            ECPoint point = Curves.K1.G.Multiply(Curves.Bouncy(logarithm));
            K1Affine affine = Read(point);
            for (int i = 0; i < 130; i++)
            {
                BigInteger a = Curves.Pick(8, i) % Curves.K1Order;
                foreach (BigInteger b in new[]
                {
                    Curves.Pick(9, i * 31 % 200) % Curves.K1Order,
                    ((Curves.K1Order - a) * logarithm) % Curves.K1Order,
                    a * logarithm % Curves.K1Order,
                })
                {
                    K1PublicMultiplication.MultiplyAdd(
                        in affine, K1ScalarTests.Scalar(a), K1ScalarTests.Scalar(b), out K1Jacobian sum);
                    BigInteger total = ((a * logarithm) + b) % Curves.K1Order;
                    Assert.Equal(Curves.Encode(Curves.K1.G.Multiply(Curves.Bouncy(total))), Encode(sum));
                }
            }
        }
    }

    private static ECPoint Multiple(int factor)
    {
        // From 100 on: λ times a small multiple, a point with the same y and another x.
        BigInteger lambda = Curves.Hex("5363ad4cc05c30e0a5261c028812645a122e22ea20816678df02967c1b23bd72");
        BigInteger k = Math.Abs(factor) >= 100 ? lambda * (Math.Abs(factor) - 99) : Math.Abs(factor);
        ECPoint point = Curves.K1.G.Multiply(Curves.Bouncy(k % Curves.K1Order));
        return factor < 0 ? point.Negate() : point;
    }

    private static K1Affine Read(ECPoint point)
    {
        Assert.True(K1Affine.TryRead(Curves.Encode(point), out K1Affine affine));
        return affine;
    }

    /// <summary>The point with a Z other than 1.</summary>
    private static K1Jacobian Scaled(ECPoint point)
    {
        K1Affine affine = Read(point);
        K1Jacobian result = new(in affine.X, in affine.Y) { Z = K1FieldTests.Element(Curves.FromSeed(9, [1])) };
        K1Field.Square(in result.Z, out K1Field scale);
        K1Field.Multiply(in result.X, in scale, out result.X);
        K1Field.Multiply(in scale, in result.Z, out scale);
        K1Field.Multiply(in result.Y, in scale, out result.Y);
        return result;
    }

    private static byte[] Encode(K1Jacobian point)
    {
        byte[] bytes = new byte[64];
        if (!point.IsInfinity)
        {
            K1Field.Invert(in point.Z, out K1Field inverse);
            point.ToAffine(in inverse, out K1Affine affine);
            affine.Write(bytes);
        }

        return bytes;
    }
}
