using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Storage;

namespace Koinon.State.Stored;

/// <summary>Makes the changes of a block from its history.</summary>
/// <param name="transaction">A snapshot that has the states before and after it.</param>
/// <param name="number">The block.</param>
/// <param name="newest">The newest block of the snapshot.</param>
internal sealed class ChangesReader(IReadTransaction transaction, ulong number, ulong newest)
{
    private readonly StateChanges _changes = new();

    /// <summary>Makes them.</summary>
    internal StateChanges Read()
    {
        AsOfReader after = new(transaction, number, newest);
        AsOfReader before = new(transaction, number - 1, newest);
        ChangeListReader list = new(transaction, number);
        while (list.MoveNext())
        {
            AccountChange change = Begin(list.Address, list.Account, after, before);
            switch (list.Kind)
            {
                case ChangeKind.Wipe:
                    change.StorageWiped = true;
                    break;
                case ChangeKind.SlotHash or ChangeKind.SlotName when change.Account is not null:
                    after.TryReadSlot(list.Account, list.Slot, out UInt256 value);
                    AddSlot(change, list, in value);
                    break;
            }
        }

        foreach (AccountChange change in _changes.Accounts.Values)
        {
            if (change.StorageWiped)
            {
                RemoveZeros(change);
            }
        }

        return _changes;
    }

    private AccountChange Begin(in Address address, in Hash256 account, AsOfReader after, AsOfReader before)
    {
        if (_changes.Accounts.TryGetValue(address, out AccountChange? known))
        {
            return known;
        }

        AccountChange change = _changes.Of(in address);
        bool existed = before.TryReadAccount(in account, out StoredAccount then) && then.Exists;
        if (!after.TryReadAccount(in account, out StoredAccount now) || !now.Exists)
        {
            change.StorageWiped = true;
            return change;
        }

        change.Account = now.Account;
        change.StorageWiped = now.HidesBeneath && (!existed || !then.HidesBeneath);
        Hash256 code = now.Account.CodeHash;
        bool isNewCode = now.Account.HasCode && (!existed || then.Account.CodeHash != code);
        if (isNewCode && transaction.TryGet(StateTables.Codes, Hash256.AsSpan(in code), out ReadOnlySpan<byte> bytes))
        {
            _changes.Codes[code] = bytes.ToArray();
        }

        return change;
    }

    // The value of a slot that was wiped and stays so needs no name.
    private void AddSlot(AccountChange change, ChangeListReader list, in UInt256 value)
    {
        if (list.Kind == ChangeKind.SlotName)
        {
            change.Slots[list.SlotName] = value;
        }
        else if (transaction.TryGet(
            StateTables.Preimages, Hash256.AsSpan(list.Slot), out ReadOnlySpan<byte> name))
        {
            change.Slots[UInt256.FromBigEndian(name)] = value;
        }
        else if (!change.StorageWiped || !value.IsZero)
        {
            throw new StateUnavailableException(
                $"What block {number} changed cannot be named: the slots behind hashes are not kept.");
        }
    }

    private static void RemoveZeros(AccountChange change)
    {
        List<UInt256> zeros = [];
        foreach ((UInt256 slot, UInt256 value) in change.Slots)
        {
            if (value.IsZero)
            {
                zeros.Add(slot);
            }
        }

        foreach (UInt256 slot in zeros)
        {
            change.Slots.Remove(slot);
        }
    }
}
