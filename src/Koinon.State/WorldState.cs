using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Primitives.Rlp;
using Koinon.State.Proofs;
using Koinon.State.Stored;
using Koinon.State.Tables;
using Koinon.State.Tries;

namespace Koinon.State;

/// <summary>An immutable version of the whole state: accounts, storage, code and their tries.</summary>
/// <remarks>
/// A version is one reference: snapshots, side branches and clones keep it and cost nothing else, since versions share
/// all they have in common. Reads go to flat tables by address and slot, allocate nothing and hash nothing but the key
/// of the table. <see cref="Apply(StateChanges)"/> costs what changes, never what exists. Safe from any thread.
/// docs/decisions/0003-state-in-memory.md says why it is built so.
/// <para>Over a stored base the tables hold what changed since, and the tries load what they step on. When the block
/// of the base is taken back, or its history dropped, reads answer <see cref="ReadStatus.Unavailable"/>, and what must
/// be whole throws <see cref="StateUnavailableException"/>.</para>
/// </remarks>
public sealed class WorldState : IStateView
{
    private readonly PersistentTable<Address, AccountState, AddressHash> _accounts;
    private readonly PersistentTable<Hash256, ReadOnlyMemory<byte>, DigestHash> _codes;
    private readonly MerkleTrie _trie;
    private readonly StoredBase? _base;

    internal WorldState(
        PersistentTable<Address, AccountState, AddressHash> accounts,
        PersistentTable<Hash256, ReadOnlyMemory<byte>, DigestHash> codes,
        MerkleTrie trie,
        StoredBase? stored)
    {
        _accounts = accounts;
        _codes = codes;
        _trie = trie;
        _base = stored;
    }

    /// <summary>The state without accounts.</summary>
    public static WorldState Empty { get; } = new(
        PersistentTable<Address, AccountState, AddressHash>.Empty,
        PersistentTable<Hash256, ReadOnlyMemory<byte>, DigestHash>.Empty,
        MerkleTrie.Empty,
        null);

    /// <summary>The state root: that of the secure trie of accounts.</summary>
    public Hash256 Root => _trie.Root;

    /// <summary>How many accounts exist; over a stored base, how many changed since.</summary>
    public int AccountCount => _accounts.Count;

    /// <summary>The trie of accounts, keyed by the hashes of addresses.</summary>
    internal MerkleTrie Trie => _trie;

    /// <summary>Every account of the tables.</summary>
    internal PersistentTable<Address, AccountState, AddressHash> Accounts => _accounts;

    /// <summary>All code of the tables.</summary>
    internal PersistentTable<Hash256, ReadOnlyMemory<byte>, DigestHash> Codes => _codes;

    /// <summary>The stored state beneath the tables; null where they hold all there is.</summary>
    internal StoredBase? Base => _base;

    /// <inheritdoc/>
    public ReadStatus ReadAccount(in Address address, out Account account)
    {
        if (_accounts.TryGet(in address, out AccountState state))
        {
            account = state.Account;
            return state.Exists ? ReadStatus.Found : ReadStatus.Absent;
        }

        if (_base is not null)
        {
            return _base.ReadAccount(in address, out account);
        }

        account = default;
        return ReadStatus.Absent;
    }

    /// <inheritdoc/>
    public ReadStatus ReadSlot(in Address address, in UInt256 slot, out UInt256 value)
    {
        bool known = _accounts.TryGet(in address, out AccountState state);
        if (known && state.Slots.TryGet(in slot, out value))
        {
            return value.IsZero ? ReadStatus.Absent : ReadStatus.Found;
        }

        if (_base is not null && (!known || state.ReadsBase))
        {
            return _base.ReadSlot(in address, in slot, out value);
        }

        value = default;
        return ReadStatus.Absent;
    }

    /// <inheritdoc/>
    public ReadStatus ReadCode(in Hash256 codeHash, out ReadOnlyMemory<byte> code)
    {
        if (_codes.TryGet(in codeHash, out code))
        {
            return ReadStatus.Found;
        }

        if (_base is not null)
        {
            return _base.ReadCode(in codeHash, out code);
        }

        code = default;
        return codeHash == Account.NoCode ? ReadStatus.Found : ReadStatus.Absent;
    }

    /// <inheritdoc/>
    public ReadStatus ReadStorageExists(in Address address)
    {
        bool known = _accounts.TryGet(in address, out AccountState state);
        if (known && !state.Storage.IsEmpty)
        {
            return ReadStatus.Found;
        }

        // A known account whose storage here became empty may still have some beneath the base.
        return _base is not null && (!known || (state.ReadsBase && _base.HasBeneath))
            ? _base.ReadStorageExists(in address)
            : ReadStatus.Absent;
    }

