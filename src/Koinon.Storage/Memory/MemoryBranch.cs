namespace Koinon.Storage.Memory;

/// <summary>Lower nodes, all of one height, in the order of their keys.</summary>
internal sealed class MemoryBranch(object owner, int capacity) : MemoryNode(owner)
{
    public BranchSlot[] Slots = new BranchSlot[capacity];

    /// <summary>The slot that holds a key if any does.</summary>
    public int Find(ulong prefix, ReadOnlySpan<byte> key)
    {
        ReadOnlySpan<BranchSlot> slots = Slots.AsSpan(0, Count);
        int low = 1, high = slots.Length;
        while (low < high)
        {
            int middle = (int)((uint)(low + high) >> 1);
            ref readonly BranchSlot slot = ref slots[middle];
            bool isAtMost = slot.Prefix != prefix
                ? slot.Prefix < prefix
                : slot.Bound.AsSpan().SequenceCompareTo(key) <= 0;
            if (isAtMost) low = middle + 1;
            else high = middle;
        }

        return low - 1;
    }

    /// <summary>The branch itself where its mark is the caller's and it has room, else a copy.</summary>
    public MemoryBranch Own(object owner, int room)
    {
        if (!ReferenceEquals(Owner, owner))
        {
            MemoryBranch copy = new(owner, Math.Min(SlotsMax, Count + room)) { Count = Count };
            Slots.AsSpan(0, Count).CopyTo(copy.Slots);
            return copy;
        }

        if (Count + room > Slots.Length) Array.Resize(ref Slots, Math.Min(SlotsMax, (Count + room) * 2));
        return this;
    }

    public void Insert(int at, byte[] bound, MemoryNode child)
    {
        Slots.AsSpan(at, Count - at).CopyTo(Slots.AsSpan(at + 1));
        Slots[at] = new BranchSlot { Prefix = PrefixOf(bound), Bound = bound, Child = child };
        Count++;
    }

    public void Remove(int at, int count)
    {
        Slots.AsSpan(at + count, Count - at - count).CopyTo(Slots.AsSpan(at));
        Slots.AsSpan(Count - count, count).Clear();
        Count -= count;
        OpenFirst();
    }

    /// <summary>Takes the first slot's bound away: it takes whatever is lower than the second's.</summary>
    public void OpenFirst()
    {
        if (Count == 0) return;

        Slots[0].Bound = [];
        Slots[0].Prefix = 0;
    }
}
