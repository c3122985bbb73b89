using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Koinon.Crypto;

/// <summary>The compression function F of BLAKE2b with any number of rounds: precompile 9.</summary>
/// <remarks>Stateless and safe from any thread. Source: EIP-152, RFC 7693 section 3.2.</remarks>
public static class Blake2b
{
    /// <summary>Words of the state h.</summary>
    public const int StateWords = 8;

    /// <summary>Words of the message block m.</summary>
    public const int BlockWords = 16;

    private const int Schedules = 10;

    /// <summary>The initialisation vector, that of SHA-512.</summary>
    private static ReadOnlySpan<ulong> InitialVector =>
    [
        0x6A09E667F3BCC908, 0xBB67AE8584CAA73B, 0x3C6EF372FE94F82B, 0xA54FF53A5F1D36F1,
        0x510E527FADE682D1, 0x9B05688C2B3E6C1F, 0x1F83D9ABFB41BD6B, 0x5BE0CD19137E2179,
    ];

    /// <summary>Which words of the message each round takes; round r takes schedule r modulo 10.</summary>
    private static ReadOnlySpan<byte> Sigma =>
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3,
        11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4,
        7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8,
        9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13,
        2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9,
        12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11,
        13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10,
        6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5,
        10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0,
    ];

    /// <summary>Compresses one block into the state.</summary>
    /// <param name="rounds">How many rounds; BLAKE2b itself has 12. Time grows with it, about 15 ns each.</param>
    /// <param name="state">The state h, 8 words, changed in place.</param>
    /// <param name="block">The message block m, 16 words.</param>
    /// <param name="offsetLow">The low word of the offset counter t.</param>
    /// <param name="offsetHigh">The high word of the offset counter t.</param>
    /// <param name="final">Whether this is the last block.</param>
    /// <exception cref="ArgumentException">The state or the block is too short.</exception>
    public static void Compress(
        uint rounds, Span<ulong> state, ReadOnlySpan<ulong> block, ulong offsetLow, ulong offsetHigh, bool final)
    {
        if (state.Length < StateWords || block.Length < BlockWords)
        {
            throw new ArgumentException($"BLAKE2b takes {StateWords} words of state and {BlockWords} of message.");
        }

        Span<ulong> work = stackalloc ulong[BlockWords];
        state[..StateWords].CopyTo(work);
        InitialVector.CopyTo(work[StateWords..]);
        work[12] ^= offsetLow;
        work[13] ^= offsetHigh;
        work[14] ^= final ? ulong.MaxValue : 0;
        if (Vector256.IsHardwareAccelerated)
        {
            MixVectors(rounds, work, block);
        }
        else
        {
            MixWords(rounds, work, block);
        }

        for (int i = 0; i < StateWords; i++)
        {
            state[i] ^= work[i] ^ work[i + StateWords];
        }
    }

    /// <summary>The rounds, word by word: the scalar twin of <see cref="MixVectors"/>.</summary>
    internal static void MixWords(uint rounds, Span<ulong> v, ReadOnlySpan<ulong> m)
    {
        int schedule = 0;
        for (uint round = 0; round < rounds; round++)
        {
            ReadOnlySpan<byte> s = Sigma.Slice(schedule * BlockWords, BlockWords);
            Mix(ref v[0], ref v[4], ref v[8], ref v[12], m[s[0]], m[s[1]]);
            Mix(ref v[1], ref v[5], ref v[9], ref v[13], m[s[2]], m[s[3]]);
            Mix(ref v[2], ref v[6], ref v[10], ref v[14], m[s[4]], m[s[5]]);
            Mix(ref v[3], ref v[7], ref v[11], ref v[15], m[s[6]], m[s[7]]);
            Mix(ref v[0], ref v[5], ref v[10], ref v[15], m[s[8]], m[s[9]]);
            Mix(ref v[1], ref v[6], ref v[11], ref v[12], m[s[10]], m[s[11]]);
            Mix(ref v[2], ref v[7], ref v[8], ref v[13], m[s[12]], m[s[13]]);
            Mix(ref v[3], ref v[4], ref v[9], ref v[14], m[s[14]], m[s[15]]);
            schedule = schedule == Schedules - 1 ? 0 : schedule + 1;
        }
    }

    /// <summary>The rounds, four columns or diagonals at a time.</summary>
    /// <remarks>
    /// What a schedule adds is put in order once for all of its rounds, and rows a, c, d are turned instead of b, which
    /// is the last to be ready: so a round waits for its own chain of additions and rotations alone.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static unsafe void MixVectors(uint rounds, Span<ulong> v, ReadOnlySpan<ulong> message)
    {
        // In bounds: a schedule's indices are below 16, the words of a message, and it takes four vectors of the 40;
        // fixed keeps message and schedules alive. The 1,280 bytes are a constant, taken once a call.
        Debug.Assert(message.Length >= BlockWords, "The caller has checked the message.");
        Vector256<ulong>* added = stackalloc Vector256<ulong>[4 * Schedules];
        int schedules = (int)Math.Min(rounds, Schedules);
        fixed (ulong* m = message)
        fixed (byte* s = Sigma)
        {
            for (int i = 0; i < schedules; i++)
            {
                byte* indices = s + (i * BlockWords);
                added[4 * i] = Gather(m, indices);
                added[(4 * i) + 1] = Gather(m, indices + 1);
                added[(4 * i) + 2] = Vector256.Shuffle(Gather(m, indices + 8), Vector256.Create(3UL, 0, 1, 2));
                added[(4 * i) + 3] = Vector256.Shuffle(Gather(m, indices + 9), Vector256.Create(3UL, 0, 1, 2));
            }
        }

        Vector256<ulong> a = Vector256.Create<ulong>(v);
        Vector256<ulong> b = Vector256.Create<ulong>(v[4..]);
        Vector256<ulong> c = Vector256.Create<ulong>(v[8..]);
        Vector256<ulong> d = Vector256.Create<ulong>(v[12..]);
        Vector256<ulong>* next = added;
        Vector256<ulong>* end = added + (4 * Schedules);
        for (uint round = 0; round < rounds; round++)
        {
            Mix(ref a, ref b, ref c, ref d, next[0], next[1]);

            // Lane j of the diagonals is a[j-1], b[j], c[j+1], d[j+2]: turned so, they are columns.
            a = Vector256.Shuffle(a, Vector256.Create(3UL, 0, 1, 2));
            c = Vector256.Shuffle(c, Vector256.Create(1UL, 2, 3, 0));
            d = Vector256.Shuffle(d, Vector256.Create(2UL, 3, 0, 1));
            Mix(ref a, ref b, ref c, ref d, next[2], next[3]);
            a = Vector256.Shuffle(a, Vector256.Create(1UL, 2, 3, 0));
            c = Vector256.Shuffle(c, Vector256.Create(3UL, 0, 1, 2));
            d = Vector256.Shuffle(d, Vector256.Create(2UL, 3, 0, 1));
            next = next + 4 == end ? added : next + 4;
        }

        a.CopyTo(v);
        b.CopyTo(v[4..]);
        c.CopyTo(v[8..]);
        d.CopyTo(v[12..]);
    }

    /// <summary>Every second word of a schedule: what the four columns add in one half of a round.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector256<ulong> Gather(ulong* m, byte* s) =>
        Vector256.Create(m[s[0]], m[s[2]], m[s[4]], m[s[6]]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(ref ulong a, ref ulong b, ref ulong c, ref ulong d, ulong x, ulong y)
    {
        a = a + b + x;
        d = BitOperations.RotateRight(d ^ a, 32);
        c += d;
        b = BitOperations.RotateRight(b ^ c, 24);
        a = a + b + y;
        d = BitOperations.RotateRight(d ^ a, 16);
        c += d;
        b = BitOperations.RotateRight(b ^ c, 63);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(
        ref Vector256<ulong> a, ref Vector256<ulong> b, ref Vector256<ulong> c, ref Vector256<ulong> d,
        Vector256<ulong> x, Vector256<ulong> y)
    {
        a = a + x + b;
        d = RotateRight(d ^ a, 32);
        c += d;
        b = RotateRight(b ^ c, 24);
        a = a + y + b;
        d = RotateRight(d ^ a, 16);
        c += d;
        b = RotateRight(b ^ c, 63);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> RotateRight(Vector256<ulong> value, byte count) =>
        Avx512F.VL.IsSupported
            ? Avx512F.VL.RotateRightVariable(value, Vector256.Create((ulong)count))
            : (value >>> count) | (value << (64 - count));
}
