namespace Koinon.Primitives.State;

/// <summary>What an execution changed: a transaction, a block, or an edit of a development chain.</summary>
/// <remarks>Built by one owner, then only read. Not thread-safe while it is built.</remarks>
public sealed class StateChanges
{
    /// <summary>Every account that changed.</summary>
    public Dictionary<Address, AccountChange> Accounts { get; } = [];

    /// <summary>New code by its hash.</summary>
    public Dictionary<Hash256, ReadOnlyMemory<byte>> Codes { get; } = [];

    /// <summary>The change of an account, made if there is none yet.</summary>
    public AccountChange Of(in Address address)
    {
        if (!Accounts.TryGetValue(address, out AccountChange? change))
        {
            change = new AccountChange();
            Accounts.Add(address, change);
        }

        return change;
    }

    /// <summary>Puts later changes on top of these.</summary>
    /// <param name="later">Changes made on the state that these changes led to; left as they are.</param>
    /// <remarks>An account that goes takes its storage with it, so that one made anew in its place begins with none.
    /// </remarks>
    public void Append(StateChanges later)
    {
        foreach ((Address address, AccountChange next) in later.Accounts)
        {
            AccountChange change = Of(address);
            change.Account = next.Account;
            if (next.StorageWiped || next.Account is null)
            {
                change.StorageWiped = true;
                change.Slots.Clear();
            }

            foreach ((UInt256 slot, UInt256 value) in next.Slots)
            {
                change.Slots[slot] = value;
            }
        }

        foreach ((Hash256 hash, ReadOnlyMemory<byte> code) in later.Codes)
        {
            Codes[hash] = code;
        }
    }
}
