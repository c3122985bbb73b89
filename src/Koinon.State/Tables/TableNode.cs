using System.Numerics;
using System.Runtime.CompilerServices;

namespace Koinon.State.Tables;

/// <summary>A node of a <see cref="PersistentTable{TKey, TValue, THash}"/>: up to 32 places, each free, an entry or a
/// child.</summary>
/// <remarks>
/// Two bitmaps say which places are entries and which are children; the arrays hold just those, in the order of their
/// bits. Only the edit that made a node (its owner) may change it; to all others it is immutable.
/// </remarks>
internal sealed class TableNode<TKey, TValue>(object? owner)
    where TKey : struct
{
    internal readonly object? Owner = owner;
    internal uint EntryMap;
    internal uint ChildMap;
    internal KeyValuePair<TKey, TValue>[] Entries = [];
    internal TableNode<TKey, TValue>[] Children = [];

    /// <summary>Where the place with this bit stands among the set places of a map.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int IndexOf(uint map, uint bit) => BitOperations.PopCount(map & (bit - 1));

    /// <summary>This node where the edit owns it, else a copy that it owns.</summary>
    internal TableNode<TKey, TValue> OwnedBy(object owner) =>
        ReferenceEquals(Owner, owner) ? this : new TableNode<TKey, TValue>(owner)
        {
            EntryMap = EntryMap,
            ChildMap = ChildMap,
            Entries = Entries.Length == 0 ? Entries : (KeyValuePair<TKey, TValue>[])Entries.Clone(),
            Children = Children.Length == 0 ? Children : (TableNode<TKey, TValue>[])Children.Clone(),
        };

    /// <summary>Fills a free place with an entry. Only for the owner.</summary>
    internal void InsertEntry(uint bit, in TKey key, in TValue value)
    {
        Entries = Insert(Entries, IndexOf(EntryMap, bit), new KeyValuePair<TKey, TValue>(key, value));
        EntryMap |= bit;
    }

    /// <summary>Frees the place of an entry. Only for the owner.</summary>
    internal void RemoveEntry(uint bit)
    {
        Entries = Remove(Entries, IndexOf(EntryMap, bit));
        EntryMap &= ~bit;
    }

    /// <summary>Fills a free place with a child. Only for the owner.</summary>
    internal void InsertChild(uint bit, TableNode<TKey, TValue> child)
    {
        Children = Insert(Children, IndexOf(ChildMap, bit), child);
        ChildMap |= bit;
    }

    /// <summary>Frees the place of a child. Only for the owner.</summary>
    internal void RemoveChild(uint bit)
    {
        Children = Remove(Children, IndexOf(ChildMap, bit));
        ChildMap &= ~bit;
    }

    private static T[] Insert<T>(T[] source, int index, T item)
    {
        T[] result = new T[source.Length + 1];
        source.AsSpan(0, index).CopyTo(result);
        result[index] = item;
        source.AsSpan(index).CopyTo(result.AsSpan(index + 1));
        return result;
    }

    private static T[] Remove<T>(T[] source, int index)
    {
        if (source.Length == 1)
        {
            return [];
        }

        T[] result = new T[source.Length - 1];
        source.AsSpan(0, index).CopyTo(result);
        source.AsSpan(index + 1).CopyTo(result.AsSpan(index));
        return result;
    }
}
