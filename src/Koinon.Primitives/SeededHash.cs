using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Koinon.Primitives;

/// <summary>Hashes for tables whose keys strangers choose: addresses, slots, digests.</summary>
/// <remarks>
/// Each word meets a secret of the process before it meets another word: two of them are combined by one 64-by-64
/// multiplication whose halves are folded. Words that are combined first and seeded afterwards (by an exclusive or, a
/// rotation, the folding of a 64-bit word to 32 bits) collide for whoever chooses them, whatever the seed. The seeds
/// differ from run to run and never leave the process. Safe from any thread, allocates nothing.
/// </remarks>
public static class SeededHash
{
    private static readonly ulong Seed0 = Draw();
    private static readonly ulong Seed1 = Draw();
    private static readonly ulong Seed2 = Draw();
    private static readonly ulong Seed3 = Draw();

    /// <summary>Mixes four words into one.</summary>
    /// <param name="a">A word.</param>
    /// <param name="b">A word.</param>
    /// <param name="c">A word.</param>
    /// <param name="d">A word.</param>
    /// <param name="salt">Tells apart what the same words stand for; 0 where there is one thing only.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mix(ulong a, ulong b, ulong c, ulong d, ulong salt = 0)
    {
        ulong low = Fold(a ^ Seed0, b ^ Seed1);
        ulong high = Fold(c ^ Seed2, d ^ Seed3);
        return Fold(low ^ Seed3 ^ salt, high ^ Seed1);
    }

    /// <summary>One word to the 32 bits of <see cref="object.GetHashCode"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int ToInt32(ulong hash) => unchecked((int)(hash ^ (hash >> 32)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        return high ^ low;
    }

    private static ulong Draw()
    {
        // From the system's secure source, without loading a library of cryptography. Six of a Guid's 128 bits are
        // fixed; two of them cover each other's.
        Span<byte> bytes = stackalloc byte[2 * sizeof(ulong)];
        Guid.NewGuid().TryWriteBytes(bytes);
        ulong half = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        Guid.NewGuid().TryWriteBytes(bytes);
        return half ^ BitOperations.RotateLeft(BinaryPrimitives.ReadUInt64LittleEndian(bytes), 32);
    }
}
