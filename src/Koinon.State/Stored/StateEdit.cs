using Koinon.Primitives;

namespace Koinon.State.Stored;

/// <summary>What <see cref="StateStore.Amend"/> replaced, so that it can be put back exactly.</summary>
/// <remarks>
/// Rows as they stood, not values: what was never written here is so again afterwards, and is asked of the state
/// beneath.
/// </remarks>
public sealed class StateEdit : IFormerState
{
    private readonly Dictionary<Hash256, FormerAccount> _accounts = [];
    private FormerAccount? _current;

    internal StateEdit()
    {
    }

    /// <summary>The accounts, by address hash.</summary>
    internal IReadOnlyDictionary<Hash256, FormerAccount> Accounts => _accounts;

    /// <inheritdoc/>
    bool IFormerState.TryReadAccount(in Hash256 account, out StoredAccount stored)
    {
        byte[] row = _accounts[account].Row;
        stored = row.Length == 0 ? default : StoredAccount.Read(row);
        return row.Length != 0;
    }

    /// <inheritdoc/>
    bool IFormerState.TryReadSlot(in Hash256 account, in Hash256 slot, out UInt256 value)
    {
        byte[] row = _accounts[account].Slots[slot].Row;
        value = StoredSlot.Read(row);
        return row.Length != 0;
    }

    /// <summary>Begins an account.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="account">The hash of it.</param>
    /// <param name="row">What stands of it; empty for nothing.</param>
    internal void Begin(in Address address, in Hash256 account, ReadOnlySpan<byte> row)
    {
        _current = new FormerAccount(address, row.ToArray());
        _accounts.Add(account, _current);
    }

    /// <summary>Notes a slot of the account, if it is not noted yet.</summary>
    /// <param name="slot">Its hash.</param>
    /// <param name="name">Its name, where its hash cannot be looked up.</param>
    /// <param name="row">What stands of it; empty for nothing.</param>
    internal void Add(in Hash256 slot, UInt256? name, ReadOnlySpan<byte> row) =>
        _current!.Slots.TryAdd(slot, (name, row.ToArray()));

    /// <summary>An account as it was.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="row">What stood of it; empty for nothing.</param>
    internal sealed class FormerAccount(Address address, byte[] row)
    {
        internal Address Address { get; } = address;

        internal byte[] Row { get; } = row;

        internal Dictionary<Hash256, (UInt256? Name, byte[] Row)> Slots { get; } = [];
    }
}
