using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Koinon.Crypto.Ecdsa;

namespace Koinon.Crypto.Tests.Ecdsa;

public sealed class K1ScalarTests
{
    private delegate void Binary(in K1Scalar a, in K1Scalar b, out K1Scalar r);

    private static readonly (string Name, Binary Ours, Func<BigInteger, BigInteger, BigInteger> Oracle)[] Operations =
    [
        ("Add", K1Scalar.Add, (a, b) => a + b),
        ("Multiply", K1Scalar.Multiply, (a, b) => a * b),
        ("Negate", (in a, in _, out r) => K1Scalar.Negate(in a, out r), (a, _) => Curves.K1Order - a),
        ("Invert", (in a, in _, out r) => K1Scalar.Invert(in a, out r),
            (a, _) => BigInteger.ModPow(a, Curves.K1Order - 2, Curves.K1Order)),
        ("InvertVartime", (in a, in _, out r) => K1Scalar.InvertVartime(in a, out r),
            (a, _) => BigInteger.ModPow(a, Curves.K1Order - 2, Curves.K1Order)),
    ];

    [Fact]
    public void Operations_OfEdgesAndSeeds_EqualTheOracle()
    {
        BigInteger[] edges = [.. Curves.Edges()];
        foreach (var (name, ours, oracle) in Operations)
        {
            foreach (BigInteger a in edges)
            {
                Check(name, ours, oracle, a, edges[^1]);
                Check(name, ours, oracle, Curves.K1Order - 1, a);
            }

            Prop.ForAll<byte[]>(seed => Check(
                name, ours, oracle, Curves.FromSeed(1, seed), Curves.FromSeed(2, seed))).QuickCheckThrowOnFailure();
        }
    }

    [Fact]
    public void Read_OfEdges_TellsWhatIsBelowTheOrder()
    {
        foreach (BigInteger a in Curves.Edges())
        {
            Assert.Equal(a < Curves.K1Order, K1Scalar.Read(Curves.Bytes(a), out K1Scalar scalar));
            Assert.Equal(a % Curves.K1Order, Value(in scalar));
            Assert.Equal(a % Curves.K1Order > Curves.K1Order / 2 ? ulong.MaxValue : 0, scalar.HighMask);
        }
    }

    [Fact]
    public void TryAddOrder_OfEdges_GivesTheSumWhenBelowThePrime()
    {
        foreach (BigInteger a in Curves.Edges())
        {
            K1Scalar scalar = Scalar(a);
            BigInteger sum = (a % Curves.K1Order) + Curves.K1Order;
            Assert.Equal(sum < Curves.K1Prime, scalar.TryAddOrder(out K1Field x));
            if (sum < Curves.K1Prime)
            {
                Assert.Equal(sum, K1FieldTests.Value(in x));
            }
        }
    }

    [Fact]
    public void Split_OfEdgesAndSeeds_GivesShortHalvesOfTheScalar()
    {
        K1Scalar lambda = K1Endomorphism.Lambda;
        for (int i = 0; i < 400; i++)
        {
            BigInteger k = Curves.Pick(5, i) % Curves.K1Order;
            K1Endomorphism.Split(Scalar(k), out K1Scalar k1, out K1Scalar k2);
            Assert.Equal(k, (Value(in k1) + (Value(in k2) * Value(in lambda))) % Curves.K1Order);
            foreach (BigInteger half in new[] { Value(in k1), Value(in k2) })
            {
                Assert.True(BigInteger.Min(half, Curves.K1Order - half) < BigInteger.One << 128);
            }
        }
    }

    [Fact]
    public void InvertManyVartime_OfScalars_EqualsSingleInversions()
    {
        K1Scalar[] scalars = [.. Enumerable.Range(1, 20).Select(i => Scalar(Curves.FromSeed(6, [(byte)i])))];
        K1Scalar[] many = [.. scalars];

        K1Scalar.InvertManyVartime(many, new K1Scalar[many.Length]);

        for (int i = 0; i < many.Length; i++)
        {
            K1Scalar.Invert(in scalars[i], out K1Scalar expected);
            Assert.Equal(Value(in expected), Value(in many[i]));
        }
    }

    internal static K1Scalar Scalar(BigInteger value)
    {
        K1Scalar.Read(Curves.Bytes(value), out K1Scalar result);
        return result;
    }

    internal static BigInteger Value(in K1Scalar scalar)
    {
        byte[] bytes = new byte[32];
        scalar.Write(bytes);
        return Curves.Integer(bytes);
    }

    private static void Check(
        string name, Binary ours, Func<BigInteger, BigInteger, BigInteger> oracle, BigInteger a, BigInteger b)
    {
        a %= Curves.K1Order;
        b %= Curves.K1Order;
        K1Scalar left = Scalar(a);
        K1Scalar right = Scalar(b);
        ours(in left, in right, out K1Scalar result);
        Assert.True(oracle(a, b) % Curves.K1Order == Value(in result), $"{name}({a:x}, {b:x})");
        ours(in left, in right, out left);
        Assert.True(Value(in result) == Value(in left), $"{name}({a:x}, {b:x}) onto its first operand");
    }
}
