using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Koinon.Crypto.Hashing;

/// <summary>The sponge over Keccak-f[1600] with Ethereum's padding: 0x01 after the input, not SHA-3's 0x06.</summary>
internal static unsafe class KeccakSponge
{
    /// <summary>Absorbs the whole input into a zeroed state and applies the last permutation.</summary>
    /// <param name="input">The message, any length.</param>
    /// <param name="rateWords">Words absorbed by a permutation: 17 for Keccak-256, 9 for Keccak-512.</param>
    /// <param name="state">25 words, all written; the digest stands in the first ones.</param>
    [SkipLocalsInit]
    internal static void Hash(ReadOnlySpan<byte> input, int rateWords, ulong* state)
    {
        new Span<ulong>(state, KeccakPermutation.Words).Clear();
        int rateBytes = rateWords * sizeof(ulong);
        while (input.Length >= rateBytes)
        {
            for (int i = 0; i < rateWords; i++)
            {
                state[i] ^= BinaryPrimitives.ReadUInt64LittleEndian(input[(i * sizeof(ulong))..]);
            }

            KeccakPermutation.Permute(state);
            input = input[rateBytes..];
        }

        int words = input.Length / sizeof(ulong);
        for (int i = 0; i < words; i++)
        {
            state[i] ^= BinaryPrimitives.ReadUInt64LittleEndian(input[(i * sizeof(ulong))..]);
        }

        ReadOnlySpan<byte> rest = input[(words * sizeof(ulong))..];
        ulong last = 1;
        for (int i = rest.Length - 1; i >= 0; i--)
        {
            last = (last << 8) | rest[i];
        }

        state[words] ^= last;
        state[rateWords - 1] ^= 1UL << 63;
        KeccakPermutation.Permute(state);
    }
}
