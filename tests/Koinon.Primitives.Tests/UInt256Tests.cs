using System.Numerics;
using FsCheck;
using FsCheck.Fluent;

namespace Koinon.Primitives.Tests;

/// <summary>Every operation of a word against <see cref="BigInteger"/>: one row an operation.</summary>
/// <remarks>
/// Each row is run on all pairs or triples of extremes and on any words, and once more with the result standing where
/// each operand stands.
/// </remarks>
public sealed class UInt256Tests
{
    private delegate void Unary(in UInt256 a, out UInt256 result);

    private delegate void Binary(in UInt256 a, in UInt256 b, out UInt256 result);

    private delegate void Ternary(in UInt256 a, in UInt256 b, in UInt256 c, out UInt256 result);

    private static readonly Dictionary<string, (Unary Ours, Func<BigInteger, BigInteger> Oracle)> UnaryRows = new()
    {
        ["negate"] = ((in a, out r) => r = unchecked(-a), a => -a),
        ["not"] = ((in a, out r) => r = ~a, a => Words.Modulus - 1 - a),
        ["leading zeros"] = (
            (in a, out r) => r = (uint)UInt256.LeadingZeroCount(a),
            a => a.IsZero ? 256 : 256 - (int)a.GetBitLength()),
        ["bit length"] = ((in a, out r) => r = (uint)a.BitLength, a => (int)a.GetBitLength()),
        ["byte length"] = ((in a, out r) => r = (uint)a.ByteLength, a => a.IsZero ? 0 : a.GetByteCount(true)),
        ["is zero"] = ((in a, out r) => r = Flag(a.IsZero), a => Flag(a.IsZero)),
        ["is one limb"] = ((in a, out r) => r = Flag(a.IsUInt64), a => Flag(a <= ulong.MaxValue)),
        ["is negative"] = ((in a, out r) => r = Flag(a.IsNegative), a => Flag(a >= Words.Modulus / 2)),
        ["lowest limb"] = ((in a, out r) => r = unchecked((ulong)a), a => a & ulong.MaxValue),
    };

