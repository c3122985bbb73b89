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
    // "nagydani-1" of EIP-2565 and EIP-7883: 64 bytes, squared, cubed and raised to 65,537.
    [InlineData(
        "e09ad9675465c53a109fac66a445c91b292d2bb2c5268addb30cd82f80fcb0033ff97c80a5fc6f39193ae969c6ede671"
            + "0a6b7ac27078a06d90ef1c72e5c85fb5",
        "02",
        "fc9e1f6beb81516545975218075ec2af118cd8798df6e08a147c60fd6095ac2bb02c2908cf4dd7c81f11c289e4bce98f"
            + "3553768f392a80ce22bf5c4f4a248c6b",
        "60008f1614cc01dcfb6bfb09c625cf90b47d4468db81b5f8b7a39d42f332eab9b2da8f2d95311648a8f243f4bb13cfb3"
            + "d8f7f2a3c014122ebb3ed41b02783adc")]
    [InlineData(
        "e09ad9675465c53a109fac66a445c91b292d2bb2c5268addb30cd82f80fcb0033ff97c80a5fc6f39193ae969c6ede671"
            + "0a6b7ac27078a06d90ef1c72e5c85fb5",
        "03",
        "fc9e1f6beb81516545975218075ec2af118cd8798df6e08a147c60fd6095ac2bb02c2908cf4dd7c81f11c289e4bce98f"
            + "3553768f392a80ce22bf5c4f4a248c6b",
        "4834a46ba565db27903b1c720c9d593e84e4cbd6ad2e64b31885d944f68cd801f92225a8961c952ddf2797fa4701b330"
            + "c85c4b363798100b921a1a22a46a7fec")]
    [InlineData(
        "e09ad9675465c53a109fac66a445c91b292d2bb2c5268addb30cd82f80fcb0033ff97c80a5fc6f39193ae969c6ede671"
            + "0a6b7ac27078a06d90ef1c72e5c85fb5",
        "010001",
        "fc9e1f6beb81516545975218075ec2af118cd8798df6e08a147c60fd6095ac2bb02c2908cf4dd7c81f11c289e4bce98f"
            + "3553768f392a80ce22bf5c4f4a248c6b",
        "c36d804180c35d4426b57b50c5bfcca5c01856d104564cd513b461d3c8b8409128a5573e416d0ebe38f5f736766d9dc2"
            + "7143e4da981dfa4d67f7dc474cbee6d2")]
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
