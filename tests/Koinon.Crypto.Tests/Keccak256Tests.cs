using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Org.BouncyCastle.Crypto.Digests;

namespace Koinon.Crypto.Tests;

public sealed class Keccak256Tests
{
    [Theory]
    [InlineData("", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")]
    [InlineData("abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45")]
    [InlineData(
        "The quick brown fox jumps over the lazy dog",
        "4d741b6f1eb29cb2a9b9911c82f56fa8d73b04959d3d9d222895df6c0b28aa15")]
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

    [Fact]
    public void HashMany_OfEveryLengthUpTo600_EqualsSingleHashes()
    {
        int[] ends = new int[601];
        for (int i = 1; i <= 600; i++)
        {
            ends[i] = ends[i - 1] + i;
        }

        AssertHashMany(ends);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(9)]
    public void HashMany_OfAFewInputsAroundTheRate_EqualsSingleHashes(int count)
    {
        int[] lengths = [135, 136, 137, 0, 271, 272, 273, 1, 532];
        int[] ends = new int[count];
        for (int i = 0; i < count; i++)
        {
            ends[i] = (i == 0 ? 0 : ends[i - 1]) + lengths[i];
        }

        AssertHashMany(ends);
    }

    [Fact]
    public void HashMany_OfAnyLengths_EqualsSingleHashes() =>
        Prop.ForAll((NonNegativeInt[] lengths) =>
        {
            int[] ends = new int[lengths.Length];
            for (int i = 0; i < lengths.Length; i++)
            {
                ends[i] = (i == 0 ? 0 : ends[i - 1]) + (lengths[i].Get * 17 % 533);
            }

            AssertHashMany(ends);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(32)]
    [InlineData(64)]
    [InlineData(135)]
    [InlineData(136)]
    [InlineData(137)]
    [InlineData(532)]
    public void HashMany_OfEqualLengths_EqualsSingleHashes(int length)
    {
        for (int count = 0; count <= 9; count++)
        {
            byte[] inputs = new byte[length * count];
            new Random(length).NextBytes(inputs);
            byte[] digests = new byte[Keccak256.HashBytes * count];
            byte[] expected = new byte[digests.Length];
            for (int i = 0; i < count; i++)
            {
                Keccak256.Hash(inputs.AsSpan(i * length, length), expected.AsSpan(i * Keccak256.HashBytes));
            }

            Keccak256.HashMany(inputs, length, digests);

            Assert.Equal(expected, digests);
        }
    }

    [Theory]
    [InlineData(new[] { 2, 1 }, 64)]
    [InlineData(new[] { 1, 11 }, 64)]
    [InlineData(new[] { -1, 3 }, 64)]
    [InlineData(new[] { 1, 2 }, 63)]
    public void HashMany_WithEndsOutsideOrTooFewDigests_Throws(int[] ends, int digestBytes) =>
        Assert.Throws<ArgumentException>(() => Keccak256.HashMany(new byte[10], ends, new byte[digestBytes]));

    [Theory]
    [InlineData(0, 64)]
    [InlineData(3, 128)]
    [InlineData(5, 63)]
    public void HashMany_WithALengthThatDoesNotDivideOrTooFewDigests_Throws(int length, int digestBytes) =>
        Assert.Throws<ArgumentException>(() => Keccak256.HashMany(new byte[10], length, new byte[digestBytes]));

    private static void AssertHashMany(int[] ends)
    {
        byte[] inputs = new byte[ends.Length == 0 ? 0 : ends[^1]];
        new Random(ends.Length).NextBytes(inputs);
        byte[] digests = new byte[Keccak256.HashBytes * ends.Length];
        byte[] expected = new byte[digests.Length];
        for (int i = 0; i < ends.Length; i++)
        {
            int start = i == 0 ? 0 : ends[i - 1];
            Keccak256.Hash(inputs.AsSpan(start, ends[i] - start), expected.AsSpan(i * Keccak256.HashBytes));
        }

        Keccak256.HashMany(inputs, ends, digests);

        Assert.Equal(expected, digests);
    }
}
