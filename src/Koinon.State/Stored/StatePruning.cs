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
                new NodeHistory(transaction, now.OldestProof).Drop(now.OldestProof >= now.IndexedFrom);
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

    /// <summary>Drops whatever stands in a table under a block's number.</summary>
    internal static void DropAllOf(IWriteTransaction transaction, StoreTable table, ulong number)
    {
        Span<byte> from = stackalloc byte[StateKeys.NumberLength];
        Span<byte> to = stackalloc byte[StateKeys.NumberLength];
        StateKeys.WriteNumber(number, from);
        StateKeys.WriteNumber(number + 1, to);
        transaction.DeleteRange(table, from, to);
    }

    private void DropValues(ulong number)
    {
        ChangeListReader list = new(transaction, number);
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

        DropAllOf(transaction, StateTables.Changes, number);
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
