using Koinon.Primitives;
using Koinon.Storage;

namespace Koinon.State.Stored;

/// <summary>Notes what stood in the tables before a block, and lists what was noted.</summary>
/// <param name="transaction">Where it is written.</param>
/// <param name="number">The block.</param>
/// <param name="mayStand">Whether something may have been noted for the block already: what was noted first counts.
/// </param>
internal sealed class HistoryWriter(IWriteTransaction transaction, ulong number, bool mayStand)
{
    private readonly ChangeListWriter _changes = Begin(transaction, StateTables.Changes, number, mayStand);
    private readonly ChangeListWriter _nodes = Begin(transaction, StateTables.TrieChanges, number, mayStand);

    /// <summary>Says whose the next entries are.</summary>
    internal void BeginAccount(in Address address, in Hash256 account) => _changes.BeginAccount(in address, in account);

    /// <summary>Notes that the account's storage was wiped.</summary>
    internal void AddWipe() => _changes.Add(ChangeKind.Wipe);

    /// <summary>Notes the account's record.</summary>
    /// <param name="account">Its address hash.</param>
    /// <param name="before">What stood there; empty for nothing.</param>
    internal void AddRecord(in Hash256 account, ReadOnlySpan<byte> before)
    {
        if (TryAdd(StateTables.AccountHistory, Hash256.AsSpan(in account), before))
        {
            _changes.Add(ChangeKind.Record);
        }
    }

    /// <summary>Notes a slot of the account.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="name">Its name, where its hash cannot be looked up later.</param>
    /// <param name="before">What stood there; empty for nothing.</param>
    /// <param name="isWiped">Whether the account's slots were wiped in this block.</param>
    internal void AddSlot(ReadOnlySpan<byte> key, UInt256? name, ReadOnlySpan<byte> before, bool isWiped)
    {
        if (!TryAdd(StateTables.SlotHistory, key, before, isWiped))
        {
            return;
        }

        if (name is UInt256 slot)
        {
            _changes.AddSlot(in slot);
        }
        else
        {
            _changes.AddSlot(new Hash256(key[Hash256.Size..]));
        }
    }

    /// <summary>Notes a node.</summary>
    /// <param name="isStorage">Of which kind of trie.</param>
    /// <param name="key">Its key before the number.</param>
    /// <param name="before">What stood there; empty for nothing.</param>
    internal void AddNode(bool isStorage, ReadOnlySpan<byte> key, ReadOnlySpan<byte> before)
    {
        if (TryAdd(isStorage ? StateTables.StorageTrieHistory : StateTables.AccountTrieHistory, key, before))
        {
            _nodes.AddNode(isStorage, key);
        }
    }

    /// <summary>Writes the lists.</summary>
    internal void Flush()
    {
        _changes.Flush();
        _nodes.Flush();
    }

    private static ChangeListWriter Begin(IWriteTransaction to, StoreTable table, ulong block, bool goesOn)
    {
        ChangeListWriter writer = new(to, table, block);
        if (goesOn)
        {
            writer.GoOn();
        }

        return writer;
    }

    private bool TryAdd(StoreTable table, ReadOnlySpan<byte> key, ReadOnlySpan<byte> before, bool mayBeThere = false)
    {
        Span<byte> full = stackalloc byte[StateKeys.NodeMax + StateKeys.NumberLength];
        full = full[..(key.Length + StateKeys.NumberLength)];
        key.CopyTo(full);
        StateKeys.WriteNumber(number, full[key.Length..]);
        if ((mayStand || mayBeThere) && transaction.TryGet(table, full, out _))
        {
            return false;
        }

        transaction.Put(table, full, before);
        return true;
    }
}
