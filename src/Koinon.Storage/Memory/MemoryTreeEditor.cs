namespace Koinon.Storage.Memory;

/// <summary>Changes of a persistent ordered tree: nodes on the way are copied once for each transaction.</summary>
/// <param name="owner">The mark of the transaction, known to nobody else.</param>
internal sealed class MemoryTreeEditor(object owner)
{
    /// <summary>Puts an entry in the place of the one with its key.</summary>
    public MemoryNode Put(MemoryNode? root, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        byte[] entry = MemoryEntry.Encode(key, value);
        ulong prefix = MemoryNode.PrefixOf(key);
        if (root is null)
        {
            MemoryLeaf first = new(owner, 4);
            first.Insert(0, prefix, entry);
            return first;
        }

        MemoryNode left = Put(root, prefix, key, entry, out byte[] bound, out MemoryNode? right);
        if (right is null) return left;

        MemoryBranch above = new(owner, 4);
        above.Insert(0, [], left);
        above.Insert(1, bound, right);
        return above;
    }

    /// <summary>Removes the entry of a key.</summary>
    public MemoryNode? Delete(MemoryNode? root, ReadOnlySpan<byte> key, out bool wasThere)
    {
        if (MemoryTree.Find(root, key) is null)
        {
            wasThere = false;
            return root;
        }

        wasThere = true;
        return Lower(Delete(root!, MemoryNode.PrefixOf(key), key));
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
        MemoryNode node, ulong prefix, ReadOnlySpan<byte> key, byte[] entry, out byte[] bound, out MemoryNode? right)
    {
        if (node is not MemoryBranch branch)
        {
            return PutInLeaf((MemoryLeaf)node, prefix, key, entry, out bound, out right);
        }

        int at = branch.Find(prefix, key);
        MemoryNode child = branch.Slots[at].Child;
        MemoryNode changed = Put(child, prefix, key, entry, out byte[] childBound, out MemoryNode? childRight);
        bound = [];
        right = null;
        if (childRight is null)
        {
            if (ReferenceEquals(child, changed)) return branch;

            branch = branch.Own(owner, 0);
            branch.Slots[at].Child = changed;
            return branch;
        }

        if (branch.Count == MemoryNode.SlotsMax)
        {
            // At the end everything stays on the left: keys that come in order fill their nodes.
            MemoryBranch next = Split(ref branch, at == branch.Count - 1 ? branch.Count : branch.Count / 2, out bound);
            right = next;
            if (next.Count == 0)
            {
                branch.Slots[at].Child = changed;
                bound = childBound;
                next.Insert(0, [], childRight);
                return branch;
            }

            MemoryBranch half = at < branch.Count ? branch : next;
            at -= ReferenceEquals(half, next) ? branch.Count : 0;
            half.Slots[at].Child = changed;
            half.Insert(at + 1, childBound, childRight);
            return branch;
        }

        branch = branch.Own(owner, 1);
        branch.Slots[at].Child = changed;
        branch.Insert(at + 1, childBound, childRight);
        return branch;
    }

    private MemoryLeaf PutInLeaf(
        MemoryLeaf leaf, ulong prefix, ReadOnlySpan<byte> key, byte[] entry, out byte[] bound, out MemoryNode? right)
    {
        bound = [];
        right = null;
        int at = leaf.LowerBound(prefix, key, out bool isEqual);
        if (isEqual)
        {
            leaf = leaf.Own(owner, 0);
            leaf.Slots[at].Entry = entry;
            return leaf;
        }

        if (leaf.Count < MemoryNode.SlotsMax)
        {
            leaf = leaf.Own(owner, 1);
            leaf.Insert(at, prefix, entry);
            return leaf;
        }

        MemoryLeaf next = new(owner, at == leaf.Count ? 4 : MemoryNode.SlotsMax);
        if (at < leaf.Count)
        {
            int half = leaf.Count / 2;
            leaf = leaf.Own(owner, 0);
            leaf.Slots.AsSpan(half, leaf.Count - half).CopyTo(next.Slots);
            next.Count = leaf.Count - half;
            leaf.Remove(half, next.Count);
        }

        if (at <= leaf.Count && next.Count != 0) leaf.Insert(at, prefix, entry);
        else next.Insert(next.Count == 0 ? 0 : at - leaf.Count, prefix, entry);
        bound = BoundBetween(MemoryEntry.Key(leaf.Slots[leaf.Count - 1].Entry), MemoryEntry.Key(next.Slots[0].Entry));
        right = next;
        return leaf;
    }

    /// <summary>Moves the slots from a place on into a new branch; the bound is the first of them.</summary>
    private MemoryBranch Split(ref MemoryBranch branch, int at, out byte[] bound)
    {
        int count = branch.Count - at;
        MemoryBranch next = new(owner, count == 0 ? 4 : MemoryNode.SlotsMax);
        branch = branch.Own(owner, 0);
        bound = [];
        if (count == 0) return next;

        branch.Slots.AsSpan(at, count).CopyTo(next.Slots);
        next.Count = count;
        bound = next.Slots[0].Bound;
        next.OpenFirst();
        branch.Remove(at, count);
        return next;
    }

