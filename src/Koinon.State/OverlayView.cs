using Koinon.Primitives;
using Koinon.Primitives.State;

namespace Koinon.State;

/// <summary>Changes on top of a version of the state, without tries and roots.</summary>
/// <remarks>
/// Between the transactions of a block, and under a call with overrides. It grows by <see cref="Apply"/>; while it
/// does, one thread owns it, afterwards any number may read. A read costs a look-up before the parent's, and allocates
/// nothing.
/// </remarks>
/// <param name="parent">The state below, which stays as it is.</param>
public sealed class OverlayView(IStateView parent) : IStateView
{
    private readonly IStateView _parent = parent;

    /// <summary>All changes so far, on the parent's state: what leads from it to this one.</summary>
    public StateChanges Changes { get; } = new();

    /// <summary>Puts changes on top.</summary>
    /// <param name="changes">Made by an execution on this view; left as they are.</param>
    public void Apply(StateChanges changes) => Changes.Append(changes);

    /// <inheritdoc/>
    public ReadStatus ReadAccount(in Address address, out Account account)
    {
        if (!Changes.Accounts.TryGetValue(address, out AccountChange? change))
        {
            return _parent.ReadAccount(in address, out account);
        }

        account = change.Account.GetValueOrDefault();
        return change.Account.HasValue ? ReadStatus.Found : ReadStatus.Absent;
    }

    /// <inheritdoc/>
    public ReadStatus ReadSlot(in Address address, in UInt256 slot, out UInt256 value)
    {
        if (!Changes.Accounts.TryGetValue(address, out AccountChange? change))
        {
            return _parent.ReadSlot(in address, in slot, out value);
        }

        if (change.Account.HasValue && change.Slots.TryGetValue(slot, out value))
        {
            return value.IsZero ? ReadStatus.Absent : ReadStatus.Found;
        }

        if (change.Account.HasValue && !change.StorageWiped)
        {
            return _parent.ReadSlot(in address, in slot, out value);
        }

        value = default;
        return ReadStatus.Absent;
    }

    /// <inheritdoc/>
    public ReadStatus ReadCode(in Hash256 codeHash, out ReadOnlyMemory<byte> code) =>
        Changes.Codes.TryGetValue(codeHash, out code) ? ReadStatus.Found : _parent.ReadCode(in codeHash, out code);

    /// <inheritdoc/>
    /// <remarks>
    /// Where the parent has storage and the changes only set slots to zero, the answer stays
    /// <see cref="ReadStatus.Found"/> although they may have been the last ones. Nothing depends on the difference:
    /// only code clears slots, and an account that has run code is refused as the place of a new contract anyway, or
    /// was removed, which wipes its storage.
    /// </remarks>
    public ReadStatus ReadStorageExists(in Address address)
    {
        if (!Changes.Accounts.TryGetValue(address, out AccountChange? change))
        {
            return _parent.ReadStorageExists(in address);
        }

        if (!change.Account.HasValue)
        {
            return ReadStatus.Absent;
        }

        foreach (UInt256 value in change.Slots.Values)
        {
            if (!value.IsZero)
            {
                return ReadStatus.Found;
            }
        }

        return change.StorageWiped ? ReadStatus.Absent : _parent.ReadStorageExists(in address);
    }
}
