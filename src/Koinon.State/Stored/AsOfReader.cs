using Koinon.Primitives;
using Koinon.Storage;

namespace Koinon.State.Stored;

/// <summary>Reads the tables as they stood when a block was the newest.</summary>
/// <param name="transaction">The snapshot.</param>
/// <param name="number">The block, which the snapshot still has.</param>
/// <param name="newest">The newest block of the snapshot; where both are the same, history need not be asked.</param>
internal readonly ref struct AsOfReader(IReadTransaction transaction, ulong number, ulong newest) : IFormerState
{
    private readonly IReadTransaction _transaction = transaction;
    private readonly ulong _number = number;
    private readonly ulong _newest = newest;

    /// <summary>The snapshot.</summary>
    internal IReadTransaction Transaction => _transaction;

    /// <summary>The block.</summary>
    internal ulong Number => _number;

    private bool IsNewest => _number == _newest;

    /// <inheritdoc/>
    public bool TryReadAccount(in Hash256 account, out StoredAccount stored)
    {
        ReadOnlySpan<byte> key = Hash256.AsSpan(in account);
        if (TryRead(StateTables.Accounts, StateTables.AccountHistory, key, out ReadOnlySpan<byte> value))
        {
            stored = StoredAccount.Read(value);
            return true;
        }

        stored = default;
        return false;
    }

    /// <inheritdoc/>
    public bool TryReadSlot(in Hash256 account, in Hash256 slot, out UInt256 value)
    {
        Span<byte> key = stackalloc byte[StateKeys.SlotLength];
        StateKeys.WriteSlot(in account, in slot, key);
        if (TryRead(StateTables.Slots, StateTables.SlotHistory, key, out ReadOnlySpan<byte> stored))
        {
            value = StoredSlot.Read(stored);
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>Reads a node of a trie.</summary>
    /// <param name="account">Whose storage trie; <see langword="null"/> for the trie of accounts.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="indexedFrom">From which block on the index of old nodes is complete.</param>
    /// <param name="value">Its encoding.</param>
    internal bool TryReadNode(
        Hash256? account, ReadOnlySpan<byte> path, ulong indexedFrom, out ReadOnlySpan<byte> value)
    {
        if (!IsNewest && TryReadOldNode(account, path, indexedFrom, out value))
        {
            return !value.IsEmpty;
        }

        Span<byte> key = stackalloc byte[StateKeys.NodeMax];
        int length = StateKeys.WriteNode(account, path, key);
        StoreTable table = account.HasValue ? StateTables.StorageTrie : StateTables.AccountTrie;
        return _transaction.TryGet(table, key[..length], out value);
    }

    /// <summary>Reads the value that a key had before the first later block that changed it.</summary>
    /// <param name="history">Where old values stand.</param>
    /// <param name="key">The key without number.</param>
    /// <param name="value">The value; empty where nothing stood there.</param>
    /// <returns>Whether a later block changed it.</returns>
    private bool TryReadLater(StoreTable history, scoped ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        Span<byte> from = stackalloc byte[StateKeys.NodeMax + StateKeys.NumberLength];
        from = from[..(key.Length + StateKeys.NumberLength)];
        key.CopyTo(from);
        StateKeys.WriteNumber(_number + 1, from[key.Length..]);
        using IStoreCursor cursor = _transaction.OpenCursor(history);
        if (cursor.Seek(from) && cursor.Key.Length == from.Length && cursor.Key.StartsWith(key))
        {
            value = cursor.Value.ToArray();
            return true;
        }

        value = default;
        return false;
    }

    // Blocks before the index are asked one by one: as many as the window of proofs has at most.
    private bool TryReadOldNode(
        Hash256? account, ReadOnlySpan<byte> path, ulong indexedFrom, out ReadOnlySpan<byte> value)
    {
        Span<byte> key = stackalloc byte[StateKeys.NumberLength + StateKeys.NodeNameMax];
        Span<byte> name = key[StateKeys.NumberLength..];
        name = name[..StateKeys.WriteNodeName(account, path, name)];
        key = key[..(StateKeys.NumberLength + name.Length)];
        ulong block = _number + 1;
        for (; block <= _newest && block < indexedFrom; block++)
        {
            StateKeys.WriteNumber(block, key);
            if (_transaction.TryGet(StateTables.TrieHistory, key, out value))
            {
                return true;
            }
        }

        value = default;
        if (block > _newest)
        {
            return false;
        }

        Span<byte> from = stackalloc byte[key.Length];
        name.CopyTo(from);
        StateKeys.WriteNumber(block, from[name.Length..]);
        using IStoreCursor cursor = _transaction.OpenCursor(StateTables.TrieHistoryIndex);
        if (!cursor.Seek(from) || cursor.Key.Length != from.Length || !cursor.Key.StartsWith(name))
        {
            return false;
        }

        cursor.Key[name.Length..].CopyTo(key);
        return _transaction.TryGet(StateTables.TrieHistory, key, out value);
    }

    private bool TryRead(
        StoreTable table, StoreTable history, scoped ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value) =>
        !IsNewest && TryReadLater(history, key, out value)
            ? !value.IsEmpty
            : _transaction.TryGet(table, key, out value);
}
