using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Koinon.Crypto.Ecdsa;

namespace Koinon.Crypto.Tests.Ecdsa;

public sealed class K1FieldTests
{
    private delegate void Binary(in K1Field a, in K1Field b, out K1Field r);

    private static readonly (string Name, Binary Ours, Func<BigInteger, BigInteger, BigInteger> Oracle)[] Operations =
    [
        ("Multiply", K1Field.Multiply, (a, b) => a * b),
        ("Square", (in a, in _, out r) => K1Field.Square(in a, out r), (a, _) => a * a),
        ("Add", K1Field.Add, (a, b) => a + b),
        ("Negate", (in a, in _, out r) => K1Field.Negate(in a, 1, out r), (a, _) => -a),
        ("Subtract", (in a, in b, out r) => K1Field.Subtract(in a, in b, 1, out r), (a, b) => a - b),
        ("SubtractTwice", K1Field.SubtractTwice, (a, b) => a - (2 * b)),
        ("SubtractWithTwice", (in a, in b, out r) => K1Field.SubtractWithTwice(in a, in b, in a, out r),
            (a, b) => a - b - (2 * a)),
        ("MultiplySmall", (in a, in _, out r) => K1Field.MultiplySmall(in a, 8, out r), (a, _) => 8 * a),
        ("Halve", (in a, in _, out r) => K1Field.Halve(in a, out r), (a, _) => a * ((Curves.K1Prime + 1) / 2)),
        ("ThreeHalves", (in a, in _, out r) => K1Field.MultiplyByThreeHalves(in a, out r),
            (a, _) => 3 * a * ((Curves.K1Prime + 1) / 2)),
        ("Invert", (in a, in _, out r) => K1Field.Invert(in a, out r),
            (a, _) => BigInteger.ModPow(a, Curves.K1Prime - 2, Curves.K1Prime)),
        ("InvertVartime", (in a, in _, out r) => K1Field.InvertVartime(in a, out r),
            (a, _) => BigInteger.ModPow(a, Curves.K1Prime - 2, Curves.K1Prime)),
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
                Check(name, ours, oracle, a, edges[^1]);
                Check(name, ours, oracle, edges[5], a);
            }

            Prop.ForAll<byte[]>(seed => Check(
                name, ours, oracle, Curves.FromSeed(1, seed), Curves.FromSeed(2, seed))).QuickCheckThrowOnFailure();
        }
    }

    [Fact]
    public void TrySquareRoot_OfSquaresAndTheirNegatives_FindsExactlyTheSquares()
    {
        for (int i = 0; i < 200; i++)
        {
            BigInteger a = Curves.Pick(3, i) % Curves.K1Prime;
            K1Field.Square(Element(a), out K1Field square);
            K1Field.Negate(in square, 1, out K1Field negative);

            Assert.True(K1Field.TrySquareRoot(in square, out K1Field root));
            BigInteger value = Value(in root);
            Assert.True(value == a || value == (Curves.K1Prime - a) % Curves.K1Prime);

            // -1 is not a square modulo p: the negative of a square other than 0 has no root.
            Assert.Equal(a.IsZero, K1Field.TrySquareRoot(in negative, out _));
        }
    }

    [Fact]
    public void TryRead_OfEdges_RefusesExactlyWhatIsNotBelowThePrime()
    {
        foreach (BigInteger a in Curves.Edges())
        {
            Assert.Equal(a < Curves.K1Prime, K1Field.TryRead(Curves.Bytes(a), out _));
        }
    }

    [Fact]
    public void IsZeroModulo_OfEveryFormOfZero_IsTrue()
    {
        foreach (uint times in new uint[] { 0, 1, 2, 7, 16 })
        {
            K1Field.MultiplySmall(Unreduced(Curves.K1Prime), times, out K1Field zero);
            Assert.True(zero.IsZeroModulo());
            Assert.True(zero.IsZeroModuloVartime());
            zero.L0++;
            Assert.False(zero.IsZeroModulo());
            Assert.False(zero.IsZeroModuloVartime());
        }

        K1Field.Negate(default, 6, out K1Field negated);
        Assert.True(negated.IsZeroModulo());
        Assert.True(negated.IsZeroModuloVartime());
    }

    [Fact]
    public void InvertManyVartime_OfElements_EqualsSingleInversions()
    {
        K1Field[] elements = [.. Enumerable.Range(1, 20).Select(i => Element(Curves.FromSeed(4, [(byte)i])))];
        K1Field[] many = [.. elements];

        K1Field.InvertManyVartime(many, new K1Field[many.Length]);

        for (int i = 0; i < many.Length; i++)
        {
            K1Field.Invert(in elements[i], out K1Field expected);
            Assert.Equal(Value(in expected), Value(in many[i]));
        }
    }

    internal static K1Field Element(BigInteger value) => Unreduced(value % Curves.K1Prime);

    internal static BigInteger Value(in K1Field element)
    {
        K1Field normal = element;
        normal.Normalize();
        byte[] bytes = new byte[32];
        normal.Write(bytes);
        BigInteger value = Curves.Integer(bytes);
        Assert.True(value < Curves.K1Prime);
        return value;
    }

    private static K1Field Unreduced(BigInteger value)
    {
        ulong[] words = Curves.Words(value);
        return K1Field.FromWords(words[0], words[1], words[2], words[3]);
    }

    private static void Check(
        string name, Binary ours, Func<BigInteger, BigInteger, BigInteger> oracle, BigInteger a, BigInteger b)
    {
        // Edges may be p or more: unreduced values of magnitude 1 are legal operands.
        K1Field left = Unreduced(a);
        K1Field right = Unreduced(b);
        BigInteger expected = oracle(a, b) % Curves.K1Prime;
        expected = expected.Sign < 0 ? expected + Curves.K1Prime : expected;

        ours(in left, in right, out K1Field result);
        Assert.True(expected == Value(in result), $"{name}({a:x}, {b:x})");
        Assert.True(Value(in left) == a % Curves.K1Prime && Value(in right) == b % Curves.K1Prime, name);

        K1Field aliased = left;
        ours(in aliased, in right, out aliased);
        Assert.True(expected == Value(in aliased), $"{name}({a:x}, {b:x}) onto its first operand");
    }

    private static void MultiplyAtFullMagnitude(in K1Field a, in K1Field b, out K1Field r)
    {
        K1Field.MultiplySmall(in a, 8, out K1Field left);
        K1Field.MultiplySmall(in b, 8, out K1Field right);
        K1Field.Multiply(in left, in right, out r);
    }

    private static void SquareAtFullMagnitude(in K1Field a, in K1Field b, out K1Field r)
    {
        K1Field.MultiplySmall(in a, 8, out K1Field left);
        K1Field.Square(in left, out r);
    }

    private static void NormalizeWeakly(in K1Field a, in K1Field b, out K1Field r)
    {
        K1Field.MultiplySmall(in a, 16, out r);
        r.NormalizeWeakly();
        Assert.True((r.L0 | r.L1 | r.L2 | r.L3) < 1UL << 52 && r.L4 <= 1UL << 48);
    }
}
