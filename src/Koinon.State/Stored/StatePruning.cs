using Koinon.Primitives;
using Koinon.Storage;

namespace Koinon.State.Stored;

/// <summary>Drops history, block by block, each by its own list.</summary>
/// <param name="transaction">Where.</param>
/// <param name="meta">Which versions there are.</param>
internal sealed class StatePruning(IWriteTransaction transaction, StateMeta meta)
{
    /// <summary>Drops what is older than the windows.</summary>
    /// <param name="history">How many blocks before the newest keep their state.</param>
    /// <param name="proofs">How many blocks before the newest keep their nodes.</param>
    /// <param name="blocksMax">How many blocks to drop at most.</param>
    /// <returns>Which versions there are now.</returns>
    internal StateMeta Run(ulong history, ulong proofs, int blocksMax)
    {
        StateMeta now = meta;
        for (int i = 0; i < blocksMax; i++)
        {
            if (now.Newest - now.OldestProof > proofs)
            {
                now = now with { OldestProof = now.OldestProof + 1 };
                DropNodes(now.OldestProof);
            }
            else if (now.Newest - now.OldestState > history)
            {
                StoredVersion.Delete(transaction, now.OldestState);
                now = now with { OldestState = now.OldestState + 1 };
                DropValues(now.OldestState);
            }
            else
            {
                break;
            }
        }

        return now;
    }

    /// <summary>Drops a block's list.</summary>
    internal static void DropList(IWriteTransaction transaction, StoreTable list, ulong number)
    {
        Span<byte> from = stackalloc byte[StateKeys.NumberLength];
        Span<byte> to = stackalloc byte[StateKeys.NumberLength];
        StateKeys.WriteNumber(number, from);
        StateKeys.WriteNumber(number + 1, to);
        transaction.DeleteRange(list, from, to);
    }

    private void DropValues(ulong number)
    {
        ChangeListReader list = new(transaction, StateTables.Changes, number);
        Span<byte> slot = stackalloc byte[StateKeys.SlotLength];
        while (list.MoveNext())
        {
            if (list.Kind == ChangeKind.Record)
            {
                Drop(StateTables.AccountHistory, Hash256.AsSpan(list.Account), number);
            }
            else if (list.Kind is ChangeKind.SlotHash or ChangeKind.SlotName)
            {
                StateKeys.WriteSlot(list.Account, list.Slot, slot);
                Drop(StateTables.SlotHistory, slot, number);
            }
        }

        DropList(transaction, StateTables.Changes, number);
    }

    private void DropNodes(ulong number)
    {
        ChangeListReader list = new(transaction, StateTables.TrieChanges, number);
        while (list.MoveNext())
        {
            bool isStorage = list.Kind == ChangeKind.StorageNode;
            Drop(isStorage ? StateTables.StorageTrieHistory : StateTables.AccountTrieHistory, list.NodeKey, number);
        }

        DropList(transaction, StateTables.TrieChanges, number);
    }

    private void Drop(StoreTable history, ReadOnlySpan<byte> key, ulong number)
    {
        Span<byte> full = stackalloc byte[StateKeys.NodeMax + StateKeys.NumberLength];
        full = full[..(key.Length + StateKeys.NumberLength)];
        key.CopyTo(full);
        StateKeys.WriteNumber(number, full[key.Length..]);
        transaction.Delete(history, full);
    }
}
