using Koinon.Primitives.Rlp;
using Koinon.State.Tries;

namespace Koinon.State.Proofs;

/// <summary>A node of a trie as a stranger sent it: read strictly, one step of a way at a time.</summary>
internal readonly ref struct ProofNode
{
    private const int ShortItems = 2;

    // The items with their headers: 2 for a leaf or an extension, 17 for a branch.
    private readonly ReadOnlySpan<byte> _items;

    private ProofNode(ReadOnlySpan<byte> items, bool isBranch)
    {
        _items = items;
        IsBranch = isBranch;
    }

    /// <summary>Whether the node has 17 items.</summary>
    internal bool IsBranch { get; }

    /// <summary>Reads a node's outer form.</summary>
    internal static ProofError Read(ReadOnlySpan<byte> encoded, out ProofNode node)
    {
        node = default;
        if (RlpReader.Validate(encoded) != RlpError.None)
        {
            return ProofError.MalformedRlp;
        }

        RlpReader reader = new(encoded);
        _ = reader.ReadItem(out bool isList, out ReadOnlySpan<byte> items);
        if (!isList)
        {
            return ProofError.MalformedNode;
        }

        int count = 0;
        for (RlpReader each = new(items); !each.IsEmpty; count++)
        {
            _ = each.ReadItem(out _, out _);
        }

        node = new ProofNode(items, count == ChildArray.Length + 1);
        return node.IsBranch || count == ShortItems ? ProofError.None : ProofError.MalformedNode;
    }

    /// <summary>The child of a branch at a nibble, and its value; all children are looked at.</summary>
    /// <param name="nibble">Which one; -1 for none.</param>
    /// <param name="child">The child; empty where there is none.</param>
    /// <param name="value">The value; empty where no key ends here.</param>
    internal ProofError ReadBranch(int nibble, out ProofReference child, out ReadOnlySpan<byte> value)
    {
        RlpReader reader = new(_items);
        child = default;
        value = default;
        for (int i = 0; i < ChildArray.Length; i++)
        {
            ProofError error = ProofReference.Read(ref reader, out ProofReference each);
            if (error != ProofError.None)
            {
                return error;
            }

            if (i == nibble)
            {
                child = each;
            }
        }

        return reader.ReadString(out value) == RlpError.None ? ProofError.None : ProofError.MalformedNode;
    }

    /// <summary>The path of a leaf or an extension, and what stands behind it.</summary>
    /// <param name="path">Hex-prefix form, well formed.</param>
    /// <param name="isLeaf">Which of the two it is.</param>
    /// <param name="child">An extension's child.</param>
    /// <param name="value">A leaf's value, not empty.</param>
    internal ProofError ReadShort(
        out ReadOnlySpan<byte> path, out bool isLeaf, out ProofReference child, out ReadOnlySpan<byte> value)
    {
        RlpReader reader = new(_items);
        child = default;
        value = default;
        isLeaf = false;
        if (reader.ReadString(out path) != RlpError.None || !IsHexPrefix(path))
        {
            return ProofError.MalformedPath;
        }

        isLeaf = (path[0] & NodeEncoding.LeafFlag) != 0;
        if (isLeaf)
        {
            bool hasValue = reader.ReadString(out value) == RlpError.None && !value.IsEmpty;
            return hasValue ? ProofError.None : ProofError.MalformedNode;
        }

        if (NibbleCount(path) == 0)
        {
            return ProofError.MalformedPath;
        }

        ProofError error = ProofReference.Read(ref reader, out child);
        return error == ProofError.None && child.IsEmpty ? ProofError.MalformedReference : error;
    }

    /// <summary>How many nibbles a path in hex-prefix form has.</summary>
    internal static int NibbleCount(ReadOnlySpan<byte> path) =>
        (2 * (path.Length - 1)) + ((path[0] & NodeEncoding.OddFlag) != 0 ? 1 : 0);

    /// <summary>The nibble of a path in hex-prefix form at an index.</summary>
    internal static int NibbleAt(ReadOnlySpan<byte> path, int index) =>
        MerkleTrie.NibbleOf(path, index + ((path[0] & NodeEncoding.OddFlag) != 0 ? 1 : 2));

    private static bool IsHexPrefix(ReadOnlySpan<byte> path)
    {
        const int Flags = NodeEncoding.LeafFlag | NodeEncoding.OddFlag;
        return !path.IsEmpty
            && ((path[0] & NodeEncoding.OddFlag) != 0 ? (path[0] & 0xf0 & ~Flags) == 0 : (path[0] & ~Flags) == 0);
    }
}
