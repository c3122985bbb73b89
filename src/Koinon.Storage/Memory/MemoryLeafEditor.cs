namespace Koinon.Storage.Memory;

/// <summary>Changes of leaves: where there is no room, a leaf is packed anew or split.</summary>
/// <param name="edit">The number of the transaction.</param>
internal sealed class MemoryLeafEditor(long edit)
{
    /// <summary>How many bytes more a key shares with the one before it than with the one after it, where both it and
    /// the one before belong to a run that grows at its end: names followed by numbers.</summary>
    private const int RunBytes = 4;

    /// <summary>Whether a leaf should be joined with a neighbour.</summary>
    public static bool IsSmall(MemoryLeaf leaf) => leaf.Size < MemoryLeaf.PageMax / 4;

    /// <summary>Puts an entry in the place of the one with its key.</summary>
    /// <param name="leaf">Where it belongs.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="isLast">Whether no key of the tree follows the leaf's.</param>
    /// <param name="bound">What the keys of the second leaf reach.</param>
    /// <param name="right">The second leaf, where one is too small.</param>
    public MemoryLeaf Put(
        MemoryLeaf leaf,
        ReadOnlySpan<byte> key,
        ReadOnlySpan<byte> value,
        bool isLast,
        out byte[] bound,
        out MemoryLeaf? right)
    {
        bound = [];
        right = null;
        int at = leaf.LowerBound(key, out bool isThere);
        if (isThere)
        {
            leaf = leaf.Own(edit);
            if (leaf.TryReplace(at, key, value)) return leaf;

            // Without the old value, the new one is an entry like any other.
            if (leaf.Count == 1) return MemoryLeaf.Of(edit, key, value, shared: 0, capacity: 0);

            leaf.Remove(at, 1);
        }
        else if (leaf.Count < MemoryLeaf.CountMax && key.StartsWith(leaf.Shared))
        {
            leaf = leaf.Own(edit);
            if (leaf.TryPut(at, key, value)) return leaf;
        }

        int shared = leaf.SharedWith(0, leaf.Count, key);
        int entry = SizeOf(key, value, shared);
        int size = MemoryEntry.PageHead + shared + leaf.SizeWith(0, leaf.Count, shared) + entry;
        int most = isLast && at == leaf.Count ? MemoryLeaf.LastPageMax : MemoryLeaf.PageMax;
        if (leaf.Count == MemoryLeaf.CountMax || size > most)
        {
            return Split(leaf, at, key, value, isLast, out bound, out right);
        }

        // What is replaced once is replaced again: room for as much as there is, so that it is seldom packed.
        int room = entry + (isThere
            ? Math.Max(size, MemoryLeaf.RoomFor(size, isAppended: false))
            : MemoryLeaf.RoomFor(size, isAppended: isLast || at == leaf.Count, most));
        MemoryLeaf packed = leaf.Pack(edit, 0, leaf.Count, shared, room);
        packed.TryPut(at, key, value);
        return packed;
    }

    /// <summary>Takes entries out.</summary>
    public MemoryLeaf Remove(MemoryLeaf leaf, int at, int count)
    {
        leaf = leaf.Own(edit);
        leaf.Remove(at, count);
        bool isMostlyEmpty = leaf.Capacity > 2 * leaf.Size + (MemoryLeaf.PageMax / 8);
        return isMostlyEmpty && leaf.Count > 0
            ? leaf.Pack(edit, 0, leaf.Count, leaf.SharedOf(0, leaf.Count), room: 0)
            : leaf;
    }

    /// <summary>Two neighbours in one leaf; <see langword="null"/> where they are too large for that.</summary>
    public MemoryLeaf? Join(MemoryLeaf left, MemoryLeaf right)
    {
        if (left.Count + right.Count > MemoryLeaf.CountMax) return null;

        Span<byte> last = stackalloc byte[StoreKey.LengthMax];
        int shared = left.SharedWith(0, left.Count, last[..right[right.Count - 1].CopyKey(last)]);
        int room = right.SizeWith(0, right.Count, shared);
        int size = MemoryEntry.PageHead + shared + left.SizeWith(0, left.Count, shared) + room;
        if (size > MemoryLeaf.PageMax * 3 / 4) return null;

        // Places of values that stand apart may take a byte more.
        MemoryLeaf joined = left.Pack(edit, 0, left.Count, shared, room + right.Count);
        joined.Append(right, 0, right.Count);
        return joined;
    }

    private static int SizeOf(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, int shared) =>
        MemoryEntry.SizeOf(key.Length - shared, MemoryLeaf.CodeOf(value, MemoryLeaf.CountMax));

