namespace Koinon.State.Tables;

/// <summary>A change of many entries of a table, which copies each touched node once.</summary>
/// <remarks>One owner, one thread. After <see cref="ToTable"/> it may go on: what was handed out stays untouched.</remarks>
internal sealed class TableEdit<TKey, TValue, THash>
    where TKey : struct, IEquatable<TKey>
    where THash : struct, IKeyHash<TKey>
{
    private PersistentTable<TKey, TValue, THash> _table;
    private TableNode<TKey, TValue> _root;
    private object _owner = new();
    private int _count;

    internal TableEdit(PersistentTable<TKey, TValue, THash> table)
    {
        _table = table;
        _root = table.Root;
        _count = table.Count;
    }

    /// <summary>Sets the value of a key.</summary>
    internal void Set(in TKey key, in TValue value) => _root = Set(_root, in key, in value, 0);

    /// <summary>Removes a key; nothing happens where it is not there.</summary>
    internal void Remove(in TKey key) => _root = Remove(_root, in key, 0);

    /// <summary>The table as changed so far.</summary>
    internal PersistentTable<TKey, TValue, THash> ToTable()
    {
        if (!ReferenceEquals(_root, _table.Root))
        {
            _table = PersistentTable<TKey, TValue, THash>.Over(_root, _count);
            _owner = new object();
        }

        return _table;
    }

    private TableNode<TKey, TValue> Set(TableNode<TKey, TValue> node, in TKey key, in TValue value, int level)
    {
        uint bit = PersistentTable<TKey, TValue, THash>.PlaceOf(in key, level);
        TableNode<TKey, TValue> own = node.OwnedBy(_owner);
        if ((own.ChildMap & bit) != 0)
        {
            ref TableNode<TKey, TValue> child =
                ref own.Children[TableNode<TKey, TValue>.IndexOf(own.ChildMap, bit)];
            child = Set(child, in key, in value, level + 1);
            return own;
        }

        if ((own.EntryMap & bit) == 0)
        {
            own.InsertEntry(bit, in key, in value);
            _count++;
            return own;
        }

        ref KeyValuePair<TKey, TValue> entry = ref own.Entries[TableNode<TKey, TValue>.IndexOf(own.EntryMap, bit)];
        if (entry.Key.Equals(key))
        {
            entry = new KeyValuePair<TKey, TValue>(key, value);
            return own;
        }

        // Two keys in one place: both move down. Later rounds of the hash part them at the latest.
        TKey otherKey = entry.Key;
        TValue otherValue = entry.Value;
        TableNode<TKey, TValue> below = new(_owner);
        below.InsertEntry(PersistentTable<TKey, TValue, THash>.PlaceOf(in otherKey, level + 1), otherKey, otherValue);
        own.RemoveEntry(bit);
        own.InsertChild(bit, Set(below, in key, in value, level + 1));
        return own;
    }

    private TableNode<TKey, TValue> Remove(TableNode<TKey, TValue> node, in TKey key, int level)
    {
        uint bit = PersistentTable<TKey, TValue, THash>.PlaceOf(in key, level);
        if ((node.EntryMap & bit) != 0)
        {
            if (!node.Entries[TableNode<TKey, TValue>.IndexOf(node.EntryMap, bit)].Key.Equals(key))
            {
                return node;
            }

            TableNode<TKey, TValue> without = node.OwnedBy(_owner);
            without.RemoveEntry(bit);
            _count--;
            return without;
        }

        if ((node.ChildMap & bit) == 0)
        {
            return node;
        }

        int index = TableNode<TKey, TValue>.IndexOf(node.ChildMap, bit);
        TableNode<TKey, TValue> before = node.Children[index];
        TableNode<TKey, TValue> child = Remove(before, in key, level + 1);
        if (ReferenceEquals(child, before) && (child.ChildMap != 0 || child.Entries.Length != 1))
        {
            return node;
        }

        TableNode<TKey, TValue> own = node.OwnedBy(_owner);
        if (child.ChildMap == 0 && child.Entries.Length == 1)
        {
            // A single entry moves up, so that equal contents always have equal shape.
            KeyValuePair<TKey, TValue> entry = child.Entries[0];
            own.RemoveChild(bit);
            own.InsertEntry(bit, entry.Key, entry.Value);
        }
        else
        {
            own.Children[index] = child;
        }

        return own;
    }
}
