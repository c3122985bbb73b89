using Koinon.Primitives;
using Koinon.State.Tries;
using Koinon.Storage;

namespace Koinon.State.Stored;

/// <summary>Takes the newest block's changes back.</summary>
/// <param name="transaction">Where.</param>
/// <param name="options">What is kept.</param>
/// <param name="cache">Nodes that were used recently.</param>
/// <param name="number">The newest block.</param>
internal sealed class StateUndo(
    IWriteTransaction transaction, StateStoreOptions options, NodeCache cache, ulong number)
{
    /// <summary>Does it, but for the record of which versions there are.</summary>
    /// <param name="hasNodes">Whether the nodes before the block are kept; they are made anew otherwise.</param>
    internal void Run(bool hasNodes)
    {
        if (!hasNodes)
        {
            MakeNodes();
        }

        ChangeListReader list = new(transaction, StateTables.Changes, number);
        Span<byte> slot = stackalloc byte[StateKeys.SlotLength];
        while (list.MoveNext())
        {
            if (list.Kind == ChangeKind.Record)
            {
                ReadOnlySpan<byte> key = Hash256.AsSpan(list.Account);
                Restore(StateTables.Accounts, key, StateTables.AccountHistory, key);
            }
            else if (list.Kind is ChangeKind.SlotHash or ChangeKind.SlotName)
            {
                StateKeys.WriteSlot(list.Account, list.Slot, slot);
                Restore(StateTables.Slots, slot, StateTables.SlotHistory, slot);
            }
        }

        if (hasNodes)
        {
            RestoreNodes();
        }

        StatePruning.DropList(transaction, StateTables.Changes, number);
        StatePruning.DropList(transaction, StateTables.TrieChanges, number);
        StoredVersion.Delete(transaction, number);
    }

    private void RestoreNodes()
    {
        ChangeListReader list = new(transaction, StateTables.TrieChanges, number);
        Span<byte> key = stackalloc byte[StateKeys.NodeMax];
        while (list.MoveNext())
        {
            bool isStorage = list.Kind == ChangeKind.StorageNode;
            StateKeys.TurnNode(list.NodeKey, isStorage, key);
            Restore(
                isStorage ? StateTables.StorageTrie : StateTables.AccountTrie,
                key[..list.NodeKey.Length],
                isStorage ? StateTables.StorageTrieHistory : StateTables.AccountTrieHistory,
                list.NodeKey);
        }
    }

    private void Restore(StoreTable table, ReadOnlySpan<byte> key, StoreTable history, ReadOnlySpan<byte> historyKey)
    {
        Span<byte> full = stackalloc byte[StateKeys.NodeMax + StateKeys.NumberLength];
        full = full[..(historyKey.Length + StateKeys.NumberLength)];
        historyKey.CopyTo(full);
        StateKeys.WriteNumber(number, full[historyKey.Length..]);
        if (!transaction.TryGet(history, full, out ReadOnlySpan<byte> value))
        {
            throw new StoreException(StoreError.Corrupt, $"The history of block {number} is damaged: a value is gone.");
        }

        if (value.IsEmpty)
        {
            transaction.Delete(table, key);
        }
        else
        {
            transaction.Put(table, key, value.ToArray());
        }

        transaction.Delete(history, full);
    }

    private void MakeNodes()
    {
        StoredVersion version = StoredVersion.Read(transaction, number);
        StoredVersion before = StoredVersion.Read(transaction, number - 1);
        ReversedTries tries = ReversedTries.BeforeNewest(transaction, options, cache, number, version.Root);
        if (tries.Accounts.Root != before.Root)
        {
            throw new StoreException(
                StoreError.Corrupt,
                $"The history of block {number} is damaged: it leads back to {tries.Accounts.Root}, "
                + $"not to {before.Root}.");
        }

        TrieWriter nodes = new(transaction, cache, null);
        AsOfReader now = new(transaction, number, isNewest: true);
        foreach ((Hash256 account, MerkleTrie storage) in tries.Storages)
        {
            bool exists = now.TryReadAccount(in account, out StoredAccount stored) && stored.Exists;
            nodes.Write(account, exists ? stored.StorageRoot : MerkleTrie.Empty.Root, storage);
        }

        nodes.Write(null, version.Root, tries.Accounts);
    }
}
