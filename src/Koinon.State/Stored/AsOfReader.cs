using Koinon.Primitives;
using Koinon.Storage;

namespace Koinon.State.Stored;

/// <summary>Reads the tables as they stood when a block was the newest.</summary>
/// <param name="transaction">The snapshot.</param>
/// <param name="number">The block, which the snapshot still has.</param>
/// <param name="isNewest">Whether it is the newest of the snapshot, so that history need not be asked.</param>
internal readonly ref struct AsOfReader(IReadTransaction transaction, ulong number, bool isNewest)
{
    private readonly IReadTransaction _transaction = transaction;
    private readonly ulong _number = number;
    private readonly bool _isNewest = isNewest;

    /// <summary>The snapshot.</summary>
    internal IReadTransaction Transaction => _transaction;

    /// <summary>The block.</summary>
    internal ulong Number => _number;

    /// <summary>Whether the block is the newest of the snapshot.</summary>
    internal bool IsNewest => _isNewest;

    /// <summary>Reads an account.</summary>
    /// <param name="account">Its address hash.</param>
    /// <param name="stored">What stands of it.</param>
    /// <returns>Whether anything does.</returns>
    internal bool TryReadAccount(in Hash256 account, out StoredAccount stored)
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

    /// <summary>Reads a slot.</summary>
    /// <returns>Whether anything stands of it, be it zero.</returns>
    internal bool TryReadSlot(in Hash256 account, in Hash256 slot, out UInt256 value)
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
    internal bool TryReadNode(Hash256? account, ReadOnlySpan<byte> path, out ReadOnlySpan<byte> value)
    {
        Span<byte> key = stackalloc byte[StateKeys.NodeMax];
        bool isStorage = account.HasValue;
        if (!_isNewest)
        {
            int historyLength = StateKeys.WriteNodeBeforeNumber(account, path, key);
            StoreTable history = isStorage ? StateTables.StorageTrieHistory : StateTables.AccountTrieHistory;
            if (TryReadLater(history, key[..historyLength], out value))
            {
                return !value.IsEmpty;
            }
        }

        int length = StateKeys.WriteNode(account, path, key);
        StoreTable table = isStorage ? StateTables.StorageTrie : StateTables.AccountTrie;
        return _transaction.TryGet(table, key[..length], out value);
    }

    /// <summary>Reads the value that a key had before the first later block that changed it.</summary>
    /// <param name="history">Where old values stand.</param>
    /// <param name="key">The key without number.</param>
    /// <param name="value">The value; empty where nothing stood there.</param>
    /// <returns>Whether a later block changed it.</returns>
    internal bool TryReadLater(StoreTable history, scoped ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
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

    private bool TryRead(
        StoreTable table, StoreTable history, scoped ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value) =>
        !_isNewest && TryReadLater(history, key, out value)
            ? !value.IsEmpty
            : _transaction.TryGet(table, key, out value);
}
