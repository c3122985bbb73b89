using System.Runtime.InteropServices;
using Koinon.Crypto;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.State.Stored;
using Koinon.State.Tables;
using Koinon.State.Tries;

namespace Koinon.State;

/// <summary>One application of changes to a version of the state.</summary>
/// <remarks>
/// Three steps, each over all accounts at once so that the vector Keccak is kept full: the keys of new accounts and of
/// changed slots are hashed; the storage tries are edited and sealed together; the trie of accounts, which needs their
/// roots, is edited and sealed. One owner, one thread, one use.
/// </remarks>
internal sealed class StateUpdate(
    PersistentTable<Address, AccountState, AddressHash> accounts,
    PersistentTable<Hash256, ReadOnlyMemory<byte>, DigestHash> codes,
    MerkleTrie trie,
    StoredBase? stored)
{
    private readonly TableMerge<Address, AccountState, AddressHash> _accounts = new();
    private readonly TableMerge<UInt256, UInt256, WordHash> _slotMerge = new();
    private readonly TrieHasher _hasher = new();
    private readonly TrieChanges _trieChanges = new();
    private readonly List<Pending> _pending = [];
    private readonly List<SlotChange> _slots = [];
    private readonly List<Address> _newAddresses = [];

    internal WorldState Apply(StateChanges changes, ref TrieStatistics statistics)
    {
        Gather(changes);
        Span<Pending> pending = CollectionsMarshal.AsSpan(_pending);
        Hash256[] slotKeys = HashSlots();
        foreach (ref Pending each in pending)
        {
            EditStorage(ref each, slotKeys);
        }

        _hasher.SealAll();
        FinishAccounts(pending, HashNewAddresses());
        TrieNode? root = trie.Edit(_trieChanges, _hasher);
        _hasher.Collect(root);
        _hasher.SealAll();
        MerkleTrie newTrie = trie.With(root, _hasher);
        statistics.NodesHashed += _hasher.Statistics.NodesHashed;
        statistics.BytesHashed += _hasher.Statistics.BytesHashed;
        return new WorldState(_accounts.Into(accounts), AddCodes(changes), newTrie, stored);
    }

    // Lists what really changes: slots that already hold their value are left out.
    private void Gather(StateChanges changes)
    {
        int slotCount = 0;
        foreach (AccountChange change in changes.Accounts.Values)
        {
            slotCount += change.Slots.Count;
        }

        _pending.EnsureCapacity(changes.Accounts.Count);
        _accounts.Reserve(changes.Accounts.Count);
        _slots.EnsureCapacity(slotCount);
        foreach ((Address address, AccountChange change) in changes.Accounts)
        {
            AccountState? before = accounts.TryGet(in address, out AccountState known)
                ? known
                : stored?.LoadAccount(in address);
            bool existed = before is { Exists: true };
            bool maybeBeneath = before is null && stored is { HasBeneath: true };
            if (change.Account is null && !existed && !maybeBeneath)
            {
                continue;
            }

            bool readsBase = !change.StorageWiped && (before?.ReadsBase ?? maybeBeneath);
            int first = _slots.Count;
            PersistentTable<UInt256, UInt256, WordHash> slots = existed && !change.StorageWiped
                ? before!.Slots
                : PersistentTable<UInt256, UInt256, WordHash>.Empty;
            if (change.Account is not null)
            {
                foreach ((UInt256 slot, UInt256 value) in change.Slots)
                {
                    bool isKnown = slots.TryGet(in slot, out UInt256 old) || !readsBase;
                    if (!isKnown || old != value)
                    {
                        _slots.Add(new SlotChange(slot, value));
                    }
                }
            }

            if (before is null)
            {
                _newAddresses.Add(address);
            }

            _pending.Add(new Pending
            {
                Address = address,
                Before = before,
                Account = change.Account,
                Slots = slots,
                ReadsBase = readsBase,
                Storage = existed && !change.StorageWiped ? before!.Storage : MerkleTrie.Empty,
                FirstSlot = first,
                SlotCount = _slots.Count - first,
            });
        }
    }

    private Hash256[] HashSlots()
    {
        Hash256[] keys = new Hash256[_slots.Count];
        byte[] words = new byte[_slots.Count * UInt256.Size];
        for (int i = 0; i < keys.Length; i++)
        {
            _slots[i].Slot.WriteBigEndian(words.AsSpan(i * UInt256.Size));
        }

        // In bounds: a hash is exactly its 32 bytes.
        Keccak256.HashMany(words, UInt256.Size, MemoryMarshal.AsBytes(keys.AsSpan()));
        return keys;
    }

    private Hash256[] HashNewAddresses()
    {
        Hash256[] keys = new Hash256[_newAddresses.Count];

        // In bounds: an address is exactly its 20 bytes, a hash its 32.
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_newAddresses));
        Keccak256.HashMany(bytes, Address.Size, MemoryMarshal.AsBytes(keys.AsSpan()));
        return keys;
    }

    private void EditStorage(ref Pending pending, Hash256[] slotKeys)
    {
        if (pending.SlotCount == 0)
        {
            pending.StorageRoot = pending.Storage.RootNode;
            return;
        }

        Span<byte> word = stackalloc byte[UInt256.Size];
        Span<byte> value = stackalloc byte[UInt256.Size + 1];
        _trieChanges.Clear();
        _slotMerge.Reserve(pending.SlotCount);
        for (int i = pending.FirstSlot; i < pending.FirstSlot + pending.SlotCount; i++)
        {
            SlotChange change = _slots[i];
            ReadOnlySpan<byte> key = Hash256.AsSpan(in slotKeys[i]);
            if (change.Value.IsZero)
            {
                _trieChanges.Remove(key);
                if (pending.ReadsBase)
                {
                    _slotMerge.Set(in change.Slot, in change.Value);
                }
                else
                {
                    _slotMerge.Remove(in change.Slot);
                }

                continue;
            }

            _slotMerge.Set(in change.Slot, in change.Value);
            int length = change.Value.WriteTrimmedBigEndian(word);
            _trieChanges.Set(key, value[..NodeEncoding.WriteString(word[..length], value)]);
        }

        pending.Slots = _slotMerge.Into(pending.Slots);
        pending.StorageRoot = pending.Storage.Edit(_trieChanges, _hasher);
        _hasher.Collect(pending.StorageRoot);
    }

    private void FinishAccounts(Span<Pending> pending, Hash256[] newKeys)
    {
        Span<byte> leaf = stackalloc byte[AccountEncoding.MaxLength];
        int newIndex = 0;
        _trieChanges.Clear();
        foreach (ref Pending each in pending)
        {
            Hash256 key = each.Before is null ? newKeys[newIndex++] : each.Before.Key;
            if (each.Account is not Account account)
            {
                RemoveAccount(in each, in key);
                continue;
            }

            MerkleTrie storage = each.Storage.With(each.StorageRoot, _hasher);
            bool same = each.Before is { Exists: true }
                && each.Before.Account == account
                && ReferenceEquals(each.Before.Storage, storage)
                && ReferenceEquals(each.Before.Slots, each.Slots)
                && each.Before.ReadsBase == each.ReadsBase;
            if (!same)
            {
                _accounts.Set(
                    in each.Address, new AccountState(key, account, storage, each.Slots, true, each.ReadsBase));
                int length = AccountEncoding.Write(in account, storage.Root, leaf);
                _trieChanges.Set(Hash256.AsSpan(in key), leaf[..length]);
            }
        }
    }

    // Over a base what is gone must be said: it would answer otherwise.
    private void RemoveAccount(in Pending pending, in Hash256 key)
    {
        if (stored is null)
        {
            _accounts.Remove(in pending.Address);
        }
        else
        {
            _accounts.Set(in pending.Address, AccountState.Gone(in key));
        }

        if (pending.Before is not null)
        {
            _trieChanges.Remove(Hash256.AsSpan(in key));
        }
    }

    private PersistentTable<Hash256, ReadOnlyMemory<byte>, DigestHash> AddCodes(StateChanges changes)
    {
        TableMerge<Hash256, ReadOnlyMemory<byte>, DigestHash> merge = new();
        foreach ((Hash256 hash, ReadOnlyMemory<byte> code) in changes.Codes)
        {
            if (!codes.TryGet(in hash, out _))
            {
                merge.Set(in hash, in code);
            }
        }

        return merge.Into(codes);
    }

    /// <summary>A slot and what it now holds.</summary>
    private readonly struct SlotChange(UInt256 slot, UInt256 value)
    {
        internal readonly UInt256 Slot = slot;
        internal readonly UInt256 Value = value;
    }

    /// <summary>An account on its way from one version to the next.</summary>
    private struct Pending
    {
        internal Address Address;
        internal AccountState? Before;
        internal Account? Account;
        internal PersistentTable<UInt256, UInt256, WordHash> Slots;
        internal MerkleTrie Storage;
        internal TrieNode? StorageRoot;
        internal bool ReadsBase;
        internal int FirstSlot;
        internal int SlotCount;
    }
}
