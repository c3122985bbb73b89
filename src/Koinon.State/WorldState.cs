using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.State.Proofs;
using Koinon.State.Tables;
using Koinon.State.Tries;

namespace Koinon.State;

/// <summary>An immutable version of the whole state in memory: accounts, storage, code and their tries.</summary>
/// <remarks>
/// A version is one reference: snapshots, side branches and clones keep it and cost nothing else, since versions share
/// all they have in common. Reads go to flat tables by address and slot, allocate nothing and hash nothing but the key
/// of the table. <see cref="Apply(StateChanges)"/> costs what changes, never what exists. Safe from any thread.
/// docs/decisions/0003-state-in-memory.md says why it is built so.
/// </remarks>
public sealed class WorldState : IStateView
{
    private readonly PersistentTable<Address, AccountState, AddressHash> _accounts;
    private readonly PersistentTable<Hash256, ReadOnlyMemory<byte>, DigestHash> _codes;
    private readonly MerkleTrie _trie;

    internal WorldState(
        PersistentTable<Address, AccountState, AddressHash> accounts,
        PersistentTable<Hash256, ReadOnlyMemory<byte>, DigestHash> codes,
        MerkleTrie trie)
    {
        _accounts = accounts;
        _codes = codes;
        _trie = trie;
    }

    /// <summary>The state without accounts.</summary>
    public static WorldState Empty { get; } = new(
        PersistentTable<Address, AccountState, AddressHash>.Empty,
        PersistentTable<Hash256, ReadOnlyMemory<byte>, DigestHash>.Empty,
        MerkleTrie.Empty);

    /// <summary>The state root: that of the secure trie of accounts.</summary>
    public Hash256 Root => _trie.Root;

    /// <summary>How many accounts exist.</summary>
    public int AccountCount => _accounts.Count;

    /// <summary>The trie of accounts, keyed by the hashes of addresses.</summary>
    internal MerkleTrie Trie => _trie;

    /// <inheritdoc/>
    public ReadStatus ReadAccount(in Address address, out Account account)
    {
        if (_accounts.TryGet(in address, out AccountState state))
        {
            account = state.Account;
            return ReadStatus.Found;
        }

        account = default;
        return ReadStatus.Absent;
    }

    /// <inheritdoc/>
    public ReadStatus ReadSlot(in Address address, in UInt256 slot, out UInt256 value)
    {
        if (_accounts.TryGet(in address, out AccountState state) && state.Slots.TryGet(in slot, out value))
        {
            return ReadStatus.Found;
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

        code = default;
        return codeHash == Account.NoCode ? ReadStatus.Found : ReadStatus.Absent;
    }

    /// <inheritdoc/>
    public ReadStatus ReadStorageExists(in Address address) =>
        _accounts.TryGet(in address, out AccountState state) && !state.Storage.IsEmpty
            ? ReadStatus.Found
            : ReadStatus.Absent;

    /// <summary>The root of an account's storage trie; that of an empty trie where there is no account.</summary>
    public Hash256 ReadStorageRoot(in Address address) =>
        _accounts.TryGet(in address, out AccountState state) ? state.Storage.Root : MerkleTrie.Empty.Root;

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
            : new StateUpdate(_accounts, _codes, _trie).Apply(changes, ref statistics);
    }

    /// <summary>Proves an account and some of its slots, or that they are absent, against <see cref="Root"/>.</summary>
    /// <param name="address">Whose.</param>
    /// <param name="slots">Which slots; proofs come in this order.</param>
    public AccountProof Prove(in Address address, IReadOnlyList<UInt256> slots)
    {
        ArgumentNullException.ThrowIfNull(slots);
        bool exists = _accounts.TryGet(in address, out AccountState state);
        Hash256 key = exists ? state.Key : Hash256.Keccak(Address.AsSpan(in address));
        MerkleTrie storage = exists ? state.Storage : MerkleTrie.Empty;
        List<StorageProof> proofs = new(slots.Count);
        foreach (UInt256 slot in slots)
        {
            UInt256 value = default;
            if (exists)
            {
                state.Slots.TryGet(in slot, out value);
            }

            Hash256 slotKey = Hash256.Keccak(Hash256.AsSpan(Hash256.FromWord(in slot)));
            proofs.Add(new StorageProof(slot, value, storage.Prove(Hash256.AsSpan(in slotKey))));
        }

        return new AccountProof(
            address, exists ? state.Account : null, storage.Root, _trie.Prove(Hash256.AsSpan(in key)), proofs);
    }

    /// <summary>Every account, in no order that means anything.</summary>
    public IEnumerable<KeyValuePair<Address, Account>> EnumerateAccounts()
    {
        foreach ((Address address, AccountState state) in _accounts.Enumerate())
        {
            yield return new KeyValuePair<Address, Account>(address, state.Account);
        }
    }

    /// <summary>Every slot of an account that is not zero, in no order that means anything.</summary>
    public IEnumerable<KeyValuePair<UInt256, UInt256>> EnumerateSlots(Address address) =>
        _accounts.TryGet(in address, out AccountState state) ? state.Slots.Enumerate() : [];
}
