using System.Numerics;
using System.Runtime.CompilerServices;

namespace Koinon.State.Tables;

/// <summary>A node of a <see cref="PersistentTable{TKey, TValue, THash}"/>: 32 places, each free, an entry or a child.
/// </summary>
/// <param name="entryMap">Which places are entries; place 0 is the lowest bit.</param>
/// <param name="childMap">Which places are children.</param>
/// <param name="entries">The entries in the order of their places; kept.</param>
/// <param name="children">The children in the order of their places; kept.</param>
internal sealed class TableNode<TKey, TValue>(
    uint entryMap,
    uint childMap,
    KeyValuePair<TKey, TValue>[] entries,
    TableNode<TKey, TValue>[] children)
    where TKey : struct
{
    internal readonly uint EntryMap = entryMap;
    internal readonly uint ChildMap = childMap;
    internal readonly KeyValuePair<TKey, TValue>[] Entries = entries;
    internal readonly TableNode<TKey, TValue>[] Children = children;

    /// <summary>The entry of a place that is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref readonly KeyValuePair<TKey, TValue> EntryAt(uint bit) =>
        ref Entries[BitOperations.PopCount(EntryMap & (bit - 1))];

    /// <summary>The child of a place that is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal TableNode<TKey, TValue> ChildAt(uint bit) => Children[BitOperations.PopCount(ChildMap & (bit - 1))];
}