    private static readonly Dictionary<string, (Binary Ours, Func<BigInteger, BigInteger, BigInteger> Oracle)>
        BinaryRows = new()
        {
            ["add"] = ((in a, in b, out r) => r = unchecked(a + b), (a, b) => a + b),
            ["subtract"] = ((in a, in b, out r) => r = unchecked(a - b), (a, b) => a - b),
            ["multiply"] = ((in a, in b, out r) => r = unchecked(a * b), (a, b) => a * b),
            ["multiply in place"] = (UInt256.Multiply, (a, b) => a * b),
            ["add, carry"] = (
            (in a, in b, out r) => r = Flag(UInt256.AddOverflow(a, b, out _)),
            (a, b) => Flag(a + b >= Words.Modulus)),
            ["add, sum"] = ((in a, in b, out r) => UInt256.AddOverflow(a, b, out r), (a, b) => a + b),
            ["subtract, borrow"] = (
            (in a, in b, out r) => r = Flag(UInt256.SubtractUnderflow(a, b, out _)), (a, b) => Flag(a < b)),
            ["subtract, difference"] = ((in a, in b, out r) => UInt256.SubtractUnderflow(a, b, out r), (a, b) => a - b),
            ["multiply, overflow"] = (
            (in a, in b, out r) => r = Flag(UInt256.MultiplyOverflow(a, b, out _)),
            (a, b) => Flag(a * b >= Words.Modulus)),
            ["multiply, product"] = ((in a, in b, out r) => UInt256.MultiplyOverflow(a, b, out r), (a, b) => a * b),
            ["full product, low"] = ((in a, in b, out r) => UInt256.MultiplyFull(a, b, out r, out _), (a, b) => a * b),
            ["full product, high"] = (
            (in a, in b, out r) => UInt256.MultiplyFull(a, b, out _, out r), (a, b) => (a * b) >> 256),
            ["divide"] = (UInt256.Divide, (a, b) => b.IsZero ? 0 : a / b),
            ["remainder"] = (UInt256.Remainder, (a, b) => b.IsZero ? 0 : a % b),
            ["divide by operator"] = (
            (in a, in b, out r) => r = b.IsZero ? UInt256.Zero : a / b, (a, b) => b.IsZero ? 0 : a / b),
            ["remainder by operator"] = (
            (in a, in b, out r) => r = b.IsZero ? UInt256.Zero : a % b, (a, b) => b.IsZero ? 0 : a % b),
            ["signed divide"] = (
            UInt256.SignedDivide, (a, b) => b.IsZero ? 0 : BigInteger.Divide(Signed(a), Signed(b))),
            ["signed remainder"] = (
            UInt256.SignedRemainder, (a, b) => b.IsZero ? 0 : BigInteger.Remainder(Signed(a), Signed(b))),
            ["power"] = (
            (in a, in b, out r) => r = UInt256.Power(a, b), (a, b) => BigInteger.ModPow(a, b, Words.Modulus)),
            ["and"] = ((in a, in b, out r) => r = a & b, (a, b) => a & b),
            ["or"] = ((in a, in b, out r) => r = a | b, (a, b) => a | b),
            ["exclusive or"] = ((in a, in b, out r) => r = a ^ b, (a, b) => a ^ b),
            ["less"] = ((in a, in b, out r) => r = Flag(a < b), (a, b) => Flag(a < b)),
            ["greater"] = ((in a, in b, out r) => r = Flag(a > b), (a, b) => Flag(a > b)),
            ["at most"] = ((in a, in b, out r) => r = Flag(a <= b), (a, b) => Flag(a <= b)),
            ["at least"] = ((in a, in b, out r) => r = Flag(a >= b), (a, b) => Flag(a >= b)),
            ["equal"] = ((in a, in b, out r) => r = Flag(a == b), (a, b) => Flag(a == b)),
            ["unequal"] = ((in a, in b, out r) => r = Flag(a != b), (a, b) => Flag(a != b)),
            ["compare"] = (
                (in a, in b, out r) => r = unchecked((UInt256)(long)a.CompareTo(b)),
                (a, b) => a.CompareTo(b)),
            ["signed less"] = (
            (in a, in b, out r) => r = Flag(UInt256.SignedLessThan(a, b)), (a, b) => Flag(Signed(a) < Signed(b))),
            ["shift left"] = ((in a, in b, out r) => r = a << Bits(b), (a, b) => a << Bits(b)),
            ["shift right"] = ((in a, in b, out r) => r = a >> Bits(b), (a, b) => a >> Bits(b)),
            ["shift right, unsigned"] = ((in a, in b, out r) => r = a >>> Bits(b), (a, b) => a >> Bits(b)),
            ["shift right, arithmetic"] = (
            (in a, in b, out r) => r = UInt256.ShiftRightArithmetic(a, Bits(b)), (a, b) => Signed(a) >> Bits(b)),
            ["bit"] = (
            (in a, in b, out r) => r = Flag(a.IsBitSet((int)(b.U0 & 255))),
            (a, b) => (a >> (int)(b & 255)) & 1),
            ["byte"] = (
            (in a, in b, out r) => r = UInt256.ByteAt(a, b.U0 & 63),
            (a, b) => (b & 63) > 31 ? 0 : (a >> (8 * (31 - (int)(b & 63)))) & 255),
            ["sign extend"] = (UInt256SignExtend, (a, b) => SignExtend(a, b)),
            ["sign extend, near"] = (
            (in a, in b, out r) => r = UInt256.SignExtend(a, b & 63u), (a, b) => SignExtend(a, b & 63)),
        };

    private static readonly Dictionary<
        string, (Ternary Ours, Func<BigInteger, BigInteger, BigInteger, BigInteger> Oracle)> TernaryRows = new()
        {
            ["add modulo"] = (UInt256.AddModulo, (a, b, m) => m.IsZero ? 0 : (a + b) % m),
            ["multiply modulo"] = (UInt256.MultiplyModulo, (a, b, m) => m.IsZero ? 0 : a * b % m),
        };

    public static TheoryData<string> UnaryNames => new(UnaryRows.Keys);

    public static TheoryData<string> BinaryNames => new(BinaryRows.Keys);

