namespace Koinon.Storage.Memory;

/// <summary>Changes of a persistent ordered tree: nodes on the way are copied once for each transaction.</summary>
/// <param name="edit">The number of the transaction, which no other has.</param>
internal sealed class MemoryTreeEditor(long edit)
{
    private readonly MemoryLeafEditor _leaves = new(edit);

    /// <summary>Puts an entry in the place of the one with its key.</summary>
    public MemoryNode Put(MemoryNode? root, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (root is null) return MemoryLeaf.Of(edit, key, value, shared: 0, capacity: 0);

        ulong prefix = MemoryNode.PrefixOf(key);
        MemoryNode left = Put(root, prefix, key, value, isLast: true, out byte[] bound, out MemoryNode? right);
        if (right is null) return left;

        MemoryBranch above = new(edit, 4);
        above.Insert(0, [], left);
        above.Insert(1, bound, right);
        return above;
    }

    /// <summary>Removes the entry of a key.</summary>
    public MemoryNode? Delete(MemoryNode? root, ReadOnlySpan<byte> key, out bool wasThere)
    {
        wasThere = MemoryTree.TryFind(root, key, out _);
        return wasThere ? Lower(Delete(root!, MemoryNode.PrefixOf(key), key)) : root;
    }

    /// <summary>Removes the entries of a range; an empty bound is none.</summary>
    public MemoryNode? DeleteRange(
        MemoryNode? root, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, out long count)
    {
        count = 0;
        if (root is null || (!from.IsEmpty && !to.IsEmpty && from.SequenceCompareTo(to) >= 0)) return root;

        return Lower(RemoveRange(root, from, to, ref count));
    }

    private MemoryNode Put(
        MemoryNode node,
        ulong prefix,
        ReadOnlySpan<byte> key,
        ReadOnlySpan<byte> value,
        bool isLast,
        out byte[] bound,
        out MemoryNode? right)
    {
        if (node is not MemoryBranch branch)
        {
            MemoryLeaf leaf = _leaves.Put((MemoryLeaf)node, key, value, isLast, out bound, out MemoryLeaf? next);
            right = next;
            return leaf;
        }

        int at = branch.Find(prefix, key);
        MemoryNode child = branch.Children[at];
        isLast = isLast && at == branch.Count - 1;
        MemoryNode changed = Put(child, prefix, key, value, isLast, out byte[] childBound, out MemoryNode? childRight);
        bound = [];
        right = null;
        if (childRight is null && ReferenceEquals(child, changed)) return branch;

        branch = branch.Own(edit);
        branch.Children[at] = changed;
        if (childRight is not null) right = Insert(branch, at + 1, childBound, childRight, isLast, out bound);
        return branch;
    }

    /// <summary>Adds a node to a branch; where that is full, part of it moves into a new one.</summary>
    private MemoryBranch? Insert(
        MemoryBranch branch, int at, byte[] childBound, MemoryNode child, bool isLast, out byte[] bound)
    {
        bound = [];
        if (branch.Count < MemoryBranch.CountMax)
        {
            branch.Insert(at, childBound, child);
            return null;
        }

        MemoryBranch next = new(edit, 4);
        if (isLast)
        {
            // At the end everything stays on the left: keys that come in order fill their nodes.
            bound = childBound;
            next.Insert(0, childBound, child);
            return next;
        }

        int half = branch.Count / 2;
        bound = branch.BoundOf(half);
        next.Append(bound, branch, half);
        branch.Remove(half, branch.Count - half);
        if (at <= half) branch.Insert(at, childBound, child);
        else next.Insert(at - half, childBound, child);
        return next;
    }

    private MemoryNode Delete(MemoryNode node, ulong prefix, ReadOnlySpan<byte> key)
    {
        if (node is MemoryLeaf leaf)
        {
            int place = leaf.LowerBound(key, out _);
            return _leaves.Remove(leaf, place, 1);
        }

        MemoryBranch branch = ((MemoryBranch)node).Own(edit);
        int at = branch.Find(prefix, key);
        branch.Children[at] = Delete(branch.Children[at], prefix, key);
        Tidy(branch, at);
        return branch;
    }

    private MemoryNode RemoveRange(MemoryNode node, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, ref long count)
    {
        if (node is MemoryLeaf leaf)
        {
            int first = from.IsEmpty ? 0 : leaf.LowerBound(from, out _);
            int end = to.IsEmpty ? leaf.Count : leaf.LowerBound(to, out _);
            if (first >= end) return leaf;

            count += end - first;
            return _leaves.Remove(leaf, first, end - first);
        }

        MemoryBranch branch = (MemoryBranch)node;
        int low = from.IsEmpty ? 0 : branch.Find(MemoryNode.PrefixOf(from), from);
        int high = to.IsEmpty ? branch.Count - 1 : branch.Find(MemoryNode.PrefixOf(to), to);
        MemoryNode lowChild = branch.Children[low], highChild = branch.Children[high];
        if (low == high)
        {
            long before = count;
            MemoryNode changed = RemoveRange(lowChild, from, to, ref count);
            if (count == before) return branch;

            branch = branch.Own(edit);
            branch.Children[low] = changed;
            Tidy(branch, low);
            return branch;
        }

        MemoryNode lowChanged = RemoveRange(lowChild, from, [], ref count);
        MemoryNode highChanged = RemoveRange(highChild, [], to, ref count);
        for (int i = low + 1; i < high; i++) count += MemoryTree.Count(branch.Children[i]);
        branch = branch.Own(edit);
        branch.Children[low] = lowChanged;
        branch.Children[high] = highChanged;
        if (high > low + 1) branch.Remove(low + 1, high - low - 1);
        if (highChanged.Count == 0) branch.Remove(low + 1, 1);
        if (lowChanged.Count == 0) branch.Remove(low, 1);
        Tidy(branch, low + 1);
        Tidy(branch, low);
        return branch;
    }

    /// <summary>Takes a lower node out where it is empty; joins it with a neighbour where both are small.</summary>
    private void Tidy(MemoryBranch branch, int at)
    {
        if (at >= branch.Count) return;

        MemoryNode child = branch.Children[at];
        if (child.Count == 0)
        {
            branch.Remove(at, 1);
            return;
        }

        if (branch.Count == 1 || !IsSmall(child)) return;

        int left = at == 0 ? 0 : at - 1;
        if (Join(branch.Children[left], branch.Children[left + 1], branch.BoundOf(left + 1)) is { } joined)
        {
            branch.Children[left] = joined;
            branch.Remove(left + 1, 1);
        }
    }

    private static bool IsSmall(MemoryNode node) =>
        node is MemoryLeaf leaf ? MemoryLeafEditor.IsSmall(leaf) : node.Count < MemoryBranch.CountFew;

    /// <summary>Two neighbours in one node; <see langword="null"/> where they are too large for that.</summary>
    private MemoryNode? Join(MemoryNode left, MemoryNode right, byte[] bound)
    {
        if (left is MemoryLeaf leaf) return _leaves.Join(leaf, (MemoryLeaf)right);
        if (left.Count + right.Count > MemoryBranch.CountJoined) return null;

        MemoryBranch branch = ((MemoryBranch)left).Own(edit);
        branch.Append(bound, (MemoryBranch)right, 0);
        return branch;
    }

    /// <summary>A root without the branches that have one way, or nothing where it is empty.</summary>
    private static MemoryNode? Lower(MemoryNode root)
    {
        while (root is MemoryBranch { Count: 1 } branch) root = branch.Children[0];

        return root.Count == 0 ? null : root;
    }
}
