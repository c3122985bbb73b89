using Koinon.Primitives;
using Koinon.Storage;

namespace Koinon.State.Stored;

/// <summary>Takes the newest block's changes back.</summary>
/// <param name="transaction">Where.</param>
/// <param name="options">What is kept.</param>
/// <param name="cache">Nodes that were used recently.</param>
/// <param name="meta">Which versions there are.</param>
internal sealed class StateUndo(
    IWriteTransaction transaction, StateStoreOptions options, NodeCache cache, StateMeta meta)
{
    private readonly ulong _number = meta.Newest;

    /// <summary>Does it, but for the record of which versions there are.</summary>
    internal void Run()
    {
        // Where the nodes before the block are not kept, they are made anew.
        bool hasNodes = meta.Newest > meta.OldestProof;
        bool isIndexed = meta.Newest >= meta.IndexedFrom;
        if (!hasNodes)
        {
            MakeNodes();
        }

        ChangeListReader list = new(transaction, _number);
        Span<byte> slot = stackalloc byte[StateKeys.SlotLength];
        while (list.MoveNext())
        {
            if (list.Kind == ChangeKind.Record)
            {
                Restore(StateTables.Accounts, StateTables.AccountHistory, Hash256.AsSpan(list.Account));
            }
            else if (list.Kind is ChangeKind.SlotHash or ChangeKind.SlotName)
            {
                StateKeys.WriteSlot(list.Account, list.Slot, slot);
                Restore(StateTables.Slots, StateTables.SlotHistory, slot);
            }
        }

        if (hasNodes)
        {
            RestoreNodes();
        }

        StatePruning.DropAllOf(transaction, StateTables.Changes, _number);
        new NodeHistory(transaction, _number).Drop(isIndexed);
        StoredVersion.Delete(transaction, _number);
    }

    private void RestoreNodes()
    {
        Span<byte> key = stackalloc byte[StateKeys.NodeMax];
        foreach ((byte[] name, byte[] before) in new NodeHistory(transaction, _number).Nodes())
        {
            int length = StateKeys.WriteNode(name, key);
            Store(StateKeys.TableOf(name), key[..length], before);
        }
    }

    private void Restore(StoreTable table, StoreTable history, ReadOnlySpan<byte> key)
    {
        Span<byte> full = stackalloc byte[StateKeys.NodeMax + StateKeys.NumberLength];
        full = full[..(key.Length + StateKeys.NumberLength)];
        key.CopyTo(full);
        StateKeys.WriteNumber(_number, full[key.Length..]);
        if (!transaction.TryGet(history, full, out ReadOnlySpan<byte> value))
        {
            throw new StoreException(
                StoreError.Corrupt, $"The history of block {_number} is damaged: a value is gone.");
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

    private void MakeNodes()
    {
        StoredVersion version = StoredVersion.Read(transaction, _number);
        StoredVersion before = StoredVersion.Read(transaction, _number - 1);
        StoredBase later = StoredBase.In(transaction, options, cache, in meta, _number, version.Id);
        ReversedTries tries = ReversedTries.AsOf(transaction, in meta, later, version.Root, _number - 1);
        if (tries.Accounts.Root != before.Root)
        {
            throw new StoreException(
                StoreError.Corrupt,
                $"The history of block {_number} is damaged: it leads back to {tries.Accounts.Root}, "
                + $"not to {before.Root}.");
        }

        tries.Write(transaction, version.Root, new TrieWriter(transaction, cache, null));
    }
}
