namespace Koinon.Storage.Memory;

/// <summary>Reading a persistent ordered tree (a B+ tree).</summary>
internal static class MemoryTree
{
    /// <summary>The entry of a key, or <see langword="null"/>.</summary>
    public static byte[]? Find(MemoryNode? root, ReadOnlySpan<byte> key)
    {
        if (root is null) return null;

        ulong prefix = MemoryNode.PrefixOf(key);
        MemoryNode node = root;
        while (node is MemoryBranch branch) node = branch.Slots[branch.Find(prefix, key)].Child;

        MemoryLeaf leaf = (MemoryLeaf)node;
        int at = leaf.LowerBound(prefix, key, out bool isEqual);
        return isEqual ? leaf.Slots[at].Entry : null;
    }

    /// <summary>How many entries a tree has; it is walked.</summary>
    public static long Count(MemoryNode? node)
    {
        if (node is not MemoryBranch branch) return node?.Count ?? 0;

        long count = 0;
        for (int i = 0; i < branch.Count; i++) count += Count(branch.Slots[i].Child);
        return count;
    }
}
