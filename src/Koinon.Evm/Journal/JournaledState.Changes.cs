using Koinon.Evm.Forks;
using Koinon.Primitives.State;

namespace Koinon.Evm.Journal;

// What the transaction leaves behind.
internal sealed partial class JournaledState
{
    /// <summary>Everything that differs from the view, after the rules of the transaction's end.</summary>
    /// <param name="emptyAccounts">Whether touched empty accounts are deleted (EIP-161).</param>
    internal StateChanges CollectChanges(EmptyAccountRule emptyAccounts)
    {
        var changes = new StateChanges();
        for (int i = 0; i < _accountCount; i++)
        {
            ref AccountRecord record = ref _accounts[i];
            if (IsDeleted(record, emptyAccounts))
            {
                if (record.OriginallyExists)
                {
                    AccountChange deleted = changes.Of(record.Address);
                    deleted.Account = null;
                    deleted.StorageWiped = true;
                }
            }
            else if (record.Exists && (!record.OriginallyExists || Present(record) != record.Original))
            {
                changes.Of(record.Address).Account = Present(record);
                if (record.CodeHash != record.Original.CodeHash && FindNewCode(record.CodeHash) is { } code)
                {
                    changes.Codes[code.Hash] = code.Span.ToArray();
                }
            }
        }

        CollectSlots(changes, emptyAccounts);
        return changes;
    }

    private static bool IsDeleted(in AccountRecord record, EmptyAccountRule emptyAccounts) =>
        (record.Flags & AccountFlags.Destructed) != 0 ||
        (emptyAccounts == EmptyAccountRule.Removed && (record.Flags & AccountFlags.Touched) != 0 && record.IsEmpty);

    private static Account Present(in AccountRecord record) => new(record.Nonce, record.Balance, record.CodeHash);

    private void CollectSlots(StateChanges changes, EmptyAccountRule emptyAccounts)
    {
        for (int i = 0; i < _slots.Count; i++)
        {
            ref SlotRecord slot = ref _slots[i];
            ref AccountRecord account = ref _accounts[slot.Account];
            if (slot.Current != slot.Original && !IsDeleted(account, emptyAccounts))
            {
                AccountChange change = changes.Of(account.Address);
                change.Account = Present(account);
                change.Slots[slot.Key] = slot.Current;
            }
        }
    }
}
