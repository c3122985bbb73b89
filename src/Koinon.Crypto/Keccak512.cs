using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Koinon.Crypto.Hashing;

namespace Koinon.Crypto;

/// <summary>Keccak-512 as Ethash uses it: the original padding, not SHA3-512's.</summary>
/// <remarks>Stateless and safe from any thread. Source: yellow paper, appendix J (KEC512).</remarks>
public static class Keccak512
{
    /// <summary>Length of a digest in bytes.</summary>
    public const int HashBytes = 64;

    /// <summary>Bytes of input that one permutation takes in.</summary>
    internal const int RateBytes = 72;

    /// <summary>Hashes <paramref name="input"/>.</summary>
    /// <param name="input">The message, any length.</param>
    /// <param name="digest">Receives 64 bytes; may overlap the input.</param>
    /// <exception cref="ArgumentException"><paramref name="digest"/> is shorter than 64 bytes.</exception>
    [SkipLocalsInit]
    public static unsafe void Hash(ReadOnlySpan<byte> input, Span<byte> digest)
    {
        if (digest.Length < HashBytes)
        {
            throw new ArgumentException($"A Keccak-512 digest needs {HashBytes} bytes.", nameof(digest));
        }

        // The sponge writes all 25 words before it reads one.
        ulong* state = stackalloc ulong[KeccakPermutation.Words];
        KeccakSponge.Hash(input, RateBytes / sizeof(ulong), state);
        for (int i = 0; i < HashBytes / sizeof(ulong); i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(digest[(i * sizeof(ulong))..], state[i]);
        }
    }
}
