using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Koinon.Crypto.Hashing;

/// <summary>Keccak-256 of many inputs, four sponges side by side.</summary>
/// <remarks>
/// A lane that has finished its input takes the next one at once, so inputs of unequal length keep all lanes busy.
/// </remarks>
internal static unsafe class KeccakBatch
{
    private const int Lanes = 4;
    private const int RateWords = Keccak256.RateBytes / sizeof(ulong);

    /// <summary>Room for a last block: the rate, rounded up to whole vectors.</summary>
    private const int TailBytes = 160;

    /// <summary>Hashes <paramref name="count"/> inputs that stand one after another.</summary>
    /// <param name="inputs">The inputs; the caller has checked that all of them lie inside.</param>
    /// <param name="ends">Where each input ends, ascending; null when all have the same length.</param>
    /// <param name="length">The length of each input when <paramref name="ends"/> is null.</param>
    /// <param name="count">How many inputs there are.</param>
    /// <param name="digests">Receives 32 bytes an input; must not overlap the inputs.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Hash(byte* inputs, int* ends, int length, int count, byte* digests)
    {
        Debug.Assert(KeccakPermutation4.IsSupported, "The caller takes the scalar way without vectors.");
        // Aligned by hand: a vector that straddles two cache lines costs twice.
        byte* room = stackalloc byte[(KeccakPermutation.Words + 1) * sizeof(Vector256<ulong>)];
        Vector256<ulong>* states = (Vector256<ulong>*)(((nuint)room + 31) & ~(nuint)31);
        byte* tails = stackalloc byte[Lanes * TailBytes];
        byte** positions = stackalloc byte*[Lanes];
        byte** blocks = stackalloc byte*[Lanes];
        int* left = stackalloc int[Lanes];
        int* indices = stackalloc int[Lanes];
        for (int lane = 0; lane < Lanes; lane++)
        {
            indices[lane] = -1;
        }

        int next = 0;
        int unfinished = count;
        while (unfinished > 0)
        {
            // All ones keeps a lane's state, zero begins a new sponge.
            Vector256<ulong> keep = Vector256<ulong>.AllBitsSet;
            for (int lane = 0; lane < Lanes; lane++)
            {
                if (indices[lane] < 0)
                {
                    keep = keep.WithElement(lane, 0UL);
                    if (next == count)
                    {
                        // An idle lane permutes an empty tail that nobody reads.
                        WriteTail(inputs, 0, blocks[lane] = tails + (lane * TailBytes));
                        continue;
                    }

                    int start = ends == null ? next * length : next == 0 ? 0 : ends[next - 1];
                    positions[lane] = inputs + start;
                    left[lane] = ends == null ? length : ends[next] - start;
                    indices[lane] = next++;
                }

                if (left[lane] >= Keccak256.RateBytes)
                {
                    blocks[lane] = positions[lane];
                    positions[lane] += Keccak256.RateBytes;
                }
                else
                {
                    WriteTail(positions[lane], left[lane], blocks[lane] = tails + (lane * TailBytes));
                }

                left[lane] -= Keccak256.RateBytes;
            }

            Absorb(states, blocks, keep);
            KeccakPermutation4.Permute(states);
            Vector256<ulong> digest0 = states[0];
            Vector256<ulong> digest1 = states[1];
            Vector256<ulong> digest2 = states[2];
            Vector256<ulong> digest3 = states[3];
            Transpose(ref digest0, ref digest1, ref digest2, ref digest3);
            unfinished -= Finish(digest0, ref indices[0], left[0], digests);
            unfinished -= Finish(digest1, ref indices[1], left[1], digests);
            unfinished -= Finish(digest2, ref indices[2], left[2], digests);
            unfinished -= Finish(digest3, ref indices[3], left[3], digests);
        }
    }

