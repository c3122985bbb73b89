namespace Koinon.Storage.Memory;

/// <summary>Reading a persistent ordered tree (a B+ tree).</summary>
internal static class MemoryTree
{
    /// <summary>Finds the value of a key.</summary>
    public static bool TryFind(MemoryNode? root, scoped ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (root is null) return false;

        ulong prefix = MemoryNode.PrefixOf(key);
        MemoryNode node = root;
        while (node is MemoryBranch branch) node = branch.Children[branch.Find(prefix, key)];

        MemoryLeaf leaf = (MemoryLeaf)node;
        int at = leaf.LowerBound(key, out bool isThere);
        if (isThere) value = leaf[at].Value;
        return isThere;
    }

    /// <summary>How many entries a tree has; it is walked.</summary>
    public static long Count(MemoryNode? node)
    {
        if (node is not MemoryBranch branch) return node?.Count ?? 0;

        long count = 0;
        for (int i = 0; i < branch.Count; i++) count += Count(branch.Children[i]);
        return count;
    }
}
