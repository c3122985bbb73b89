namespace Koinon.Storage.Memory;

/// <summary>Lower nodes, all of one height, in the order of their keys.</summary>
/// <remarks>
/// Bounds stand apart from the nodes, since they change only where nodes are split or joined: a new version of a branch
/// with one new node below it copies references alone. The bound of the first node means nothing: it takes whatever
/// is lower than the second's.
/// </remarks>
internal sealed class MemoryBranch(long edit, int capacity) : MemoryNode(edit)
{
    /// <summary>The most lower nodes: a copy of their references stays some hundred bytes.</summary>
    public const int CountMax = 32;

    /// <summary>With fewer, a branch looks for a neighbour to be joined with.</summary>
    public const int CountFew = 8;

    /// <summary>The most of a joined one: the next additions do not split it at once.</summary>
    public const int CountJoined = 24;

    private BranchBound[] _bounds = [];
    private bool _ownsBounds;

    public MemoryNode[] Children = new MemoryNode[capacity];

    /// <summary>The lower node that holds a key if any does.</summary>
    public int Find(ulong prefix, ReadOnlySpan<byte> key)
    {
        ReadOnlySpan<BranchBound> bounds = _bounds.AsSpan(0, Count);
        int low = 1, high = bounds.Length;
        while (low < high)
        {
            int middle = (int)((uint)(low + high) >> 1);
            ref readonly BranchBound bound = ref bounds[middle];
            bool isAtMost = bound.Prefix != prefix
                ? bound.Prefix < prefix
                : bound.Key.AsSpan().SequenceCompareTo(key) <= 0;
            if (isAtMost) low = middle + 1;
            else high = middle;
        }

        return low - 1;
    }

    /// <summary>The bound of a lower node.</summary>
    public byte[] BoundOf(int at) => _bounds[at].Key;

    /// <summary>The branch itself where the transaction may change it, else a copy.</summary>
    public MemoryBranch Own(long transaction)
    {
        if (IsOf(transaction)) return this;

        MemoryBranch copy = new(transaction, Count) { Count = Count, _bounds = _bounds };
        Children.AsSpan(0, Count).CopyTo(copy.Children);
        return copy;
    }

    /// <summary>Adds a lower node.</summary>
    public void Insert(int at, byte[] bound, MemoryNode child)
    {
        MakeRoom(1);
        Children.AsSpan(at, Count - at).CopyTo(Children.AsSpan(at + 1));
        Children[at] = child;
        _bounds.AsSpan(at, Count - at).CopyTo(_bounds.AsSpan(at + 1));
        _bounds[at] = new BranchBound { Prefix = PrefixOf(bound), Key = bound };
        Count++;
    }

    /// <summary>Adds the lower nodes of another branch, from one on.</summary>
    /// <param name="bound">The bound of the first of them.</param>
    /// <param name="other">Whose they are.</param>
    /// <param name="from">The first.</param>
    public void Append(byte[] bound, MemoryBranch other, int from)
    {
        int count = other.Count - from;
        MakeRoom(count);
        other.Children.AsSpan(from, count).CopyTo(Children.AsSpan(Count));
        other._bounds.AsSpan(from, count).CopyTo(_bounds.AsSpan(Count));
        _bounds[Count] = new BranchBound { Prefix = PrefixOf(bound), Key = bound };
        Count += count;
    }

    /// <summary>Takes lower nodes out.</summary>
    public void Remove(int at, int count)
    {
        MakeRoom(0);
        Children.AsSpan(at + count, Count - at - count).CopyTo(Children.AsSpan(at));
        Children.AsSpan(Count - count, count).Clear();
        _bounds.AsSpan(at + count, Count - at - count).CopyTo(_bounds.AsSpan(at));
        _bounds.AsSpan(Count - count, count).Clear();
        Count -= count;
    }

    private void MakeRoom(int room)
    {
        int length = Count + room;
        if (length > Children.Length) Array.Resize(ref Children, LengthFor(length));
        if (_ownsBounds && length <= _bounds.Length) return;

        BranchBound[] bounds = new BranchBound[LengthFor(length)];
        _bounds.AsSpan(0, Count).CopyTo(bounds);
        _bounds = bounds;
        _ownsBounds = true;
    }

    // Branches grow by ones and stay: a little room is enough.
    private static int LengthFor(int count) => Math.Min(CountMax, (count + 7) & ~3);
}
