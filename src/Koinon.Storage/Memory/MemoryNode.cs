using System.Buffers.Binary;

namespace Koinon.Storage.Memory;

/// <summary>A node of a persistent ordered tree: a leaf of entries, or a branch of lower nodes.</summary>
/// <remarks>
/// Whoever holds its mark may change it in place: the one writer whose transaction made it. To all others it is
/// immutable, and so it is to everybody once that transaction has ended.
/// </remarks>
internal abstract class MemoryNode(object owner)
{
    /// <summary>The most slots of a node: a copy of it stays some hundred bytes.</summary>
    public const int SlotsMax = 32;

    /// <summary>With fewer slots a node looks for a neighbour to be merged with.</summary>
    public const int SlotsFew = 8;

    /// <summary>The most slots of a merged node: the next additions do not split it at once.</summary>
    public const int SlotsMerged = 24;

    public readonly object Owner = owner;

    /// <summary>How many slots are in use: never none.</summary>
    public int Count;

    /// <summary>The first bytes of a key as a number: where two differ, so do the keys, in the same order.</summary>
    public static ulong PrefixOf(ReadOnlySpan<byte> key)
    {
        if (key.Length >= sizeof(ulong)) return BinaryPrimitives.ReadUInt64BigEndian(key);

        ulong prefix = 0;
        for (int i = 0; i < key.Length; i++) prefix |= (ulong)key[i] << (56 - (8 * i));
        return prefix;
    }
}