    /// <summary>Hashes inputs of 32 bytes, four at a time: no block is assembled, the padding is known.</summary>
    /// <param name="inputs">The inputs, one after another.</param>
    /// <param name="count">How many inputs there are, a multiple of four.</param>
    /// <param name="digests">Receives 32 bytes an input; must not overlap the inputs.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void HashWords(byte* inputs, int count, byte* digests)
    {
        Debug.Assert(count % Lanes == 0, "The caller hashes the rest.");
        byte* room = stackalloc byte[(KeccakPermutation.Words + 1) * sizeof(Vector256<ulong>)];
        Vector256<ulong>* states = (Vector256<ulong>*)(((nuint)room + 31) & ~(nuint)31);
        for (nint i = 0; i < count; i += Lanes)
        {
            ulong* words = (ulong*)(inputs + (i * sizeof(Vector256<ulong>)));
            Vector256<ulong> row0 = Vector256.Load(words);
            Vector256<ulong> row1 = Vector256.Load(words + 4);
            Vector256<ulong> row2 = Vector256.Load(words + 8);
            Vector256<ulong> row3 = Vector256.Load(words + 12);
            Transpose(ref row0, ref row1, ref row2, ref row3);
            states[0] = row0;
            states[1] = row1;
            states[2] = row2;
            states[3] = row3;
            states[4] = Vector256.Create(1UL);
            for (int word = 5; word < KeccakPermutation.Words; word++)
            {
                states[word] = Vector256<ulong>.Zero;
            }

            states[RateWords - 1] = Vector256.Create(1UL << 63);
            KeccakPermutation4.Permute(states);
            row0 = states[0];
            row1 = states[1];
            row2 = states[2];
            row3 = states[3];
            Transpose(ref row0, ref row1, ref row2, ref row3);
            ulong* digest = (ulong*)(digests + (i * Keccak256.HashBytes));
            row0.Store(digest);
            row1.Store(digest + 4);
            row2.Store(digest + 8);
            row3.Store(digest + 12);
        }
    }

    /// <summary>Writes the digest of a lane whose last block has been absorbed and frees the lane.</summary>
    /// <returns>1 when the lane finished its input, 0 otherwise.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Finish(Vector256<ulong> digest, ref int index, int left, byte* digests)
    {
        if (index < 0 || left >= 0)
        {
            return 0;
        }

        digest.AsByte().Store(digests + ((nint)index * Keccak256.HashBytes));
        index = -1;
        return 1;
    }

    /// <summary>Writes an input's last bytes, fewer than the rate, and the padding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteTail(byte* source, int length, byte* tail)
    {
        Vector256<byte> zero = default;
        for (int i = 0; i < TailBytes; i += sizeof(Vector256<byte>))
        {
            zero.Store(tail + i);
        }

        Unsafe.CopyBlockUnaligned(tail, source, (uint)length);
        tail[length] = 1;
        tail[Keccak256.RateBytes - 1] |= 0x80;
    }

    /// <summary>Exclusive-ors one block of each lane into its state, clearing the states that begin.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Absorb(Vector256<ulong>* states, byte** blocks, Vector256<ulong> keep)
    {
        // 16 words as four squares of four words by four lanes; each load ends before byte 128 of a block of 136.
        for (int word = 0; word < RateWords - 1; word += Lanes)
        {
            int offset = word * sizeof(ulong);
            Vector256<ulong> row0 = Vector256.Load((ulong*)(blocks[0] + offset));
            Vector256<ulong> row1 = Vector256.Load((ulong*)(blocks[1] + offset));
            Vector256<ulong> row2 = Vector256.Load((ulong*)(blocks[2] + offset));
            Vector256<ulong> row3 = Vector256.Load((ulong*)(blocks[3] + offset));
            Transpose(ref row0, ref row1, ref row2, ref row3);
            states[word] = (states[word] & keep) ^ row0;
            states[word + 1] = (states[word + 1] & keep) ^ row1;
            states[word + 2] = (states[word + 2] & keep) ^ row2;
            states[word + 3] = (states[word + 3] & keep) ^ row3;
        }

        int last = (RateWords - 1) * sizeof(ulong);
        states[RateWords - 1] = (states[RateWords - 1] & keep) ^ Vector256.Create(
            *(ulong*)(blocks[0] + last), *(ulong*)(blocks[1] + last), *(ulong*)(blocks[2] + last),
            *(ulong*)(blocks[3] + last));
        for (int word = RateWords; word < KeccakPermutation.Words; word++)
        {
            states[word] &= keep;
        }
    }

    /// <summary>Swaps rows and columns: vector i of the result holds word i of the four arguments.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(
        ref Vector256<ulong> a, ref Vector256<ulong> b, ref Vector256<ulong> c, ref Vector256<ulong> d)
    {
        Vector256<ulong> ab02 = Avx2.UnpackLow(a, b);  // a0 b0 a2 b2
        Vector256<ulong> ab13 = Avx2.UnpackHigh(a, b); // a1 b1 a3 b3
        Vector256<ulong> cd02 = Avx2.UnpackLow(c, d);  // c0 d0 c2 d2
        Vector256<ulong> cd13 = Avx2.UnpackHigh(c, d); // c1 d1 c3 d3
        a = Avx2.Permute2x128(ab02, cd02, 0x20);       // a0 b0 c0 d0
        b = Avx2.Permute2x128(ab13, cd13, 0x20);       // a1 b1 c1 d1
        c = Avx2.Permute2x128(ab02, cd02, 0x31);       // a2 b2 c2 d2
        d = Avx2.Permute2x128(ab13, cd13, 0x31);       // a3 b3 c3 d3
    }
}