    public static TheoryData<string> TernaryNames => new(TernaryRows.Keys);

    [Theory]
    [MemberData(nameof(UnaryNames))]
    public void UnaryOperation_OfExtremesAndAnyWords_EqualsTheOracle(string name)
    {
        foreach (UInt256 a in Words.Extremes)
        {
            AssertUnary(name, a);
        }

        Prop.ForAll(Words.Any(), a => AssertUnary(name, a)).Check(Quick);
    }

    [Theory]
    [MemberData(nameof(BinaryNames))]
    public void BinaryOperation_OfExtremesAndAnyWords_EqualsTheOracle(string name)
    {
        foreach (UInt256 a in Words.Extremes)
        {
            foreach (UInt256 b in Words.Extremes)
            {
                AssertBinary(name, a, b);
            }
        }

        Prop.ForAll(Words.Any(), Words.Any(), (a, b) => AssertBinary(name, a, b)).Check(Quick);
    }

    [Theory]
    [MemberData(nameof(TernaryNames))]
    public void TernaryOperation_OfExtremesAndAnyWords_EqualsTheOracle(string name)
    {
        foreach (UInt256 a in Words.Extremes)
        {
            foreach (UInt256 b in Words.Extremes)
            {
                foreach (UInt256 c in Words.Extremes)
                {
                    AssertTernary(name, a, b, c);
                }
            }
        }

        Prop.ForAll(Words.Any(), Words.Any(), Words.Any(), (a, b, c) => AssertTernary(name, a, b, c)).Check(Quick);
    }

    [Fact]
    public void Shifts_ByEveryCountUpTo300_EqualTheOracle()
    {
        foreach (UInt256 a in Words.Extremes)
        {
            for (uint bits = 0; bits < 300; bits++)
            {
                AssertBinary("shift left", a, bits);
                AssertBinary("shift right", a, bits);
                AssertBinary("shift right, arithmetic", a, bits);
            }
        }
    }

    [Fact]
    public void CheckedOperators_WhereTheResultDoesNotFit_Throw()
    {
        Prop.ForAll(Words.Any(), Words.Any(), (a, b) =>
        {
            (BigInteger x, BigInteger y) = (Words.ToNumber(a), Words.ToNumber(b));
            AssertChecked(x + y, () => checked(a + b));
            AssertChecked(x - y, () => checked(a - b));
            AssertChecked(x * y, () => checked(a * b));
            if (a.IsUInt64)
            {
                Assert.Equal(a.U0, checked((ulong)a));
            }
            else
            {
                Assert.Throws<OverflowException>(() => checked((ulong)a));
            }
        }).Check(Quick);
    }

    [Fact]
    public void DivideDigit_ByReciprocal_EqualsTheOracle() =>
        Prop.ForAll(Words.Any(), Words.Any(), (dividend, divisor) =>
        {
            // What machines without a 128-by-64-bit division use: the divisor's highest bit is set, the quotient fits.
            ulong d = divisor.U0 | (1UL << 63);
            ulong r = dividend.U1 % d;
            UInt128 number = new(r, dividend.U0);

            ulong digit = UInt256.DivideDigitByReciprocal(ref r, dividend.U0, d);

            Assert.Equal(number / d, digit);
            Assert.Equal(number % d, r);
        }).Check(Quick);

    [Fact]
    public void DivisionOperators_ByZero_Throw()
    {
        Assert.Throws<DivideByZeroException>(() => UInt256.One / UInt256.Zero);
        Assert.Throws<DivideByZeroException>(() => UInt256.One % UInt256.Zero);
    }

    [Fact]
    public void Conversions_OfNarrowNumbers_KeepTheirValue()
    {
        Assert.Equal(BigInteger.One * uint.MaxValue, Words.ToNumber(uint.MaxValue));
        Assert.Equal(BigInteger.One * ulong.MaxValue, Words.ToNumber(ulong.MaxValue));
        Assert.Equal((BigInteger)UInt128.MaxValue, Words.ToNumber(UInt128.MaxValue));
        Assert.Equal(Words.Modulus - 5, Words.ToNumber(unchecked((UInt256)(-5L))));
        Assert.Equal(5, Words.ToNumber(checked((UInt256)5L)));
        Assert.Throws<OverflowException>(() => checked((UInt256)(-5L)));
    }

