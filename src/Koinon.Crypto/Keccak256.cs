using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Koinon.Crypto.Hashing;

namespace Koinon.Crypto;

/// <summary>Keccak-256 as Ethereum uses it: the original padding, not SHA3-256's.</summary>
/// <remarks>Stateless and safe from any thread. Source: yellow paper, appendix A (KEC).</remarks>
public static class Keccak256
{
    /// <summary>Length of a digest in bytes.</summary>
    public const int HashBytes = 32;

    /// <summary>Bytes of input that one permutation takes in.</summary>
    internal const int RateBytes = 136;

    /// <summary>Hashes <paramref name="input"/>.</summary>
    /// <param name="input">The message, any length.</param>
    /// <param name="digest">Receives 32 bytes; may overlap the input.</param>
    /// <exception cref="ArgumentException"><paramref name="digest"/> is shorter than 32 bytes.</exception>
    [SkipLocalsInit]
    public static unsafe void Hash(ReadOnlySpan<byte> input, Span<byte> digest)
    {
        if (digest.Length < HashBytes)
        {
            throw new ArgumentException($"A Keccak-256 digest needs {HashBytes} bytes.", nameof(digest));
        }

        // The sponge writes all 25 words before it reads one.
        ulong* state = stackalloc ulong[KeccakPermutation.Words];
        KeccakSponge.Hash(input, RateBytes / sizeof(ulong), state);
        for (int i = 0; i < HashBytes / sizeof(ulong); i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(digest[(i * sizeof(ulong))..], state[i]);
        }
    }

    /// <summary>Hashes many inputs that stand one after another, four at a time where vectors allow.</summary>
    /// <param name="inputs">The inputs, concatenated.</param>
    /// <param name="ends">
    /// Where each input ends in <paramref name="inputs"/>, ascending: input i is ends[i - 1]..ends[i], the first one
    /// begins at 0.
    /// </param>
    /// <param name="digests">Receives 32 bytes an input, in order; must not overlap the inputs.</param>
    /// <remarks>
    /// Made for the nodes of a trie: a writer appends a node to its buffer and its position to the ends. About a
    /// quarter of the time of single hashes.
    /// </remarks>
    /// <exception cref="ArgumentException">The ends do not ascend inside the inputs, or the digests are too short.
    /// </exception>
    public static unsafe void HashMany(ReadOnlySpan<byte> inputs, ReadOnlySpan<int> ends, Span<byte> digests)
    {
        int start = 0;
        foreach (int end in ends)
        {
            if (end < start || end > inputs.Length)
            {
                throw new ArgumentException("The ends must ascend and stay inside the inputs.", nameof(ends));
            }

            start = end;
        }

        CheckDigests(ends.Length, digests);
        if (KeccakPermutation4.IsSupported && ends.Length > 1)
        {
            // In bounds: every end has been checked above, and the digests' length too; fixed keeps all alive.
            fixed (byte* from = inputs)
            fixed (int* stops = ends)
            fixed (byte* to = digests)
            {
                KeccakBatch.Hash(from, stops, 0, ends.Length, to);
            }

            return;
        }

        start = 0;
        for (int i = 0; i < ends.Length; i++)
        {
            Hash(inputs[start..ends[i]], digests[(i * HashBytes)..]);
            start = ends[i];
        }
    }

    /// <summary>Hashes many inputs of one length that stand one after another, four at a time.</summary>
    /// <param name="inputs">The inputs, concatenated: keys of 20 or 32 bytes, say.</param>
    /// <param name="length">The length of each input, at least 1; it divides the length of the inputs.</param>
    /// <param name="digests">Receives 32 bytes an input, in order; must not overlap the inputs.</param>
    /// <exception cref="ArgumentException">The length does not divide the inputs, or too few digests.</exception>
    public static unsafe void HashMany(ReadOnlySpan<byte> inputs, int length, Span<byte> digests)
    {
        if (length < 1 || inputs.Length % length != 0)
        {
            throw new ArgumentException($"{inputs.Length} bytes are not whole inputs of {length}.", nameof(length));
        }

        int count = inputs.Length / length;
        CheckDigests(count, digests);
        if (KeccakPermutation4.IsSupported && count > 1)
        {
            // In bounds: count inputs of this length and their digests have been checked above; fixed keeps both alive.
            fixed (byte* from = inputs)
            fixed (byte* to = digests)
            {
                int done = 0;
                if (length == HashBytes)
                {
                    done = count & ~3;
                    KeccakBatch.HashWords(from, done, to);
                }

                KeccakBatch.Hash(
                    from + ((nint)done * length), null, length, count - done, to + ((nint)done * HashBytes));
            }

            return;
        }

        for (int i = 0; i < count; i++)
        {
            Hash(inputs.Slice(i * length, length), digests[(i * HashBytes)..]);
        }
    }

    private static void CheckDigests(int count, Span<byte> digests)
    {
        if (digests.Length / HashBytes < count)
        {
            throw new ArgumentException($"{count} Keccak-256 digests need {HashBytes} bytes each.", nameof(digests));
        }
    }
}
