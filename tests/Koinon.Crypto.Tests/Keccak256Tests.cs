using System.Text;
using Org.BouncyCastle.Crypto.Digests;

namespace Koinon.Crypto.Tests;

public sealed class Keccak256Tests
{
    [Theory]
    [InlineData("", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")]
    [InlineData("abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45")]
    [InlineData(
        "The quick brown fox jumps over the lazy dog", "4d741b6f1eb29cb2a9b9911c82f56fa8d73b04959d3d9d222895df6c0b28aa15")]
    public void Hash_OfKnownTexts_GivesPublishedDigests(string text, string expected)
    {
        byte[] digest = new byte[Keccak256.HashBytes];

        Keccak256.Hash(Encoding.ASCII.GetBytes(text), digest);

        Assert.Equal(expected, Convert.ToHexStringLower(digest));
    }

    [Fact]
    public void Hash_OfEveryLengthUpTo600_EqualsTheOracle()
    {
        byte[] input = new byte[600];
        new Random(1).NextBytes(input);
        byte[] digest = new byte[Keccak256.HashBytes];
        byte[] expected = new byte[Keccak256.HashBytes];
        for (int length = 0; length <= input.Length; length++)
        {
            KeccakDigest oracle = new(256);
            oracle.BlockUpdate(input, 0, length);
            oracle.DoFinal(expected, 0);

            Keccak256.Hash(input.AsSpan(0, length), digest);

            Assert.Equal(expected, digest);
        }
    }

    [Fact]
    public void Hash_IntoItsOwnInput_GivesTheSameDigest()
    {
        byte[] input = new byte[200];
        new Random(2).NextBytes(input);
        byte[] expected = new byte[Keccak256.HashBytes];
        Keccak256.Hash(input, expected);

        Keccak256.Hash(input, input.AsSpan(3, Keccak256.HashBytes));

        Assert.Equal(expected, input.AsSpan(3, Keccak256.HashBytes).ToArray());
    }

    [Fact]
    public void Hash_IntoTooShortASpan_Throws() =>
        Assert.Throws<ArgumentException>(() => Keccak256.Hash([], new byte[31]));
}
