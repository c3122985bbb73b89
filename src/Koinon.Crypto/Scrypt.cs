using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Koinon.Crypto;

/// <summary>The password hash scrypt, which guards the keys of a Web3 key store.</summary>
/// <remarks>Stateless and safe from any thread. Source: RFC 7914, whose letters the code keeps.</remarks>
public static unsafe class Scrypt
{
    /// <summary>The memory allowed unless the caller says otherwise: twice what the usual parameters need.</summary>
    public const long DefaultMemoryLimit = 512L << 20;

    private const int SalsaWords = 16;

    /// <summary>Derives a key from a password.</summary>
    /// <param name="password">The password's bytes.</param>
    /// <param name="salt">The salt.</param>
    /// <param name="cost">N: a power of two above 1; 262,144 in a usual key store.</param>
    /// <param name="blockSize">r: 8 in a usual key store.</param>
    /// <param name="parallelization">p: 1 in a usual key store; the passes run one after another.</param>
    /// <param name="key">Receives the key, any length of at least one byte.</param>
    /// <param name="memoryLimit">The most memory to take, in bytes; 128 r (N + p + 2) are needed.</param>
    /// <returns>
    /// <see langword="false"/> when the parameters are not scrypt's or need more memory than allowed; the key is left
    /// as it was.
    /// </returns>
    /// <remarks>About a second and 256 MiB with the usual parameters.</remarks>
    public static bool TryDerive(
        ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int cost, int blockSize, int parallelization,
        Span<byte> key, long memoryLimit = DefaultMemoryLimit)
    {
        if (cost < 2 || !BitOperations.IsPow2(cost) || blockSize < 1 || parallelization < 1 || key.IsEmpty
            || (long)blockSize * parallelization >= 1 << 30)
        {
            return false;
        }

        // Below 2^73 by the sizes of the factors, hence the wide product; RFC 7914 bounds r * p by 2^30.
        Int128 needed = (Int128)128 * blockSize * ((long)cost + parallelization + 2);
        if (needed > memoryLimit || (long)blockSize * parallelization * 128 > Array.MaxLength)
        {
            return false;
        }

        int chunkBytes = 128 * blockSize;
        byte[] chunks = new byte[chunkBytes * parallelization];
        Rfc2898DeriveBytes.Pbkdf2(password, salt, chunks, 1, HashAlgorithmName.SHA256);
        // X and Y of one chunk, then V: N copies of a chunk. Freed below, used by this call alone.
        uint* memory = (uint*)NativeMemory.Alloc((nuint)chunkBytes, (nuint)cost + 2);
        try
        {
            for (int i = 0; i < parallelization; i++)
            {
                MixChunk(chunks.AsSpan(i * chunkBytes, chunkBytes), memory, cost, blockSize);
            }
        }
        finally
        {
            NativeMemory.Free(memory);
        }

        Rfc2898DeriveBytes.Pbkdf2(password, chunks, key, 1, HashAlgorithmName.SHA256);
        CryptographicOperations.ZeroMemory(chunks);
        return true;
    }

    /// <summary>scryptROMix (RFC 7914, section 5) of one chunk in place.</summary>
    private static void MixChunk(Span<byte> chunk, uint* memory, int cost, int blockSize)
    {
        nint words = (nint)blockSize * 2 * SalsaWords;
        uint* x = memory;
        uint* y = x + words;
        uint* v = y + words;
        for (int i = 0; i < words; i++)
        {
            x[i] = BinaryPrimitives.ReadUInt32LittleEndian(chunk[(i * sizeof(uint))..]);
        }

        // The cost is even: two steps a turn, so that the chunk stands in X again.
        for (nint i = 0; i < cost; i += 2)
        {
            Unsafe.CopyBlock(v + (i * words), x, (uint)words * sizeof(uint));
            MixBlocks(x, y, blockSize);
            Unsafe.CopyBlock(v + ((i + 1) * words), y, (uint)words * sizeof(uint));
            MixBlocks(y, x, blockSize);
        }

        for (int i = 0; i < cost; i += 2)
        {
            MixChosen(x, y, v, cost, blockSize);
            MixChosen(y, x, v, cost, blockSize);
        }

        for (int i = 0; i < words; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(chunk[(i * sizeof(uint))..], x[i]);
        }
    }

