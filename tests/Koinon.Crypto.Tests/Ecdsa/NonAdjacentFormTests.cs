using System.Numerics;
using Koinon.Crypto.Ecdsa;

namespace Koinon.Crypto.Tests.Ecdsa;

public sealed class NonAdjacentFormTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(15)]
    public void RecodeVartime_OfEdgesAndSeeds_GivesSparseOddDigitsOfTheValue(int width)
    {
        for (int i = 0; i < 400; i++)
        {
            BigInteger value = Curves.Pick(1, i);
            Check(value, Curves.Words(value), width, NonAdjacentForm.Digits256);
            BigInteger lower = value & ((BigInteger.One << 128) - 1);
            Check(lower, Curves.Words(lower)[..2], width, NonAdjacentForm.Digits128);
        }
    }

    private static void Check(BigInteger value, ulong[] words, int width, int length)
    {
        foreach (bool isNegative in new[] { false, true })
        {
            short[] digits = new short[length];
            int used = NonAdjacentForm.RecodeVartime(words, isNegative, width, digits);

            BigInteger sum = 0;
            int last = -width;
            for (int i = 0; i < length; i++)
            {
                if (digits[i] == 0)
                {
                    continue;
                }

                Assert.True(i - last >= width && (digits[i] & 1) != 0 && Math.Abs(digits[i]) < 1 << (width - 1));
                sum += (BigInteger)digits[i] << i;
                last = i;
            }

            Assert.Equal(isNegative ? -value : value, sum);
            Assert.Equal(value.IsZero ? 0 : last + 1, used);
        }
    }
}
