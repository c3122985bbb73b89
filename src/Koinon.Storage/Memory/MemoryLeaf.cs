namespace Koinon.Storage.Memory;

/// <summary>Entries in the order of their keys.</summary>
internal sealed class MemoryLeaf(object owner, int capacity) : MemoryNode(owner)
{
    public LeafSlot[] Slots = new LeafSlot[capacity];

    /// <summary>The first slot whose key is not lower than one; <see cref="MemoryNode.Count"/> for none.</summary>
    public int LowerBound(ulong prefix, ReadOnlySpan<byte> key, out bool isEqual)
    {
        ReadOnlySpan<LeafSlot> slots = Slots.AsSpan(0, Count);
        isEqual = false;
        int low = 0, high = slots.Length;
        while (low < high)
        {
            int middle = (int)((uint)(low + high) >> 1);
            ref readonly LeafSlot slot = ref slots[middle];
            if (slot.Prefix < prefix)
            {
                low = middle + 1;
            }
            else if (slot.Prefix > prefix)
            {
                high = middle;
            }
            else
            {
                int order = MemoryEntry.Key(slot.Entry).SequenceCompareTo(key);
                if (order == 0)
                {
                    isEqual = true;
                    return middle;
                }

                if (order < 0) low = middle + 1;
                else high = middle;
            }
        }

        return low;
    }

    /// <summary>The leaf itself where its mark is the caller's and it has room, else a copy.</summary>
    public MemoryLeaf Own(object owner, int room)
    {
        if (!ReferenceEquals(Owner, owner))
        {
            // Some slots more: a transaction seldom adds only one.
            MemoryLeaf copy = new(owner, Math.Min(SlotsMax, Count + room + (room * 3))) { Count = Count };
            Slots.AsSpan(0, Count).CopyTo(copy.Slots);
            return copy;
        }

        if (Count + room > Slots.Length) Array.Resize(ref Slots, Math.Min(SlotsMax, (Count + room) * 2));
        return this;
    }

    public void Insert(int at, ulong prefix, byte[] entry)
    {
        Slots.AsSpan(at, Count - at).CopyTo(Slots.AsSpan(at + 1));
        Slots[at] = new LeafSlot { Prefix = prefix, Entry = entry };
        Count++;
    }

    public void Remove(int at, int count)
    {
        Slots.AsSpan(at + count, Count - at - count).CopyTo(Slots.AsSpan(at));
        Slots.AsSpan(Count - count, count).Clear();
        Count -= count;
    }
}
