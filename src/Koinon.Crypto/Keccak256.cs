using System.Buffers.Binary;
using System.Runtime.CompilerServices;

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
}
