using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;
using Org.BouncyCastle.Crypto.Digests;

namespace Koinon.Crypto.Tests;

public sealed class Blake2bTests
{
    // BLAKE2b-512's parameter block xored into the initialisation vector: the state all vectors of EIP-152 start from.
    private static readonly ulong[] Start =
    [
        0x6A09E667F2BDC948, 0xBB67AE8584CAA73B, 0x3C6EF372FE94F82B, 0xA54FF53A5F1D36F1,
        0x510E527FADE682D1, 0x9B05688C2B3E6C1F, 0x1F83D9ABFB41BD6B, 0x5BE0CD19137E2179,
    ];

    // Vectors 4 to 7 of EIP-152: the message "abc", offset 3.
    [Theory]
    [InlineData(0, true, "08c9bcf367e6096a3ba7ca8485ae67bb2bf894fe72f36e3cf1361d5f3af54fa5"
        + "d282e6ad7f520e511f6c3e2b8c68059b9442be0454267ce079217e1319cde05b")]
    [InlineData(12, true, "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
        + "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923")]
    [InlineData(12, false, "75ab69d3190a562c51aef8d88f1c2775876944407270c42c9844252c26d28752"
        + "98743e7f6d5ea2f2d3e8d226039cd31b4e426ac4f2d3d666a610c2116fde4735")]
    [InlineData(1, true, "b63a380cb2897d521994a85234ee2c181b5f844d2c624c002677e9703449d2fb"
        + "a551b3a8333bcdf5f2f7e08993d53923de3d64fcc68c034e717b9293fed7a421")]
    public void Compress_OfEip152Vectors_GivesTheirStates(uint rounds, bool final, string expected)
    {
        ulong[] state = (ulong[])Start.Clone();
        ulong[] block = new ulong[Blake2b.BlockWords];
        block[0] = 0x636261;

        Blake2b.Compress(rounds, state, block, 3, 0, final);

        Assert.Equal(expected, Hex(state));
    }

    [Fact]
    public void Compress_OfAllRoundsThereAre_GivesVector8OfEip152()
    {
        // Vector 8 has 4,294,967,295 rounds, most of a minute: only the long run does it whole.
        if (Environment.GetEnvironmentVariable("KOINON_SOAK") != "1")
        {
            return;
        }

        ulong[] state = (ulong[])Start.Clone();
        ulong[] block = new ulong[Blake2b.BlockWords];
        block[0] = 0x636261;

        Blake2b.Compress(uint.MaxValue, state, block, 3, 0, true);

        Assert.Equal(
            "fc59093aafa9ab43daae0e914c57635c5402d8e3d2130eb9b3cc181de7f0ecf9"
                + "b22bf99a7815ce16419e200e01846e6b5df8cc7703041bbceb571de6631d2615",
            Hex(state));
    }

    [Fact]
    public void Compress_InBlake2bOfAnyMessage_EqualsTheOracle() =>
        Prop.ForAll((byte[] message, byte repetitions) =>
        {
            byte[] input = Enumerable.Repeat(message, repetitions % 9).SelectMany(part => part).ToArray();
            Blake2bDigest oracle = new(512);
            oracle.BlockUpdate(input, 0, input.Length);
            byte[] expected = new byte[64];
            oracle.DoFinal(expected, 0);

            Assert.Equal(Convert.ToHexStringLower(expected), Hex(Blake2bOf(input)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void MixVectors_OfAnyRounds_EqualsMixWords()
    {
        Random random = new(3);
        for (uint rounds = 0; rounds < 45; rounds++)
        {
            ulong[] words = Words(random);
            ulong[] vectors = (ulong[])words.Clone();
            ulong[] block = Words(random);

            Blake2b.MixWords(rounds, words, block);
            Blake2b.MixVectors(rounds, vectors, block);

            Assert.Equal(words, vectors);
        }
    }

    [Theory]
    [InlineData(7, 16)]
    [InlineData(8, 15)]
    public void Compress_WithTooFewWords_Throws(int state, int block) =>
        Assert.Throws<ArgumentException>(
            () => Blake2b.Compress(12, new ulong[state], new ulong[block], 0, 0, true));

    private static ulong[] Words(Random random)
    {
        ulong[] words = new ulong[16];
        random.NextBytes(MemoryMarshal.AsBytes(words.AsSpan()));
        return words;
    }

    private static ulong[] Blake2bOf(byte[] input)
    {
        ulong[] state = (ulong[])Start.Clone();
        int at = 0;
        byte[] block = new byte[128];
        for (; input.Length - at > 128; at += 128)
        {
            ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(input.AsSpan(at, 128));
            Blake2b.Compress(12, state, words, (ulong)at + 128, 0, false);
        }

        input.AsSpan(at).CopyTo(block);
        Blake2b.Compress(12, state, MemoryMarshal.Cast<byte, ulong>(block), (ulong)input.Length, 0, true);
        return state;
    }

    private static string Hex(ulong[] state) =>
        Convert.ToHexStringLower(MemoryMarshal.AsBytes(state.AsSpan()));
}
