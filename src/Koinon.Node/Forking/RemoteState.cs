using System.Collections.Concurrent;
using Koinon.Evm;
using Koinon.Primitives;
using Koinon.Primitives.State;

namespace Koinon.Node.Forking;

/// <summary>The state of a remote chain at the fork block, as far as it is known here.</summary>
/// <remarks>
/// Safe from any thread. It waits for nothing: what it does not know is <see cref="ReadStatus.Unavailable"/>, and
/// <see cref="RemoteFetcher"/> brings it. What is known never changes, since the block does not; what was not asked
/// for in a long time is forgotten where there is too much of it, and is brought again.
/// </remarks>
/// <param name="bytesMax">What it may take, about: half of it slots, a quarter each accounts and code.</param>
internal sealed class RemoteState(long bytesMax = RemoteState.BytesMaxUsual) : IStateView, IBlockHashes
{
    /// <summary>256 MiB: 700,000 slots and 300,000 accounts.</summary>
    internal const long BytesMaxUsual = 256L << 20;

    // Measured: key and value, the node that holds them, its place in the table.
    private const int SlotBytes = 184;
    private const int AccountBytes = 216;
    private const int CodeBytes = 160;

    private readonly ForgettingMap<Address, Account?> _accounts = new(bytesMax / 4, static _ => AccountBytes);
    private readonly ForgettingMap<(Address Account, UInt256 Slot), UInt256> _slots =
        new(bytesMax / 2, static _ => SlotBytes);

    private readonly ForgettingMap<Hash256, ReadOnlyMemory<byte>> _codes =
        new(bytesMax / 4, static code => CodeBytes + code.Length);

    // Whose code it is, so that code which was forgotten can be asked for again.
    private readonly ConcurrentDictionary<Hash256, Address> _holders = new();
    private readonly ConcurrentDictionary<ulong, Hash256> _hashes = new();

    /// <summary>How many accounts are known.</summary>
    public int AccountCount => _accounts.Count;

    /// <summary>How many slots are known.</summary>
    public int SlotCount => _slots.Count;

    /// <summary>Whether it forgot anything, so that what is on disk is to be looked at again.</summary>
    public bool Forgets => _accounts.Forgets || _slots.Forgets || _codes.Forgets;

    /// <summary>An account of the remote with this code; <see langword="null"/> where none was seen.</summary>
    public Address? HolderOf(in Hash256 codeHash) =>
        _holders.TryGetValue(codeHash, out Address holder) ? holder : null;

    /// <summary>Knows more from now on.</summary>
    public void Learn(RemoteFacts facts)
    {
        // Code first: who finds the account finds its code.
        foreach ((Hash256 hash, ReadOnlyMemory<byte> code) in facts.Codes)
        {
            _codes.Add(hash, code);
        }

        foreach ((Address address, Account? account) in facts.Accounts)
        {
            if (account is { HasCode: true } holder)
            {
                _holders.TryAdd(holder.CodeHash, address);
            }

            _accounts.Add(address, account);
        }

        foreach (((Address Account, UInt256 Slot) key, UInt256 value) in facts.Slots)
        {
            _slots.Add(key, value);
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
        : key.CodeHash is { } hash ? ReadCode(hash, out _) != ReadStatus.Unavailable
        : key.Address is { } address && _accounts.TryGet(address, out _);

    /// <inheritdoc/>
    public ReadStatus ReadAccount(in Address address, out Account account)
    {
        account = default;
        if (!_accounts.TryGet(address, out Account? known))
        {
            return ReadStatus.Unavailable;
        }

        account = known.GetValueOrDefault();
        return known.HasValue ? ReadStatus.Found : ReadStatus.Absent;
    }

    /// <inheritdoc/>
    public ReadStatus ReadSlot(in Address address, in UInt256 slot, out UInt256 value)
    {
        if (_slots.TryGet((address, slot), out value))
        {
            return value.IsZero ? ReadStatus.Absent : ReadStatus.Found;
        }

        // An account without code has no storage (the few of EIP-7610 apart, which nothing can read).
        return _accounts.TryGet(address, out Account? account) && account is not { HasCode: true }
            ? ReadStatus.Absent
            : ReadStatus.Unavailable;
    }

    /// <inheritdoc/>
    /// <remarks>Code comes with its account: what is asked for by hash alone was never named by one.</remarks>
    public ReadStatus ReadCode(in Hash256 codeHash, out ReadOnlyMemory<byte> code)
    {
        code = default;
        return codeHash == Account.NoCode || _codes.TryGet(codeHash, out code) ? ReadStatus.Found
            : _holders.ContainsKey(codeHash) ? ReadStatus.Unavailable
            : ReadStatus.Absent;
    }

    /// <inheritdoc/>
    public ReadStatus ReadStorageExists(in Address address) =>
        !_accounts.TryGet(address, out Account? account) ? ReadStatus.Unavailable
        : account is { HasCode: true } ? ReadStatus.Found
        : ReadStatus.Absent;

    /// <inheritdoc/>
    public bool TryGet(ulong number, out Hash256 hash) => _hashes.TryGetValue(number, out hash);

    /// <inheritdoc/>
    public bool IsUnavailable(ulong number) => !_hashes.ContainsKey(number);

    private bool Knows(in Address address, in UInt256 slot) =>
        ReadSlot(address, slot, out _) != ReadStatus.Unavailable;
}