    [Fact]
    public void Equality_OfAnyWords_AgreesWithHashCodesAndObjects() =>
        Prop.ForAll(Words.Any(), Words.Any(), (a, b) =>
        {
            Assert.Equal(a == b, a.Equals((object)b));
            Assert.Equal(a == b, a.Equals(b));
            Assert.Equal(a.GetHashCode(), (a + UInt256.Zero).GetHashCode());
            Assert.Equal(Math.Sign(a.CompareTo(b)), Math.Sign(a.CompareTo((object)b)));
            Assert.False(a.Equals((object)"1"));
            Assert.Equal(1, a.CompareTo(null));
        }).Check(Quick);

    private static Config Quick => Config.QuickThrowOnFailure.WithMaxTest(
        Environment.GetEnvironmentVariable("KOINON_SOAK") == "1" ? 100_000 : 1_000).WithQuietOnSuccess(true);

    private static void UInt256SignExtend(in UInt256 a, in UInt256 b, out UInt256 result) =>
        result = UInt256.SignExtend(a, b);

    private static BigInteger SignExtend(BigInteger value, BigInteger lastByte)
    {
        if (lastByte > 30)
        {
            return value;
        }

        int bits = 8 * ((int)lastByte + 1);
        BigInteger low = value & ((BigInteger.One << bits) - 1);
        return (low >> (bits - 1)).IsOne ? low - (BigInteger.One << bits) : low;
    }

    private static void AssertUnary(string name, UInt256 a)
    {
        (Unary ours, Func<BigInteger, BigInteger> oracle) = UnaryRows[name];
        UInt256 expected = Words.ToWord(oracle(Words.ToNumber(a)));
        UInt256 x = a;

        ours(x, out UInt256 result);
        Assert.Equal(expected, result);
        Assert.Equal(a, x);

        ours(x, out x);
        Assert.Equal(expected, x);
    }

    private static void AssertBinary(string name, UInt256 a, UInt256 b)
    {
        (Binary ours, Func<BigInteger, BigInteger, BigInteger> oracle) = BinaryRows[name];
        UInt256 expected = Words.ToWord(oracle(Words.ToNumber(a), Words.ToNumber(b)));
        (UInt256 x, UInt256 y) = (a, b);

        ours(x, y, out UInt256 result);
        Assert.Equal(expected, result);
        Assert.Equal((a, b), (x, y));

        ours(x, y, out x);
        Assert.Equal(expected, x);
        ours(a, y, out y);
        Assert.Equal(expected, y);
    }

    private static void AssertTernary(string name, UInt256 a, UInt256 b, UInt256 c)
    {
        (Ternary ours, Func<BigInteger, BigInteger, BigInteger, BigInteger> oracle) = TernaryRows[name];
        UInt256 expected = Words.ToWord(oracle(Words.ToNumber(a), Words.ToNumber(b), Words.ToNumber(c)));
        (UInt256 x, UInt256 y, UInt256 z) = (a, b, c);

        ours(x, y, z, out UInt256 result);
        Assert.Equal(expected, result);
        Assert.Equal((a, b, c), (x, y, z));

        ours(x, y, z, out x);
        Assert.Equal(expected, x);
        ours(a, y, z, out y);
        Assert.Equal(expected, y);
        ours(a, b, z, out z);
        Assert.Equal(expected, z);
    }

    private static void AssertChecked(BigInteger expected, Func<UInt256> operation)
    {
        if (expected < 0 || expected >= Words.Modulus)
        {
            Assert.Throws<OverflowException>(() => operation());
        }
        else
        {
            Assert.Equal(expected, Words.ToNumber(operation()));
        }
    }

    private static ulong Flag(bool flag) => flag ? 1UL : 0;

    private static int Bits(UInt256 count) => (int)(count.U0 & 511);

    private static int Bits(BigInteger count) => (int)(count & 511);

    private static BigInteger Signed(BigInteger number) => Words.ToSigned(Words.ToWord(number));
}