    /// <summary>Mixes X with the stored copy it names itself, into <paramref name="y"/>.</summary>
    private static void MixChosen(uint* x, uint* y, uint* v, int cost, int blockSize)
    {
        // Integerify takes the first words of the last 64 bytes; the cost is below 2^31, so one word is enough.
        nint words = (nint)blockSize * 2 * SalsaWords;
        uint* chosen = v + ((nint)(x[words - SalsaWords] & (uint)(cost - 1)) * words);
        for (nint i = 0; i < words; i++)
        {
            x[i] ^= chosen[i];
        }

        MixBlocks(x, y, blockSize);
    }

    /// <summary>scryptBlockMix (RFC 7914, section 4): even blocks go to the first half, odd to the second.</summary>
    private static void MixBlocks(uint* from, uint* to, int blockSize)
    {
        uint* block = stackalloc uint[SalsaWords];
        Unsafe.CopyBlock(block, from + (((2 * (nint)blockSize) - 1) * SalsaWords), SalsaWords * sizeof(uint));
        for (nint i = 0; i < 2 * blockSize; i++)
        {
            Salsa(block, from + (i * SalsaWords), to + (((i >> 1) + ((i & 1) * blockSize)) * SalsaWords));
        }
    }

    /// <summary>Salsa20/8 (RFC 7914, section 3) of block xor other, into the block and <paramref name="to"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Salsa(uint* block, uint* other, uint* to)
    {
        for (int i = 0; i < SalsaWords; i++)
        {
            block[i] ^= other[i];
        }

        uint x0 = block[0], x1 = block[1], x2 = block[2], x3 = block[3];
        uint x4 = block[4], x5 = block[5], x6 = block[6], x7 = block[7];
        uint x8 = block[8], x9 = block[9], x10 = block[10], x11 = block[11];
        uint x12 = block[12], x13 = block[13], x14 = block[14], x15 = block[15];
        for (int i = 0; i < 4; i++)
        {
            QuarterRound(ref x0, ref x4, ref x8, ref x12);
            QuarterRound(ref x5, ref x9, ref x13, ref x1);
            QuarterRound(ref x10, ref x14, ref x2, ref x6);
            QuarterRound(ref x15, ref x3, ref x7, ref x11);
            QuarterRound(ref x0, ref x1, ref x2, ref x3);
            QuarterRound(ref x5, ref x6, ref x7, ref x4);
            QuarterRound(ref x10, ref x11, ref x8, ref x9);
            QuarterRound(ref x15, ref x12, ref x13, ref x14);
        }

        to[0] = block[0] += x0;
        to[1] = block[1] += x1;
        to[2] = block[2] += x2;
        to[3] = block[3] += x3;
        to[4] = block[4] += x4;
        to[5] = block[5] += x5;
        to[6] = block[6] += x6;
        to[7] = block[7] += x7;
        to[8] = block[8] += x8;
        to[9] = block[9] += x9;
        to[10] = block[10] += x10;
        to[11] = block[11] += x11;
        to[12] = block[12] += x12;
        to[13] = block[13] += x13;
        to[14] = block[14] += x14;
        to[15] = block[15] += x15;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void QuarterRound(ref uint a, ref uint b, ref uint c, ref uint d)
    {
        b ^= BitOperations.RotateLeft(a + d, 7);
        c ^= BitOperations.RotateLeft(b + a, 9);
        d ^= BitOperations.RotateLeft(c + b, 13);
        a ^= BitOperations.RotateLeft(d + c, 18);
    }
}
