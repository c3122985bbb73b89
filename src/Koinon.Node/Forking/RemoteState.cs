using System.Collections.Concurrent;
using Koinon.Evm;
using Koinon.Primitives;
using Koinon.Primitives.State;

namespace Koinon.Node.Forking;

/// <summary>The state of a remote chain at the fork block, as far as it is known here.</summary>
/// <remarks>
/// Safe from any thread. It waits for nothing: what it does not know is <see cref="ReadStatus.Unavailable"/>, and
/// <see cref="RemoteFetcher"/> brings it. What is known never changes, since the block does not, and is kept for as
/// long as the fork: about 200 bytes for a slot and for an account without code.
/// </remarks>
internal sealed class RemoteState : IStateView, IBlockHashes
{
    private readonly ConcurrentDictionary<Address, Account?> _accounts = new();
    private readonly ConcurrentDictionary<(Address Account, UInt256 Slot), UInt256> _slots = new();
    private readonly ConcurrentDictionary<Hash256, ReadOnlyMemory<byte>> _codes = new();
    private readonly ConcurrentDictionary<ulong, Hash256> _hashes = new();

    /// <summary>How many accounts are known.</summary>
    public int AccountCount => _accounts.Count;

    /// <summary>How many slots are known.</summary>
    public int SlotCount => _slots.Count;

    /// <summary>Knows more from now on.</summary>
    public void Learn(RemoteFacts facts)
    {
        // Code first: who finds the account finds its code.
        foreach ((Hash256 hash, ReadOnlyMemory<byte> code) in facts.Codes)
        {
            _codes.TryAdd(hash, code);
        }

        foreach ((Address address, Account? account) in facts.Accounts)
        {
            _accounts.TryAdd(address, account);
        }

        foreach (((Address Account, UInt256 Slot) key, UInt256 value) in facts.Slots)
        {
            _slots.TryAdd(key, value);
        }

        foreach ((ulong number, Hash256 hash) in facts.Hashes)
        {
            _hashes.TryAdd(number, hash);
        }
    }

    /// <summary>Whether a read of this would find it here.</summary>
    public bool Knows(in StateKey key) =>
        key.BlockNumber is { } number ? _hashes.ContainsKey(number)
        : key.Slot is { } slot ? Knows(key.Address!.Value, slot)
        : key.CodeHash is { } hash ? _codes.ContainsKey(hash) || key.Address is null
        : key.Address is { } address && _accounts.ContainsKey(address);

    /// <inheritdoc/>
    public ReadStatus ReadAccount(in Address address, out Account account)
    {
        account = default;
        if (!_accounts.TryGetValue(address, out Account? known))
        {
            return ReadStatus.Unavailable;
        }

        account = known.GetValueOrDefault();
        return known.HasValue ? ReadStatus.Found : ReadStatus.Absent;
    }

    /// <inheritdoc/>
    public ReadStatus ReadSlot(in Address address, in UInt256 slot, out UInt256 value)
    {
        if (_slots.TryGetValue((address, slot), out value))
        {
            return value.IsZero ? ReadStatus.Absent : ReadStatus.Found;
        }

        // An account without code has no storage (the few of EIP-7610 apart, which nothing can read).
        return _accounts.TryGetValue(address, out Account? account) && account is not { HasCode: true }
            ? ReadStatus.Absent
            : ReadStatus.Unavailable;
    }

    /// <inheritdoc/>
    /// <remarks>Code comes with its account: what is asked for by hash alone was never named by one.</remarks>
    public ReadStatus ReadCode(in Hash256 codeHash, out ReadOnlyMemory<byte> code)
    {
        code = default;
        return codeHash == Account.NoCode || _codes.TryGetValue(codeHash, out code)
            ? ReadStatus.Found
            : ReadStatus.Absent;
    }

    /// <inheritdoc/>
    public ReadStatus ReadStorageExists(in Address address) =>
        !_accounts.TryGetValue(address, out Account? account) ? ReadStatus.Unavailable
        : account is { HasCode: true } ? ReadStatus.Found
        : ReadStatus.Absent;

    /// <inheritdoc/>
    public bool TryGet(ulong number, out Hash256 hash) => _hashes.TryGetValue(number, out hash);

    /// <inheritdoc/>
    public bool IsUnavailable(ulong number) => !_hashes.ContainsKey(number);

    private bool Knows(in Address address, in UInt256 slot) =>
        ReadSlot(address, slot, out _) != ReadStatus.Unavailable;
}