    /// <summary>The shortest key above one and not above another.</summary>
    private static byte[] BoundBetween(ReadOnlySpan<byte> low, ReadOnlySpan<byte> high) =>
        high[..(low.CommonPrefixLength(high) + 1)].ToArray();

    private MemoryNode Delete(MemoryNode node, ulong prefix, ReadOnlySpan<byte> key)
    {
        if (node is MemoryLeaf leaf)
        {
            int place = leaf.LowerBound(prefix, key, out _);
            leaf = leaf.Own(owner, 0);
            leaf.Remove(place, 1);
            return leaf;
        }

        MemoryBranch branch = ((MemoryBranch)node).Own(owner, 0);
        int at = branch.Find(prefix, key);
        branch.Slots[at].Child = Delete(branch.Slots[at].Child, prefix, key);
        Tidy(branch, at);
        return branch;
    }

    private MemoryNode RemoveRange(MemoryNode node, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, ref long count)
    {
        if (node is MemoryLeaf leaf)
        {
            int first = from.IsEmpty ? 0 : leaf.LowerBound(MemoryNode.PrefixOf(from), from, out _);
            int end = to.IsEmpty ? leaf.Count : leaf.LowerBound(MemoryNode.PrefixOf(to), to, out _);
            if (first >= end) return leaf;

            leaf = leaf.Own(owner, 0);
            leaf.Remove(first, end - first);
            count += end - first;
            return leaf;
        }

        MemoryBranch branch = (MemoryBranch)node;
        int low = from.IsEmpty ? 0 : branch.Find(MemoryNode.PrefixOf(from), from);
        int high = to.IsEmpty ? branch.Count - 1 : branch.Find(MemoryNode.PrefixOf(to), to);
        MemoryNode lowChild = branch.Slots[low].Child, highChild = branch.Slots[high].Child;
        if (low == high)
        {
            long before = count;
            MemoryNode changed = RemoveRange(lowChild, from, to, ref count);
            if (count == before) return branch;

            branch = branch.Own(owner, 0);
            branch.Slots[low].Child = changed;
            Tidy(branch, low);
            return branch;
        }

        MemoryNode lowChanged = RemoveRange(lowChild, from, [], ref count);
        MemoryNode highChanged = RemoveRange(highChild, [], to, ref count);
        for (int i = low + 1; i < high; i++) count += MemoryTree.Count(branch.Slots[i].Child);
        branch = branch.Own(owner, 0);
        branch.Slots[low].Child = lowChanged;
        branch.Slots[high].Child = highChanged;
        if (high > low + 1) branch.Remove(low + 1, high - low - 1);
        if (highChanged.Count == 0) branch.Remove(low + 1, 1);
        if (lowChanged.Count == 0) branch.Remove(low, 1);
        Tidy(branch, low + 1);
        Tidy(branch, low);
        return branch;
    }

    /// <summary>Takes a lower node out where it is empty; merges it with a neighbour where both are small.</summary>
    private void Tidy(MemoryBranch branch, int at)
    {
        if (at >= branch.Count) return;

        int count = branch.Slots[at].Child.Count;
        if (count == 0)
        {
            branch.Remove(at, 1);
            return;
        }

        if (count >= MemoryNode.SlotsFew || branch.Count == 1) return;

        int left = at == 0 ? 0 : at - 1;
        if (branch.Slots[left].Child.Count + branch.Slots[left + 1].Child.Count > MemoryNode.SlotsMerged) return;

        branch.Slots[left].Child = Merge(
            branch.Slots[left].Child, branch.Slots[left + 1].Child, branch.Slots[left + 1].Bound);
        branch.Remove(left + 1, 1);
    }

    private MemoryNode Merge(MemoryNode left, MemoryNode right, byte[] bound)
    {
        if (left is MemoryLeaf leaf)
        {
            leaf = leaf.Own(owner, right.Count);
            ((MemoryLeaf)right).Slots.AsSpan(0, right.Count).CopyTo(leaf.Slots.AsSpan(leaf.Count));
            leaf.Count += right.Count;
            return leaf;
        }

        MemoryBranch branch = ((MemoryBranch)left).Own(owner, right.Count);
        ((MemoryBranch)right).Slots.AsSpan(0, right.Count).CopyTo(branch.Slots.AsSpan(branch.Count));
        branch.Slots[branch.Count].Bound = bound;
        branch.Slots[branch.Count].Prefix = MemoryNode.PrefixOf(bound);
        branch.Count += right.Count;
        return branch;
    }

    /// <summary>A root without the branches that have one way, or nothing where it is empty.</summary>
    private static MemoryNode? Lower(MemoryNode root)
    {
        while (root is MemoryBranch { Count: 1 } branch) root = branch.Slots[0].Child;

        return root.Count == 0 ? null : root;
    }
}
