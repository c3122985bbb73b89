using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Koinon.Crypto.Ecdsa;

namespace Koinon.Crypto.Tests.Ecdsa;

public sealed class P256FieldTests
{
    private delegate void Binary(in P256Field a, in P256Field b, out P256Field r);

    private static readonly (string Name, Binary Ours, Func<BigInteger, BigInteger, BigInteger> Oracle)[] Operations =
    [
        ("Multiply", P256Field.Multiply, (a, b) => a * b),
        ("Square", (in a, in _, out r) => P256Field.Square(in a, out r), (a, _) => a * a),
        ("Add", P256Field.Add, (a, b) => a + b),
        ("Subtract", (in a, in b, out r) => P256Field.Subtract(in a, in b, 1, out r), (a, b) => a - b),
        ("MultiplySmall", (in a, in _, out r) => P256Field.MultiplySmall(in a, 8, out r), (a, _) => 8 * a),
        ("ThreeHalves", (in a, in _, out r) => P256Field.MultiplyByThreeHalves(in a, out r),
            (a, _) => 3 * a * ((Curves.R1Prime + 1) / 2)),
        ("InvertVartime", (in a, in _, out r) => P256Field.InvertVartime(in a, out r),
            (a, _) => BigInteger.ModPow(a, Curves.R1Prime - 2, Curves.R1Prime)),
        ("MultiplyAtFullMagnitude", MultiplyAtFullMagnitude, (a, b) => 64 * a * b),
        ("SquareAtFullMagnitude", SquareAtFullMagnitude, (a, _) => 64 * a * a),
        ("NormalizeWeakly", NormalizeWeakly, (a, _) => 16 * a),
    ];

    [Fact]
    public void Operations_OfEdgesAndSeeds_EqualTheOracle()
    {
        BigInteger[] edges = [.. Curves.Edges()];
        foreach (var (name, ours, oracle) in Operations)
        {
            foreach (BigInteger a in edges)
            {
                foreach (BigInteger b in new[] { edges[^1], Curves.R1Prime - 1, BigInteger.One })
                {
                    Check(name, ours, oracle, a, b);
                    Check(name, ours, oracle, b, a);
                }
            }

            Prop.ForAll<byte[]>(seed => Check(
                name, ours, oracle, Curves.FromSeed(1, seed), Curves.FromSeed(2, seed))).QuickCheckThrowOnFailure();
        }
    }

    [Fact]
    public void TryRead_OfEdges_RefusesExactlyWhatIsNotBelowThePrime()
    {
        foreach (BigInteger a in Curves.Edges())
        {
            Assert.Equal(a < Curves.R1Prime, P256Field.TryRead(Curves.Bytes(a), out P256Field element));
            Assert.Equal(a % Curves.R1Prime, Value(in element));
        }
    }

    [Fact]
    public void IsZeroModulo_OfSumsOfOpposites_IsTrue()
    {
        foreach (BigInteger a in Curves.Edges())
        {
            P256Field element = Element(a);
            P256Field.Subtract(in element, in element, 8, out P256Field zero);
            Assert.True(zero.IsZeroModulo());
            P256Field.Add(in zero, P256Field.One, out P256Field one);
            Assert.False(one.IsZeroModulo());
        }
    }

    internal static P256Field Element(BigInteger value)
    {
        ulong[] words = Curves.Words(value);
        P256Field.ToMontgomery(P256Field.FromWords(words[0], words[1], words[2], words[3]), out P256Field result);
        return result;
    }

    internal static BigInteger Value(in P256Field element)
    {
        ulong[] words = new ulong[4];
        element.ToWords(words);
        BigInteger value = words.Reverse().Aggregate(BigInteger.Zero, (sum, word) => (sum << 64) | word);
        Assert.True(value < Curves.R1Prime);
        return value;
    }

    private static void Check(
        string name, Binary ours, Func<BigInteger, BigInteger, BigInteger> oracle, BigInteger a, BigInteger b)
    {
        P256Field left = Element(a);
        P256Field right = Element(b);
        BigInteger expected = oracle(a, b) % Curves.R1Prime;
        expected = expected.Sign < 0 ? expected + Curves.R1Prime : expected;

        ours(in left, in right, out P256Field result);
        Assert.True(expected == Value(in result), $"{name}({a:x}, {b:x})");
        ours(in left, in right, out left);
        Assert.True(expected == Value(in left), $"{name}({a:x}, {b:x}) onto its first operand");
    }

    private static void MultiplyAtFullMagnitude(in P256Field a, in P256Field b, out P256Field r)
    {
        P256Field.MultiplySmall(in a, 8, out P256Field left);
        P256Field.MultiplySmall(in b, 8, out P256Field right);
        P256Field.Multiply(in left, in right, out r);
        Assert.True((r.L0 | r.L1 | r.L2 | r.L3) < 1UL << 52 && r.L4 <= 1UL << 49);
    }

    private static void SquareAtFullMagnitude(in P256Field a, in P256Field b, out P256Field r)
    {
        P256Field.MultiplySmall(in a, 8, out P256Field left);
        P256Field.Square(in left, out r);
        Assert.True((r.L0 | r.L1 | r.L2 | r.L3) < 1UL << 52 && r.L4 <= 1UL << 49);
    }

    private static void NormalizeWeakly(in P256Field a, in P256Field b, out P256Field r)
    {
        P256Field.MultiplySmall(in a, 16, out r);
        r.NormalizeWeakly();
        Assert.True((r.L0 | r.L1 | r.L2 | r.L3) < 1UL << 52 && r.L4 <= 1UL << 49);
    }
}
