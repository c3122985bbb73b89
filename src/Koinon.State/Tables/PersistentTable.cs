namespace Koinon.State.Tables;

/// <summary>An immutable hash table whose versions share what they have in common.</summary>
/// <typeparam name="TKey">Keys; chosen by strangers, hence hashed with a random seed.</typeparam>
/// <typeparam name="TValue">Values.</typeparam>
/// <typeparam name="THash">How keys are hashed.</typeparam>
/// <remarks>
/// A tree over the bits of the hash, five a level from the top (a hash-array-mapped trie in its compressed form:
/// entries and children in separate arrays). A version is one reference, so a snapshot costs nothing; a
/// <see cref="TableMerge{TKey, TValue, THash}"/> makes each node on the way of its changes anew once. Reading
/// allocates nothing and touches about log32(n) nodes. Safe from any thread.
/// </remarks>
internal sealed class PersistentTable<TKey, TValue, THash>
    where TKey : struct, IEquatable<TKey>
    where THash : struct, IKeyHash<TKey>
{
    /// <summary>Levels that one round of the hash serves.</summary>
    internal const int LevelsPerRound = 64 / BitsPerLevel;

    private const int BitsPerLevel = 5;
    private const int TopShift = 64 - BitsPerLevel;
    private const ulong PlaceMask = (1 << BitsPerLevel) - 1;

    private PersistentTable(TableNode<TKey, TValue> root, int count)
    {
        Root = root;
        Count = count;
    }

    /// <summary>The table without entries.</summary>
    internal static PersistentTable<TKey, TValue, THash> Empty { get; } =
        new(new TableNode<TKey, TValue>(0, 0, [], []), 0);

    /// <summary>How many entries there are.</summary>
    internal int Count { get; }

    /// <summary>The node at the top, never null.</summary>
    internal TableNode<TKey, TValue> Root { get; }

    /// <summary>Reads the value of a key.</summary>
    internal bool TryGet(in TKey key, out TValue value)
    {
        TableNode<TKey, TValue> node = Root;
        ulong hash = THash.Hash(in key, 0);
        for (int level = 0; ;)
        {
            uint bit = 1u << (int)(hash >> TopShift);
            if ((node.EntryMap & bit) != 0)
            {
                ref readonly KeyValuePair<TKey, TValue> entry = ref node.EntryAt(bit);
                bool found = entry.Key.Equals(key);
                value = found ? entry.Value : default!;
                return found;
            }

            if ((node.ChildMap & bit) == 0)
            {
                value = default!;
                return false;
            }

            node = node.ChildAt(bit);
            level++;
            hash = level % LevelsPerRound == 0 ? THash.Hash(in key, level / LevelsPerRound) : hash << BitsPerLevel;
        }
    }

    /// <summary>Every entry, in no order that means anything.</summary>
    internal IEnumerable<KeyValuePair<TKey, TValue>> Enumerate()
    {
        Stack<TableNode<TKey, TValue>> pending = new();
        pending.Push(Root);
        while (pending.TryPop(out TableNode<TKey, TValue>? node))
        {
            foreach (KeyValuePair<TKey, TValue> entry in node.Entries)
            {
                yield return entry;
            }

            foreach (TableNode<TKey, TValue> child in node.Children)
            {
                pending.Push(child);
            }
        }
    }

    /// <summary>The place, as a bit, of a hash of the level's round.</summary>
    internal static uint PlaceOf(ulong hash, int level) =>
        1u << (int)((hash >> (TopShift - (BitsPerLevel * (level % LevelsPerRound)))) & PlaceMask);

    /// <summary>The table over a root.</summary>
    internal static PersistentTable<TKey, TValue, THash> Over(TableNode<TKey, TValue> root, int count) =>
        count == 0 ? Empty : new PersistentTable<TKey, TValue, THash>(root, count);
}
