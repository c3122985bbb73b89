using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Koinon.Crypto;

/// <summary>RIPEMD-160, the hash of precompile 3.</summary>
/// <remarks>
/// Stateless and safe from any thread. Source: Dobbertin, Bosselaers, Preneel, "RIPEMD-160: a strengthened version of
/// RIPEMD" (1996), whose names the code keeps: two lines of 80 steps, joined at the end.
/// </remarks>
public static class Ripemd160
{
    /// <summary>Length of a digest in bytes.</summary>
    public const int HashBytes = 20;

    private const int BlockBytes = 64;
    private const int Steps = 80;

    /// <summary>Which word of the block each step of the left line takes.</summary>
    private static ReadOnlySpan<byte> LeftWords =>
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        7, 4, 13, 1, 10, 6, 15, 3, 12, 0, 9, 5, 2, 14, 11, 8,
        3, 10, 14, 4, 9, 15, 8, 1, 2, 7, 0, 6, 13, 11, 5, 12,
        1, 9, 11, 10, 0, 8, 12, 4, 13, 3, 7, 15, 14, 5, 6, 2,
        4, 0, 5, 9, 7, 12, 2, 10, 14, 1, 3, 8, 11, 6, 15, 13,
    ];

    /// <summary>Which word of the block each step of the right line takes.</summary>
    private static ReadOnlySpan<byte> RightWords =>
    [
        5, 14, 7, 0, 9, 2, 11, 4, 13, 6, 15, 8, 1, 10, 3, 12,
        6, 11, 3, 7, 0, 13, 5, 10, 14, 15, 8, 12, 4, 9, 1, 2,
        15, 5, 1, 3, 7, 14, 6, 9, 11, 8, 12, 2, 10, 0, 4, 13,
        8, 6, 4, 1, 3, 11, 15, 0, 5, 12, 2, 13, 9, 7, 10, 14,
        12, 15, 10, 4, 1, 5, 8, 7, 6, 2, 13, 14, 0, 3, 9, 11,
    ];

    /// <summary>How far each step of the left line rotates.</summary>
    private static ReadOnlySpan<byte> LeftRotations =>
    [
        11, 14, 15, 12, 5, 8, 7, 9, 11, 13, 14, 15, 6, 7, 9, 8,
        7, 6, 8, 13, 11, 9, 7, 15, 7, 12, 15, 9, 11, 7, 13, 12,
        11, 13, 6, 7, 14, 9, 13, 15, 14, 8, 13, 6, 5, 12, 7, 5,
        11, 12, 14, 15, 14, 15, 9, 8, 9, 14, 5, 6, 8, 6, 5, 12,
        9, 15, 5, 11, 6, 8, 13, 12, 5, 12, 13, 14, 11, 8, 5, 6,
    ];

    /// <summary>How far each step of the right line rotates.</summary>
    private static ReadOnlySpan<byte> RightRotations =>
    [
        8, 9, 9, 11, 13, 15, 15, 5, 7, 7, 8, 11, 14, 14, 12, 6,
        9, 13, 15, 7, 12, 8, 9, 11, 7, 7, 12, 7, 6, 15, 13, 11,
        9, 7, 15, 11, 8, 6, 6, 14, 12, 13, 5, 14, 13, 13, 7, 5,
        15, 5, 8, 11, 14, 14, 6, 14, 6, 9, 12, 9, 12, 5, 15, 8,
        8, 5, 12, 9, 12, 5, 14, 6, 8, 13, 6, 5, 15, 13, 11, 11,
    ];

    private static ReadOnlySpan<uint> LeftConstants => [0, 0x5A827999, 0x6ED9EBA1, 0x8F1BBCDC, 0xA953FD4E];

    private static ReadOnlySpan<uint> RightConstants => [0x50A28BE6, 0x5C4DD124, 0x6D703EF3, 0x7A6D76E9, 0];

    /// <summary>Hashes <paramref name="input"/>.</summary>
    /// <param name="input">The message, any length.</param>
    /// <param name="digest">Receives 20 bytes; may overlap the input.</param>
    /// <exception cref="ArgumentException"><paramref name="digest"/> is shorter than 20 bytes.</exception>
    public static void Hash(ReadOnlySpan<byte> input, Span<byte> digest)
    {
        if (digest.Length < HashBytes)
        {
            throw new ArgumentException($"A RIPEMD-160 digest needs {HashBytes} bytes.", nameof(digest));
        }

        Span<uint> state = [0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0];
        ReadOnlySpan<byte> rest = input;
        for (; rest.Length >= BlockBytes; rest = rest[BlockBytes..])
        {
            Compress(state, rest);
        }

        // The padding: a set bit, zeros, the length in bits; one block, or two when the length does not fit any more.
        Span<byte> padded = stackalloc byte[2 * BlockBytes];
        padded.Clear();
        rest.CopyTo(padded);
        padded[rest.Length] = 0x80;
        int paddedBytes = rest.Length < BlockBytes - sizeof(ulong) ? BlockBytes : 2 * BlockBytes;
        BinaryPrimitives.WriteUInt64LittleEndian(padded[(paddedBytes - sizeof(ulong))..], (ulong)input.Length << 3);
        for (int at = 0; at < paddedBytes; at += BlockBytes)
        {
            Compress(state, padded[at..]);
        }

        for (int i = 0; i < state.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(digest[(i * sizeof(uint))..], state[i]);
        }
    }

    private static void Compress(Span<uint> state, ReadOnlySpan<byte> block)
    {
        Span<uint> words = stackalloc uint[BlockBytes / sizeof(uint)];
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = BinaryPrimitives.ReadUInt32LittleEndian(block[(i * sizeof(uint))..]);
        }

        uint a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
        uint a2 = a, b2 = b, c2 = c, d2 = d, e2 = e;
        for (int step = 0; step < Steps; step++)
        {
            int round = step >> 4;
            uint sum = a + Select(round, b, c, d) + words[LeftWords[step]] + LeftConstants[round];
            uint next = BitOperations.RotateLeft(sum, LeftRotations[step]) + e;
            (a, e, d, c, b) = (e, d, BitOperations.RotateLeft(c, 10), b, next);

            sum = a2 + Select(4 - round, b2, c2, d2) + words[RightWords[step]] + RightConstants[round];
            next = BitOperations.RotateLeft(sum, RightRotations[step]) + e2;
            (a2, e2, d2, c2, b2) = (e2, d2, BitOperations.RotateLeft(c2, 10), b2, next);
        }

        uint joined = state[1] + c + d2;
        state[1] = state[2] + d + e2;
        state[2] = state[3] + e + a2;
        state[3] = state[4] + a + b2;
        state[4] = state[0] + b + c2;
        state[0] = joined;
    }

    /// <summary>The five boolean functions, by round; the right line takes them in the opposite order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Select(int round, uint x, uint y, uint z) => round switch
    {
        0 => x ^ y ^ z,
        1 => (x & y) | (~x & z),
        2 => (x | ~y) ^ z,
        3 => (x & z) | (y & ~z),
        _ => x ^ (y | ~z),
    };
}
