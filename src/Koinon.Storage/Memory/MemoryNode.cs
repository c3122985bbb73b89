using System.Buffers.Binary;

namespace Koinon.Storage.Memory;

/// <summary>A node of a persistent ordered tree: a leaf of entries, or a branch of lower nodes.</summary>
/// <remarks>
/// The one writer whose transaction made it may change it in place. To all others it is immutable, and so it is to
/// everybody once that transaction has ended.
/// </remarks>
/// <param name="edit">The number of the transaction that makes it.</param>
internal abstract class MemoryNode(long edit)
{
    /// <summary>How many entries or lower nodes there are: none only while the writer is at work.</summary>
    public int Count;

    /// <summary>Whether a transaction may change it in place.</summary>
    public bool IsOf(long transaction) => edit == transaction;

    /// <summary>The first bytes of a key as a number: where two differ, so do the keys, in the same order.</summary>
    public static ulong PrefixOf(ReadOnlySpan<byte> key)
    {
        if (key.Length >= sizeof(ulong)) return BinaryPrimitives.ReadUInt64BigEndian(key);

        ulong prefix = 0;
        for (int i = 0; i < key.Length; i++) prefix |= (ulong)key[i] << (56 - (8 * i));
        return prefix;
    }
}
