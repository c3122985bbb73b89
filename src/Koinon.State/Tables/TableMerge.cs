using System.Numerics;
using System.Runtime.InteropServices;

namespace Koinon.State.Tables;

/// <summary>Changes of many keys of a table, merged into it at once.</summary>
/// <remarks>
/// The changes are sorted by hash; then one walk makes each node on their way anew, once and in its final size. A key
/// is given at most once. One owner, one thread; empty again after each merge, with its memory kept.
/// </remarks>
internal sealed class TableMerge<TKey, TValue, THash>
    where TKey : struct, IEquatable<TKey>
    where THash : struct, IKeyHash<TKey>
{
    private readonly List<Change> _changes = [];

    // What the nodes under construction are made of: each node's part begins where its parent's ends.
    private readonly List<KeyValuePair<TKey, TValue>> _entries = [];
    private readonly List<TableNode<TKey, TValue>> _children = [];
    private int _count;

    /// <summary>Whether nothing is to be changed.</summary>
    internal bool IsEmpty => _changes.Count == 0;

    /// <summary>Makes room for so many changes.</summary>
    internal void Reserve(int count) => _changes.EnsureCapacity(count);

    /// <summary>Sets the value of a key.</summary>
    internal void Set(in TKey key, in TValue value) =>
        _changes.Add(new Change(THash.Hash(in key, 0), key, value, isRemoval: false));

    /// <summary>Removes a key; nothing happens where it is not there.</summary>
    internal void Remove(in TKey key) =>
        _changes.Add(new Change(THash.Hash(in key, 0), key, default!, isRemoval: true));

    /// <summary>The version of a table that the changes lead to.</summary>
    internal PersistentTable<TKey, TValue, THash> Into(PersistentTable<TKey, TValue, THash> table)
    {
        if (IsEmpty)
        {
            return table;
        }

        Span<Change> changes = CollectionsMarshal.AsSpan(_changes);
        changes.Sort();
        _count = table.Count;
        TableNode<TKey, TValue> root = Merge(table.Root, 0, changes);
        _changes.Clear();
        return PersistentTable<TKey, TValue, THash>.Over(root, _count);
    }

    // Makes a node anew out of one that stands at a level and the changes that lead there.
    private TableNode<TKey, TValue> Merge(TableNode<TKey, TValue> node, int level, Span<Change> changes)
    {
        int firstEntry = _entries.Count;
        int firstChild = _children.Count;
        uint entryMap = 0;
        uint childMap = 0;
        uint places = node.EntryMap | node.ChildMap | PlacesOf(changes, level);
        for (; places != 0; places &= places - 1)
        {
            uint bit = 1u << BitOperations.TrailingZeroCount(places);
            int length = 0;
            while (length < changes.Length
                && PersistentTable<TKey, TValue, THash>.PlaceOf(changes[length].Hash, level) == bit)
            {
                length++;
            }

            switch (MergePlace(node, bit, level, changes[..length]))
            {
                case Place.Entry:
                    entryMap |= bit;
                    break;
                case Place.Child:
                    childMap |= bit;
                    break;
            }

            changes = changes[length..];
        }

        return new TableNode<TKey, TValue>(entryMap, childMap, Take(_entries, firstEntry), Take(_children, firstChild));
    }

    // Puts what stands in one place afterwards on top of the entries or of the children.
    private Place MergePlace(TableNode<TKey, TValue> node, uint bit, int level, Span<Change> changes)
    {
        bool isChild = (node.ChildMap & bit) != 0;
        bool isEntry = (node.EntryMap & bit) != 0;
        if (changes.IsEmpty)
        {
            return isChild ? KeepChild(node.ChildAt(bit)) : KeepEntry(in node.EntryAt(bit));
        }

        if (!isChild && changes.Length == 1)
        {
            ref Change change = ref changes[0];
            bool replaces = isEntry && node.EntryAt(bit).Key.Equals(change.Key);
            if (replaces || !isEntry)
            {
                _count += (change.IsRemoval ? 0 : 1) - (replaces ? 1 : 0);
                return change.IsRemoval ? Place.Free
                    : KeepEntry(new KeyValuePair<TKey, TValue>(change.Key, change.Value));
            }

            if (change.IsRemoval)
            {
                return KeepEntry(in node.EntryAt(bit));
            }
        }

        // Several keys in one place: a node further down parts them, by another round of the hash at the latest.
        int next = level + 1;
        int round = next / PersistentTable<TKey, TValue, THash>.LevelsPerRound;
        if (next % PersistentTable<TKey, TValue, THash>.LevelsPerRound == 0)
        {
            foreach (ref Change change in changes)
            {
                change = new Change(THash.Hash(in change.Key, round), change.Key, change.Value, change.IsRemoval);
            }

            changes.Sort();
        }

        TableNode<TKey, TValue> below = isChild ? node.ChildAt(bit)
            : isEntry ? NodeOf(in node.EntryAt(bit), next, round)
            : PersistentTable<TKey, TValue, THash>.Empty.Root;
        TableNode<TKey, TValue> merged = Merge(below, next, changes);
        return merged.ChildMap != 0 || merged.Entries.Length > 1 ? KeepChild(merged)
            : merged.Entries.Length == 1 ? KeepEntry(in merged.Entries[0])
            : Place.Free;
    }

    private Place KeepChild(TableNode<TKey, TValue> child)
    {
        _children.Add(child);
        return Place.Child;
    }

    private Place KeepEntry(in KeyValuePair<TKey, TValue> entry)
    {
        _entries.Add(entry);
        return Place.Entry;
    }

    private static TableNode<TKey, TValue> NodeOf(in KeyValuePair<TKey, TValue> entry, int level, int round)
    {
        TKey key = entry.Key;
        uint bit = PersistentTable<TKey, TValue, THash>.PlaceOf(THash.Hash(in key, round), level);
        return new TableNode<TKey, TValue>(bit, 0, [entry], []);
    }

    private static uint PlacesOf(ReadOnlySpan<Change> changes, int level)
    {
        uint places = 0;
        foreach (ref readonly Change change in changes)
        {
            places |= PersistentTable<TKey, TValue, THash>.PlaceOf(change.Hash, level);
        }

        return places;
    }

    private static T[] Take<T>(List<T> list, int first)
    {
        if (list.Count == first)
        {
            return [];
        }

        T[] taken = CollectionsMarshal.AsSpan(list)[first..].ToArray();
        CollectionsMarshal.SetCount(list, first);
        return taken;
    }

    /// <summary>What a place of a node holds.</summary>
    private enum Place
    {
        Free,
        Entry,
        Child,
    }

    /// <summary>A key and what becomes of it, ordered by the hash.</summary>
    private readonly struct Change(ulong hash, TKey key, TValue value, bool isRemoval) : IComparable<Change>
    {
        internal readonly ulong Hash = hash;
        internal readonly TKey Key = key;
        internal readonly TValue Value = value;
        internal readonly bool IsRemoval = isRemoval;

        public int CompareTo(Change other) => Hash.CompareTo(other.Hash);
    }
}
