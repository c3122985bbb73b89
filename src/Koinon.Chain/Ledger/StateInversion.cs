using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.State;

namespace Koinon.Chain.Ledger;

/// <summary>Finds what undoes changes of a state.</summary>
internal static class StateInversion
{
    /// <summary>The changes that lead back.</summary>
    /// <param name="changes">What is to be changed.</param>
    /// <param name="before">The state before it.</param>
    internal static StateChanges Of(StateChanges changes, WorldState before)
    {
        StateChanges former = new();
        foreach ((Address address, AccountChange change) in changes.Accounts)
        {
            AccountChange old = former.Of(address);
            old.Account = before.ReadAccount(address, out Account account) == ReadStatus.Found ? account : null;
            if (change.StorageWiped || change.Account is null)
            {
                foreach ((UInt256 slot, UInt256 value) in before.EnumerateSlots(address))
                {
                    old.Slots[slot] = value;
                }
            }

            foreach (UInt256 slot in change.Slots.Keys)
            {
                before.ReadSlot(address, slot, out UInt256 value);
                old.Slots[slot] = value;
            }
        }

        return former;
    }
}
