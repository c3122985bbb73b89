using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Koinon.State.Tables;

/// <summary>The process-random seed of all tables, and the mixing of words with it.</summary>
/// <remarks>
/// Two words are combined with two seeds by one 64-by-64 multiplication whose halves are folded. Without the seeds
/// nobody can choose keys that collide; a seed never leaves the process.
/// </remarks>
internal static class TableSeed
{
    private static readonly ulong Seed0 = Draw();
    private static readonly ulong Seed1 = Draw();
    private static readonly ulong Seed2 = Draw();
    private static readonly ulong Seed3 = Draw();

    /// <summary>Mixes four words into one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Mix(ulong a, ulong b, ulong c, ulong d, int round)
    {
        ulong salt = unchecked((ulong)round * 0x9E37_79B9_7F4A_7C15);
        ulong low = Fold(a ^ Seed0 ^ salt, b ^ Seed1);
        ulong high = Fold(c ^ Seed2 ^ salt, d ^ Seed3);
        return Fold(low ^ Seed3, high ^ Seed1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        return high ^ low;
    }

    private static ulong Draw()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }
}
