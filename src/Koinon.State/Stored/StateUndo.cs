using Koinon.Primitives;
using Koinon.Storage;

namespace Koinon.State.Stored;

/// <summary>Takes the changes of the newest blocks back.</summary>
/// <param name="transaction">Where.</param>
/// <param name="options">What is kept.</param>
/// <param name="cache">Nodes that were used recently.</param>
/// <param name="meta">Which versions there are.</param>
internal sealed class StateUndo(
    IWriteTransaction transaction, StateStoreOptions options, NodeCache cache, StateMeta meta)
{
    /// <summary>Does it, but for the record of which versions there are.</summary>
    /// <param name="target">The block that is the newest one then.</param>
    internal void Run(ulong target)
    {
        // Where the nodes of the target are not kept, they are made anew: once, however many blocks lie above.
        bool hasNodes = target >= meta.OldestProof;
        if (!hasNodes)
        {
            MakeNodes(target);
        }

        for (ulong number = meta.Newest; number > target; number--)
        {
            TakeBack(number, hasNodes);
        }
    }

    private void TakeBack(ulong number, bool hasNodes)
    {
        ChangeListReader list = new(transaction, number);
        Span<byte> slot = stackalloc byte[StateKeys.SlotLength];
        while (list.MoveNext())
        {
            if (list.Kind == ChangeKind.Record)
            {
                Restore(number, StateTables.Accounts, StateTables.AccountHistory, Hash256.AsSpan(list.Account));
            }
            else if (list.Kind is ChangeKind.SlotHash or ChangeKind.SlotName)
            {
                StateKeys.WriteSlot(list.Account, list.Slot, slot);
                Restore(number, StateTables.Slots, StateTables.SlotHistory, slot);
            }
        }

        if (hasNodes)
        {
            RestoreNodes(number);
        }

        StatePruning.DropAllOf(transaction, StateTables.Changes, number);
        new NodeHistory(transaction, number).Drop(isIndexed: number >= meta.IndexedFrom);
        StoredVersion.Delete(transaction, number);
    }

    private void RestoreNodes(ulong number)
    {
        Span<byte> key = stackalloc byte[StateKeys.NodeMax];
        foreach ((byte[] name, byte[] before) in new NodeHistory(transaction, number).Nodes())
        {
            int length = StateKeys.WriteNode(name, key);
            Store(StateKeys.TableOf(name), key[..length], before);
        }
    }

    private void Restore(ulong number, StoreTable table, StoreTable history, ReadOnlySpan<byte> key)
    {
        Span<byte> full = stackalloc byte[StateKeys.NodeMax + StateKeys.NumberLength];
        full = full[..(key.Length + StateKeys.NumberLength)];
        key.CopyTo(full);
        StateKeys.WriteNumber(number, full[key.Length..]);
        if (!transaction.TryGet(history, full, out ReadOnlySpan<byte> value))
        {
            throw new StoreException(
                StoreError.Corrupt, $"The history of block {number} is damaged: a value is gone.");
        }

        Store(table, key, value.ToArray());
        transaction.Delete(history, full);
    }

    private void Store(StoreTable table, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            transaction.Delete(table, key);
        }
        else
        {
            transaction.Put(table, key, value);
        }
    }

    private void MakeNodes(ulong target)
    {
        StoredVersion version = StoredVersion.Read(transaction, meta.Newest);
        StoredVersion before = StoredVersion.Read(transaction, target);
        StoredBase later = StoredBase.In(transaction, options, cache, in meta, meta.Newest, version.Id);
        ReversedTries tries = ReversedTries.AsOf(transaction, in meta, later, version.Root, target);
        if (tries.Accounts.Root != before.Root)
        {
            throw new StoreException(
                StoreError.Corrupt,
                $"The history after block {target} is damaged: it leads back to {tries.Accounts.Root}, "
                + $"not to {before.Root}.");
        }

        tries.Write(transaction, version.Root, new TrieWriter(transaction, cache, null));
    }
}
