using Koinon.Primitives;
using Koinon.Primitives.Rlp;

namespace Koinon.State.Tries;

/// <summary>Reads nodes that a store kept; their children are known by their references.</summary>
internal static class NodeDecoding
{
    private const int ShortItems = 2;

    /// <summary>Reads a node.</summary>
    /// <param name="encoding">Its bytes; copied where they are kept.</param>
    /// <param name="hash">Their Keccak-256, which the caller has compared.</param>
    /// <returns><see langword="null"/> where the bytes are no node.</returns>
    internal static TrieNode? Read(ReadOnlySpan<byte> encoding, in Hash256 hash)
    {
        TrieNode? node = ReadOpen(encoding);
        node?.Seal(in hash);
        return node;
    }

    private static TrieNode? ReadOpen(ReadOnlySpan<byte> encoding)
    {
        RlpReader outer = new(encoding);
        if (outer.ReadList(out RlpReader items) != RlpError.None
            || !outer.IsEmpty
            || items.CountItems(out int count) != RlpError.None)
        {
            return null;
        }

        return count switch
        {
            ChildArray.Length + 1 => ReadBranch(ref items),
            ShortItems => ReadShort(encoding, ref items),
            _ => null,
        };
    }

    private static BranchNode? ReadBranch(ref RlpReader items)
    {
        BranchNode branch = new();
        for (int nibble = 0; nibble < ChildArray.Length; nibble++)
        {
            if (!TryReadChild(ref items, out TrieNode? child))
            {
                return null;
            }

            branch[nibble] = child;
        }

        if (items.ReadString(out ReadOnlySpan<byte> value) != RlpError.None)
        {
            return null;
        }

        branch.Value = value.IsEmpty ? null : value.ToArray();
        return branch;
    }

    private static TrieNode? ReadShort(ReadOnlySpan<byte> encoding, ref RlpReader items)
    {
        if (items.ReadString(out ReadOnlySpan<byte> path) != RlpError.None || path.IsEmpty)
        {
            return null;
        }

        if ((path[0] & NodeEncoding.LeafFlag) != 0)
        {
            return LeafNode.FromEncoding(encoding.ToArray());
        }

        byte[] nibbles = new byte[(2 * (path.Length - 1)) + ((path[0] & NodeEncoding.OddFlag) != 0 ? 1 : 0)];
        int skipped = 2 - (nibbles.Length & 1);
        for (int i = 0; i < nibbles.Length; i++)
        {
            nibbles[i] = (byte)MerkleTrie.NibbleOf(path, i + skipped);
        }

        return nibbles.Length > 0 && TryReadChild(ref items, out TrieNode? child) && (child is BranchNode or StoredNode)
            ? new ExtensionNode(nibbles, child)
            : null;
    }

    private static bool TryReadChild(ref RlpReader items, out TrieNode? child)
    {
        child = null;
        if (items.IsListNext)
        {
            if (items.ReadEncoded(out ReadOnlySpan<byte> encoded) != RlpError.None
                || encoded.Length >= Hash256.Size
                || ReadOpen(encoded) is not { } embedded)
            {
                return false;
            }

            embedded.SealEmbedded(encoded);
            child = embedded;
            return true;
        }

        if (items.ReadString(out ReadOnlySpan<byte> reference) != RlpError.None)
        {
            return false;
        }

        if (reference.Length == Hash256.Size)
        {
            child = new StoredNode(new Hash256(reference));
            return true;
        }

        return reference.IsEmpty;
    }
}
