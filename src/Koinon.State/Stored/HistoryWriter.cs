using Koinon.Primitives;
using Koinon.Storage;

namespace Koinon.State.Stored;

/// <summary>Notes what stood in the tables before a block, and lists what was noted.</summary>
/// <param name="transaction">Where it is written.</param>
/// <param name="number">The block.</param>
/// <param name="mayStand">Whether something may have been noted for the block already: what was noted first counts.
/// </param>
/// <param name="indexesNodes">Whether old nodes are to be found by their path.</param>
internal sealed class HistoryWriter(IWriteTransaction transaction, ulong number, bool mayStand, bool indexesNodes)
{
    private readonly ChangeListWriter _changes = Begin(transaction, number, mayStand);

    /// <summary>Says whose the next entries are.</summary>
    internal void BeginAccount(in Address address) => _changes.BeginAccount(in address);

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
    /// <param name="account">Whose storage trie; <see langword="null"/> for the trie of accounts.</param>
    /// <param name="path">One nibble a byte.</param>
    /// <param name="before">What stood there; empty for nothing.</param>
    internal void AddNode(Hash256? account, ReadOnlySpan<byte> path, ReadOnlySpan<byte> before)
    {
        Span<byte> key = stackalloc byte[StateKeys.NumberLength + StateKeys.NodeNameMax];
        StateKeys.WriteNumber(number, key);
        Span<byte> name = key[StateKeys.NumberLength..];
        int length = StateKeys.WriteNodeName(account, path, name);
        key = key[..(StateKeys.NumberLength + length)];
        if (mayStand && transaction.TryGet(StateTables.TrieHistory, key, out _))
        {
            return;
        }

        transaction.Put(StateTables.TrieHistory, key, before);
        if (indexesNodes)
        {
            Span<byte> index = stackalloc byte[key.Length];
            name[..length].CopyTo(index);
            StateKeys.WriteNumber(number, index[length..]);
            transaction.Put(StateTables.TrieHistoryIndex, index, []);
        }
    }

    /// <summary>Writes the list.</summary>
    internal void Flush() => _changes.Flush();

    private static ChangeListWriter Begin(IWriteTransaction to, ulong block, bool goesOn)
    {
        ChangeListWriter writer = new(to, block);
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