    /// <summary>The root of an account's storage trie; that of an empty trie where there is no account.</summary>
    public Hash256 ReadStorageRoot(in Address address) =>
        _accounts.TryGet(in address, out AccountState state) ? state.Storage.Root
            : _base?.ReadStorageRoot(in address) ?? MerkleTrie.Empty.Root;

    /// <summary>The version that changes lead to; this one stays as it is.</summary>
    /// <param name="changes">What an execution changed; left as they are.</param>
    /// <remarks>
    /// An account that is given is kept, empty or not: whether empty accounts stay is the caller's rule (EIP-161). An
    /// account of <see langword="null"/> goes with its storage. Code is kept for ever.
    /// </remarks>
    public WorldState Apply(StateChanges changes)
    {
        TrieStatistics statistics = default;
        return Apply(changes, ref statistics);
    }

    /// <summary>The version that changes lead to; this one stays as it is.</summary>
    /// <param name="changes">What an execution changed; left as they are.</param>
    /// <param name="statistics">What was hashed for the new roots is added to it.</param>
    public WorldState Apply(StateChanges changes, ref TrieStatistics statistics)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return changes.Accounts.Count == 0 && changes.Codes.Count == 0
            ? this
            : new StateUpdate(_accounts, _codes, _trie, _base).Apply(changes, ref statistics);
    }

    /// <summary>Proves an account and some of its slots, or that they are absent, against <see cref="Root"/>.</summary>
    /// <param name="address">Whose.</param>
    /// <param name="slots">Which slots; proofs come in this order.</param>
    public AccountProof Prove(in Address address, IReadOnlyList<UInt256> slots)
    {
        ArgumentNullException.ThrowIfNull(slots);
        _base?.RequireProofs();
        AccountState? state = Find(in address);
        Hash256 key = state?.Key ?? Hash256.Keccak(Address.AsSpan(in address));
        MerkleTrie storage = state?.Storage ?? MerkleTrie.Empty;
        List<StorageProof> proofs = new(slots.Count);
        foreach (UInt256 slot in slots)
        {
            Hash256 slotKey = Hash256.Keccak(Hash256.AsSpan(Hash256.FromWord(in slot)));
            UInt256 value = default;
            if (storage.TryGet(Hash256.AsSpan(in slotKey), out ReadOnlyMemory<byte> encoded))
            {
                RlpReader reader = new(encoded.Span);
                _ = reader.ReadUInt256(out value);
            }

            proofs.Add(new StorageProof(slot, value, storage.Prove(Hash256.AsSpan(in slotKey))));
        }

        return new AccountProof(
            address,
            state is { Exists: true } ? state.Account : null,
            storage.Root,
            _trie.Prove(Hash256.AsSpan(in key)),
            proofs);
    }

    /// <summary>Every account, in no order that means anything.</summary>
    public IEnumerable<KeyValuePair<Address, Account>> EnumerateAccounts()
    {
        foreach ((Address address, AccountState state) in _accounts.Enumerate())
        {
            if (state.Exists)
            {
                yield return new KeyValuePair<Address, Account>(address, state.Account);
            }
        }

        if (_base is not null)
        {
            foreach (KeyValuePair<Address, Account> stored in new StoredListing(_base).Accounts())
            {
                if (!_accounts.TryGet(stored.Key, out _))
                {
                    yield return stored;
                }
            }
        }
    }

    /// <summary>Every slot of an account that is not zero, in no order that means anything.</summary>
    public IEnumerable<KeyValuePair<UInt256, UInt256>> EnumerateSlots(Address address)
    {
        bool known = _accounts.TryGet(in address, out AccountState state);
        if (known)
        {
            foreach (KeyValuePair<UInt256, UInt256> slot in state.Slots.Enumerate())
            {
                if (!slot.Value.IsZero)
                {
                    yield return slot;
                }
            }
        }

        if (_base is not null && (!known || state.ReadsBase))
        {
            foreach (KeyValuePair<UInt256, UInt256> stored in new StoredListing(_base).Slots(address))
            {
                if (!known || !state.Slots.TryGet(stored.Key, out _))
                {
                    yield return stored;
                }
            }
        }
    }

    internal AccountState? Find(in Address address) =>
        _accounts.TryGet(in address, out AccountState state) ? state : _base?.LoadAccount(in address);
}