    private MemoryLeaf Split(
        MemoryLeaf leaf,
        int at,
        ReadOnlySpan<byte> key,
        ReadOnlySpan<byte> value,
        bool isLast,
        out byte[] bound,
        out MemoryLeaf? right)
    {
        MemoryLeaf left;
        if (at == leaf.Count && (isLast || IsRun(leaf, at, key) || !key.StartsWith(leaf.Shared)))
        {
            // The keys that follow are likely to differ from this one in their last bytes.
            left = Trim(leaf);
            int shared = Math.Max(0, SharedWith(leaf, at - 1, key) - 1);
            shared = isLast ? Math.Min(shared, leaf.Shared.Length) : shared;
            right = MemoryLeaf.Of(edit, key, value, shared, isLast ? CapacityAfter(leaf) : 0);
        }
        else if (at == 0 && !key.StartsWith(leaf.Shared))
        {
            left = MemoryLeaf.Of(edit, key, value, shared: 0, capacity: 0);
            right = leaf;
        }
        else
        {
            (int middle, bool isOnLeft) = MiddleOf(leaf, at, key, isLast);
            left = isOnLeft ? PackWith(leaf, 0, middle, at, key, value) : Pack(leaf, 0, middle);
            right = isOnLeft ? Pack(leaf, middle, leaf.Count) : PackWith(leaf, middle, leaf.Count, at, key, value);
        }

        bound = BoundBetween(left, right);
        return left;
    }

    /// <summary>Where to split: the first entry that goes right, and whether the one that comes goes left.</summary>
    private static (int Middle, bool IsOnLeft) MiddleOf(
        MemoryLeaf leaf, int at, ReadOnlySpan<byte> key, bool isLast)
    {
        int half = leaf.Size / 2;
        if (at > 0 && at < leaf.Count && (isLast || IsRun(leaf, at, key)))
        {
            // The run goes on: what it filled is left behind full, and what follows it is out of its way.
            return (at, leaf.SizeWith(0, at, leaf.Shared.Length) < half);
        }

        int middle = 1;
        int size = leaf[0].Size;
        while (middle < leaf.Count - 1 && size < half) size += leaf[middle++].Size;

        return (middle, at <= middle);
    }

    private static bool IsRun(MemoryLeaf leaf, int at, ReadOnlySpan<byte> key) =>
        at > 0 && SharedWith(leaf, at - 1, key) >= RunBytes + (at < leaf.Count ? SharedWith(leaf, at, key) : 0);

    private static int SharedWith(MemoryLeaf leaf, int at, ReadOnlySpan<byte> key)
    {
        Span<byte> other = stackalloc byte[StoreKey.LengthMax];
        return other[..leaf[at].CopyKey(other)].CommonPrefixLength(key);
    }

    private MemoryLeaf Pack(MemoryLeaf leaf, int from, int to)
    {
        int shared = leaf.SharedOf(from, to);
        int size = MemoryEntry.PageHead + shared + leaf.SizeWith(from, to, shared);
        bool isLeftFull = size > MemoryLeaf.PageMax * 3 / 4;
        return leaf.Pack(edit, from, to, shared, isLeftFull ? 0 : MemoryLeaf.RoomFor(size, isAppended: false));
    }

    private MemoryLeaf PackWith(
        MemoryLeaf leaf, int from, int to, int at, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        int shared = leaf.SharedWith(from, to, key);
        int entry = SizeOf(key, value, shared);
        int size = MemoryEntry.PageHead + shared + leaf.SizeWith(from, to, shared) + entry;
        MemoryLeaf packed = leaf.Pack(
            edit, from, to, shared, entry + MemoryLeaf.RoomFor(size, isAppended: at == to));
        packed.TryPut(at - from, key, value);
        return packed;
    }

    // As large as the one before became, or larger where that was full of bytes and not of entries.
    private static int CapacityAfter(MemoryLeaf leaf) => leaf.Count == MemoryLeaf.CountMax
        ? Math.Min(leaf.Size + (leaf.Size / 8), MemoryLeaf.LastPageMax)
        : MemoryLeaf.LastPageMax;

    // What is left behind full is not changed again soon.
    private MemoryLeaf Trim(MemoryLeaf leaf) => leaf.Capacity - leaf.Size > MemoryLeaf.PageMax / 16
        ? leaf.Pack(edit, 0, leaf.Count, leaf.SharedOf(0, leaf.Count), room: 0)
        : leaf;

    /// <summary>The shortest key above all of one leaf and not above any of another.</summary>
    private static byte[] BoundBetween(MemoryLeaf left, MemoryLeaf right)
    {
        Span<byte> low = stackalloc byte[StoreKey.LengthMax];
        Span<byte> high = stackalloc byte[StoreKey.LengthMax];
        low = low[..left[left.Count - 1].CopyKey(low)];
        high = high[..right[0].CopyKey(high)];
        return high[..(low.CommonPrefixLength(high) + 1)].ToArray();
    }
}
