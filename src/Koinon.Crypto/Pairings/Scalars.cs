using System.Buffers.Binary;

namespace Koinon.Crypto.Pairings;

/// <summary>Factors of points: numbers of 256 bits.</summary>
internal static class Scalars
{
    /// <summary>Reads 32 big-endian bytes into four limbs, least significant first.</summary>
    internal static void Read(ReadOnlySpan<byte> bytes, Span<ulong> limbs)
    {
        for (int i = 0; i < 4; i++) limbs[i] = BinaryPrimitives.ReadUInt64BigEndian(bytes[(24 - 8 * i)..]);
    }
}
