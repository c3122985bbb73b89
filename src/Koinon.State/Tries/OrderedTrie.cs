using System.Buffers.Binary;
using Koinon.Primitives;

namespace Koinon.State.Tries;

/// <summary>Roots of lists: a block's transactions, receipts and withdrawals.</summary>
public static class OrderedTrie
{
    /// <summary>The root of the trie whose keys are the RLP of the items' indices.</summary>
    /// <param name="items">The items, encoded as the trie holds them; none is empty.</param>
    public static Hash256 Root(IReadOnlyList<ReadOnlyMemory<byte>> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        TrieChanges changes = new();
        Span<byte> key = stackalloc byte[1 + sizeof(int)];
        for (int i = 0; i < items.Count; i++)
        {
            changes.Set(key[..WriteIndex(i, key)], items[i].Span);
        }

        return MerkleTrie.Empty.Apply(changes).Root;
    }

    private static int WriteIndex(int index, Span<byte> destination)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, index);
        return NodeEncoding.WriteString(bytes.TrimStart((byte)0), destination);
    }
}
