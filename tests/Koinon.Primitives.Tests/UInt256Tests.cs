using System.Numerics;

namespace Koinon.Primitives.Tests;

public sealed class UInt256Tests
{
    private static readonly BigInteger Modulus = BigInteger.One << 256;

    [Fact]
    public void Arithmetic_OnBorderValues_AgreesWithBigInteger()
    {
        List<BigInteger> values = [0, 1, 2, 3, 10, ulong.MaxValue, Modulus - 1, Modulus - 2, Modulus / 2, (Modulus / 2) - 1, Modulus / 3];
        for (int bit = 63; bit < 256; bit += 31)
        {
            values.Add(BigInteger.One << bit);
            values.Add((BigInteger.One << bit) - 1);
            values.Add((BigInteger.One << bit) + 12345);
        }

        foreach (BigInteger a in values)
        {
            foreach (BigInteger b in values)
            {
                UInt256 x = From(a);
                UInt256 y = From(b);
                Assert.Equal((a + b) % Modulus, To(unchecked(x + y)));
                Assert.Equal((((a - b) % Modulus) + Modulus) % Modulus, To(unchecked(x - y)));
                Assert.Equal(a * b % Modulus, To(unchecked(x * y)));
                UInt256.Divide(x, y, out UInt256 q);
                Assert.Equal(b.IsZero ? 0 : a / b, To(q));
                UInt256.Remainder(x, y, out UInt256 r);
                Assert.Equal(b.IsZero ? 0 : a % b, To(r));
                foreach (BigInteger m in values)
                {
                    UInt256.MultiplyModulo(x, y, From(m), out UInt256 mm);
                    Assert.Equal(m.IsZero ? 0 : a * b % m, To(mm));
                    UInt256.AddModulo(x, y, From(m), out UInt256 am);
                    Assert.Equal(m.IsZero ? 0 : (a + b) % m, To(am));
                }
            }

            Assert.Equal(a.ToString(), From(a).ToString());
            Assert.Equal(From(a), UInt256.Parse(a.ToString()));
            for (int s = 0; s < 260; s += 13)
            {
                Assert.Equal((a << s) % Modulus, To(From(a) << s));
                Assert.Equal(a >> s, To(From(a) >> s));
            }
        }
    }

    private static UInt256 From(BigInteger value) => UInt256.FromBigEndian(value.ToByteArray(isUnsigned: true, isBigEndian: true));

    private static BigInteger To(UInt256 value)
    {
        byte[] bytes = new byte[32];
        value.WriteBigEndian(bytes);
        return new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
    }
}
