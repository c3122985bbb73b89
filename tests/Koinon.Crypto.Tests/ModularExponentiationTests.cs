using System.Numerics;
using FsCheck;
using FsCheck.Fluent;

namespace Koinon.Crypto.Tests;

public sealed class ModularExponentiationTests
{
    // EIP-198's two examples with a Fermat prime exponent, and the corner cases it spells out.
    [Theory]
    [InlineData("03", "fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2e",
        "fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f",
        "0000000000000000000000000000000000000000000000000000000000000001")]
    [InlineData("", "fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2e",
        "fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f",
        "0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("03", "ffff", "8000000000000000000000000000000000000000000000000000000000000000",
        "3b01b01ac41f2d6e917c6d6a221ce793802469026d9ab7578fa2e79e4da6aaab")]
    [InlineData("", "", "", "")]
    [InlineData("05", "03", "", "")]
    [InlineData("", "", "00", "00")]
    [InlineData("", "", "01", "00")]
    [InlineData("", "", "02", "01")]
    [InlineData("05", "", "0007", "0001")]
    [InlineData("05", "0000", "0007", "0001")]
    [InlineData("05", "02", "0000", "0000")]
    [InlineData("05", "02", "0001", "0000")]
    [InlineData("0000000000000000000000000000000000000000000000000005", "0002", "000007", "000004")]
    public void Compute_OfKnownCases_GivesTheirResults(
        string value, string exponent, string modulus, string expected) =>
        Assert.Equal(expected, Convert.ToHexStringLower(Compute(Bytes(value), Bytes(exponent), Bytes(modulus))));

    [Fact]
    public void Compute_OfEveryLengthAndParity_EqualsTheOracle()
    {
        Random random = new(5);
        int[] lengths = [1, 7, 8, 9, 15, 16, 17, 24, 31, 32, 33, 40, 63, 64, 65, 96, 127, 128, 129, 256, 257, 512];
        foreach (int length in lengths)
        {
            for (int zeroBits = 0; zeroBits < length * 8; zeroBits += 1 + (length * 8 / 9))
            {
                byte[] modulus = Random(random, length);
                modulus[0] |= 1;
                byte[] shifted = ToBytes(new BigInteger(modulus, true, true) >> zeroBits << zeroBits, length);
                AssertEqualsOracle(Random(random, length), Random(random, 1 + (length % 9)), shifted);
                AssertEqualsOracle(Random(random, (2 * length) + 3), Random(random, 3), shifted);
                AssertEqualsOracle(Random(random, 1), Random(random, Math.Min(length, 40)), shifted);
            }
        }
    }

    [Fact]
    public void Compute_OfExtremes_EqualsTheOracle()
    {
        // Zero, one, powers of two, their neighbours, and numbers of all ones: where carries run longest.
        List<byte[]> extremes = [[], [0], [1], [2], [3]];
        foreach (int bits in new[] { 63, 64, 65, 127, 128, 192, 255, 256, 257, 320, 512, 1024 })
        {
            BigInteger power = BigInteger.One << bits;
            extremes.Add((power - 1).ToByteArray(true, true));
            extremes.Add(power.ToByteArray(true, true));
            extremes.Add((power + 1).ToByteArray(true, true));
            extremes.Add((power - (BigInteger.One << (bits / 2))).ToByteArray(true, true));
        }

        foreach (byte[] value in extremes)
        {
            foreach (byte[] modulus in extremes)
            {
                AssertEqualsOracle(value, [3], modulus);
                AssertEqualsOracle(value, [0xFF, 0x01], modulus);
                AssertEqualsOracle(value, [0x80, 0, 0, 0, 0, 0, 0, 0, 1], modulus);
            }
        }
    }

    [Fact]
    public void Compute_OfEveryWindowWidth_EqualsTheOracle()
    {
        Random random = new(6);
        byte[] modulus = Random(random, 32);
        modulus[31] |= 1;
        for (int length = 1; length < 100; length++)
        {
            AssertEqualsOracle(Random(random, 32), Random(random, length), modulus);
        }
    }

    [Fact]
    public void Compute_OfAnyBytes_EqualsTheOracle() =>
        Prop.ForAll((byte[] value, byte[] exponent, byte[] modulus) => AssertEqualsOracle(value, exponent, modulus))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Compute_OfLengthsBeyondAThousandBytes_EqualsTheOracle()
    {
        Random random = new(7);
        foreach (int length in new[] { 1023, 1024, 1025, 1500, 1700, 1701 })
        {
            byte[] modulus = Random(random, length);
            modulus[^1] |= 1;
            byte[] ones = new byte[length];
            Array.Fill(ones, (byte)0xFF);
            AssertEqualsOracle(modulus, [3], ones);
            AssertEqualsOracle(ones, [3], modulus);
            AssertEqualsOracle(Random(random, length), [1, 0, 1], modulus);
            modulus[^1] ^= 1;
            AssertEqualsOracle(Random(random, length), [1, 0, 1], modulus);
        }
    }

    [Fact]
    public void Compute_WithAResultOfAnotherLength_Throws() =>
        Assert.Throws<ArgumentException>(() => ModularExponentiation.Compute([1], [1], [5], new byte[2]));

    [Fact]
    public void Compute_OnceWarm_AllocatesNothing()
    {
        Random random = new(8);
        byte[] value = Random(random, 64), exponent = Random(random, 8), modulus = Random(random, 64);
        byte[] result = new byte[64];
        ModularExponentiation.Compute(value, exponent, modulus, result);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            ModularExponentiation.Compute(value, exponent, modulus, result);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static void AssertEqualsOracle(byte[] value, byte[] exponent, byte[] modulus)
    {
        BigInteger divisor = new(modulus, true, true);
        BigInteger expected = divisor.IsZero
            ? BigInteger.Zero
            : BigInteger.ModPow(new BigInteger(value, true, true), new BigInteger(exponent, true, true), divisor);

        Assert.Equal(
            Convert.ToHexString(ToBytes(expected, modulus.Length)),
            Convert.ToHexString(Compute(value, exponent, modulus)));
    }

    private static byte[] Compute(byte[] value, byte[] exponent, byte[] modulus)
    {
        byte[] result = new byte[modulus.Length];
        Array.Fill(result, (byte)0xA5);
        ModularExponentiation.Compute(value, exponent, modulus, result);
        return result;
    }

    private static byte[] ToBytes(BigInteger number, int length)
    {
        byte[] bytes = new byte[length];
        byte[] digits = number.ToByteArray(true, true);
        if (!number.IsZero)
        {
            digits.CopyTo(bytes, length - digits.Length);
        }

        return bytes;
    }

    private static byte[] Random(Random random, int length)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex);
}
