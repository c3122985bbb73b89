using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Org.BouncyCastle.Crypto.Digests;

namespace Koinon.Crypto.Tests;

public sealed class Ripemd160Tests
{
    // The designers' vectors.
    [Theory]
    [InlineData("", "9c1185a5c5e9fc54612808977ee8f548b2258d31")]
    [InlineData("a", "0bdc9d2d256b3ee9daae347be6f4dc835a467ffe")]
    [InlineData("abc", "8eb208f7e05d987a9b044a8e98c6b087f15a0bfc")]
    [InlineData("message digest", "5d0689ef49d2fae572b881b123a85ffa21595f36")]
    [InlineData("abcdefghijklmnopqrstuvwxyz", "f71c27109c692c1b56bbdceb5b9d2865b3708dbc")]
    [InlineData("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "12a053384a9c0c88e405a06c27dcf49ada62eb2b")]
    public void Hash_OfTheDesignersTexts_GivesTheirDigests(string text, string expected)
    {
        byte[] digest = new byte[Ripemd160.HashBytes];

        Ripemd160.Hash(Encoding.ASCII.GetBytes(text), digest);

        Assert.Equal(expected, Convert.ToHexStringLower(digest));
    }

    [Fact]
    public void Hash_OfAMillionLetters_GivesTheDesignersDigest()
    {
        byte[] digest = new byte[Ripemd160.HashBytes];

        Ripemd160.Hash(Enumerable.Repeat((byte)'a', 1_000_000).ToArray(), digest);

        Assert.Equal("52783243c1697bdbe16d37f97f68f08325dc1528", Convert.ToHexStringLower(digest));
    }

    [Fact]
    public void Hash_OfEveryLengthUpTo200_EqualsTheOracle()
    {
        byte[] input = new byte[200];
        new Random(1).NextBytes(input);
        for (int length = 0; length <= input.Length; length++)
        {
            AssertEqualsOracle(input.AsSpan(0, length).ToArray());
        }
    }

    [Fact]
    public void Hash_OfAnyBytes_EqualsTheOracle() =>
        Prop.ForAll((byte[] input) => AssertEqualsOracle(input)).QuickCheckThrowOnFailure();

    [Fact]
    public void Hash_IntoTooShortASpan_Throws() =>
        Assert.Throws<ArgumentException>(() => Ripemd160.Hash([], new byte[19]));

    private static void AssertEqualsOracle(byte[] input)
    {
        byte[] expected = new byte[Ripemd160.HashBytes];
        RipeMD160Digest oracle = new();
        oracle.BlockUpdate(input, 0, input.Length);
        oracle.DoFinal(expected, 0);
        byte[] digest = new byte[Ripemd160.HashBytes];

        Ripemd160.Hash(input, digest);

        Assert.Equal(expected, digest);
    }
}
