using System.Text;
using Org.BouncyCastle.Crypto.Digests;

namespace Koinon.Crypto.Tests;

public sealed class Keccak512Tests
{
    [Theory]
    [InlineData("", "0eab42de4c3ceb9235fc91acffe746b29c29a8c366b7c60e4e67c466f36a4304"
        + "c00fa9caf9d87976ba469bcbe06713b435f091ef2769fb160cdab33d3670680e")]
    public void Hash_OfKnownTexts_GivesPublishedDigests(string text, string expected)
    {
        byte[] digest = new byte[Keccak512.HashBytes];

        Keccak512.Hash(Encoding.ASCII.GetBytes(text), digest);

        Assert.Equal(expected, Convert.ToHexStringLower(digest));
    }

    [Fact]
    public void Hash_OfEveryLengthUpTo600_EqualsTheOracle()
    {
        byte[] input = new byte[600];
        new Random(1).NextBytes(input);
        byte[] digest = new byte[Keccak512.HashBytes];
        byte[] expected = new byte[Keccak512.HashBytes];
        for (int length = 0; length <= input.Length; length++)
        {
            KeccakDigest oracle = new(512);
            oracle.BlockUpdate(input, 0, length);
            oracle.DoFinal(expected, 0);

            Keccak512.Hash(input.AsSpan(0, length), digest);

            Assert.Equal(expected, digest);
        }
    }

    [Fact]
    public void Hash_IntoItsOwnInput_GivesTheSameDigest()
    {
        byte[] input = new byte[200];
        new Random(2).NextBytes(input);
        byte[] expected = new byte[Keccak512.HashBytes];
        Keccak512.Hash(input, expected);

        Keccak512.Hash(input, input.AsSpan(3, Keccak512.HashBytes));

        Assert.Equal(expected, input.AsSpan(3, Keccak512.HashBytes).ToArray());
    }

    [Fact]
    public void Hash_IntoTooShortASpan_Throws() =>
        Assert.Throws<ArgumentException>(() => Keccak512.Hash([], new byte[63]));
}
