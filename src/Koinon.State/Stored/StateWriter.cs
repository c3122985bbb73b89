using System.Runtime.InteropServices;
using Koinon.Crypto;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.State.Tries;
using Koinon.Storage;

namespace Koinon.State.Stored;

/// <summary>Makes the stored state that of the next version: records, slots, code and nodes, in the order of keys.
/// </summary>
/// <remarks>One owner, one thread, one use.</remarks>
/// <param name="transaction">Where it is written.</param>
/// <param name="options">What is kept.</param>
/// <param name="history">Receives what stood there before; <see langword="null"/> where nobody asks.</param>
/// <param name="nodes">Writes the tries.</param>
/// <param name="edit">Receives what is replaced; <see langword="null"/> where nobody asks.</param>
internal sealed class StateWriter(
    IWriteTransaction transaction,
    StateStoreOptions options,
    HistoryWriter? history,
    TrieWriter nodes,
    StateEdit? edit = null)
{
    private const int WipedAtOnce = 1024;

    private readonly List<Entry> _entries = [];
    private Hash256[] _slotHashes = [];
    private SlotEntry[] _slots = [];

    /// <summary>Writes what changed.</summary>
    /// <param name="changes">What changed since the stored version.</param>
    /// <param name="result">The version they led to.</param>
    /// <param name="rootBefore">The root of the stored version.</param>
    internal void Write(StateChanges changes, WorldState result, in Hash256 rootBefore)
    {
        foreach ((Address address, AccountChange change) in changes.Accounts)
        {
            // Over a base the tables hold every account that became another one; what they lack stayed the same. In
            // memory they hold all there is.
            if (result.Accounts.TryGet(in address, out AccountState state))
            {
                _entries.Add(new Entry(address, change, state));
            }
            else if (result.Base is null)
            {
                Hash256 key = Hash256.Keccak(Address.AsSpan(in address));
                _entries.Add(new Entry(address, change, AccountState.Gone(in key)));
            }
        }

        _entries.Sort(static (left, right) => left.State.Key.CompareTo(right.State.Key));
        foreach (Entry entry in _entries)
        {
            WriteAccount(in entry);
        }

        nodes.Write(null, in rootBefore, result.Trie);
        foreach ((Hash256 hash, ReadOnlyMemory<byte> code) in changes.Codes)
        {
            WriteCode(in hash, code.Span);
        }

        history?.Flush();
    }

    /// <summary>Writes a whole state into empty tables.</summary>
    /// <param name="state">It is in memory as a whole.</param>
    internal void WriteAll(WorldState state)
    {
        foreach ((Address address, AccountState each) in state.Accounts.Enumerate())
        {
            _entries.Add(new Entry(address, null, each));
        }

        _entries.Sort(static (left, right) => left.State.Key.CompareTo(right.State.Key));
        foreach (Entry entry in _entries)
        {
            WriteAccount(in entry);
        }

        nodes.Write(null, MerkleTrie.Empty.Root, state.Trie);
        foreach ((Hash256 hash, ReadOnlyMemory<byte> code) in state.Codes.Enumerate())
        {
            WriteCode(in hash, code.Span);
        }
    }

    /// <summary>Puts back what an edit replaced.</summary>
    /// <param name="former">What it replaced.</param>
    /// <param name="tries">The tries before it.</param>
    /// <param name="rootBefore">The root of the stored version.</param>
    internal void PutBack(StateEdit former, ReversedTries tries, in Hash256 rootBefore)
    {
        tries.Write(transaction, in rootBefore, nodes);
        Span<byte> key = stackalloc byte[StateKeys.SlotLength];
        foreach ((Hash256 account, StateEdit.FormerAccount each) in former.Accounts)
        {
            history?.BeginAccount(each.Address);
            foreach ((Hash256 slot, (UInt256? name, byte[] row)) in each.Slots)
            {
                StateKeys.WriteSlot(in account, in slot, key);
                history?.AddSlot(key, name, Stored(StateTables.Slots, key), isWiped: false);
                Store(StateTables.Slots, key, row);
            }

            ReadOnlySpan<byte> accountKey = Hash256.AsSpan(in account);
            history?.AddRecord(in account, Stored(StateTables.Accounts, accountKey));
            Store(StateTables.Accounts, accountKey, each.Row);
        }

        history?.Flush();
    }

    private void WriteAccount(in Entry entry)
    {
        Hash256 key = entry.State.Key;
        Span<byte> before = stackalloc byte[StoredAccount.MaxLength];
        bool wasKnown = transaction.TryGet(
            StateTables.Accounts, Hash256.AsSpan(in key), out ReadOnlySpan<byte> value);
        value.CopyTo(before);
        before = before[..value.Length];
        StoredAccount old = wasKnown ? StoredAccount.Read(before) : default;
        Hash256 rootBefore = old.Exists ? old.StorageRoot : MerkleTrie.Empty.Root;
        bool hidesBeneath = options.Beneath is not null;
        bool isWiped = entry.Change is { } change && (change.StorageWiped || change.Account is null);

        history?.BeginAccount(in entry.Address);
        edit?.Begin(in entry.Address, in key, before);
        if (isWiped && (old.HasStorage || (wasKnown && hidesBeneath)))
        {
            WipeSlots(in key);
        }

        if (entry.State.Exists)
        {
            WriteSlots(in entry, isWiped);
        }

        nodes.Write(key, in rootBefore, entry.State.Storage);
        StoredAccount now = entry.State.Exists
            ? new StoredAccount(
                true,
                hidesBeneath && (!entry.State.ReadsBase || (wasKnown && old.HidesBeneath)),
                entry.State.Account,
                entry.State.Storage.Root)
            : StoredAccount.Gone;
        Span<byte> after = stackalloc byte[StoredAccount.MaxLength];
        after = now.Exists || hidesBeneath ? after[..now.Write(after)] : [];
        if (before.SequenceEqual(after))
        {
            return;
        }

        history?.AddRecord(in key, before);
        Store(StateTables.Accounts, Hash256.AsSpan(in key), after);
        if (!wasKnown)
        {
            WritePreimage(in key, Address.AsSpan(in entry.Address));
        }
    }

    private void WriteSlots(in Entry entry, bool isWiped)
    {
        int count = GatherSlots(in entry);
        Span<byte> key = stackalloc byte[StateKeys.SlotLength];
        Span<byte> buffer = stackalloc byte[2 * UInt256.Size];
        Span<byte> name = stackalloc byte[UInt256.Size];
        for (int i = 0; i < count; i++)
        {
            ref SlotEntry slot = ref _slots[i];
            StateKeys.WriteSlot(entry.State.Key, in slot.Hash, key);
            transaction.TryGet(StateTables.Slots, key, out ReadOnlySpan<byte> value);
            Span<byte> before = buffer[..value.Length];
            value.CopyTo(before);
            Span<byte> after = buffer[UInt256.Size..];
            bool isKept = !slot.Value.IsZero || options.Beneath is not null;
            after = isKept ? after[..StoredSlot.Write(in slot.Value, after)] : [];
            if (before.SequenceEqual(after))
            {
                continue;
            }

            UInt256? listedName = options.Preimages ? null : slot.Name;
            history?.AddSlot(key, listedName, before, isWiped);
            edit?.Add(in slot.Hash, listedName, before);
            Store(StateTables.Slots, key, after);
            if (before.IsEmpty)
            {
                WritePreimage(in slot.Hash, name[..StoredSlot.Write(in slot.Name, name)]);
            }
        }
    }

    // The slots in the order of their hashes.
    private int GatherSlots(in Entry entry)
    {
        int count = entry.Change?.Slots.Count ?? entry.State.Slots.Count;
        if (_slots.Length < count)
        {
            _slots = new SlotEntry[Math.Max(count, 2 * _slots.Length)];
            _slotHashes = new Hash256[_slots.Length];
        }

        int i = 0;
        if (entry.Change is { } change)
        {
            foreach ((UInt256 slot, UInt256 value) in change.Slots)
            {
                _slots[i++] = new SlotEntry { Name = slot, Value = value };
            }
        }
        else
        {
            foreach ((UInt256 slot, UInt256 value) in entry.State.Slots.Enumerate())
            {
                _slots[i++] = new SlotEntry { Name = slot, Value = value };
            }
        }

        byte[] names = new byte[count * UInt256.Size];
        for (i = 0; i < count; i++)
        {
            _slots[i].Name.WriteBigEndian(names.AsSpan(i * UInt256.Size));
        }

        // In bounds: a hash is exactly its 32 bytes.
        Keccak256.HashMany(names, UInt256.Size, MemoryMarshal.AsBytes(_slotHashes.AsSpan(0, count)));
        for (i = 0; i < count; i++)
        {
            _slots[i].Hash = _slotHashes[i];
        }

        _slots.AsSpan(0, count).Sort(static (left, right) => left.Hash.CompareTo(right.Hash));
        return count;
    }

    private void WipeSlots(in Hash256 account)
    {
        history?.AddWipe();
        List<byte[]> keys = [];
        List<byte[]> values = [];
        do
        {
            keys.Clear();
            values.Clear();
            using (IStoreCursor cursor = transaction.OpenCursor(StateTables.Slots))
            {
                bool more = cursor.Seek(Hash256.AsSpan(in account));
                while (more && keys.Count < WipedAtOnce && cursor.Key.StartsWith(Hash256.AsSpan(in account)))
                {
                    keys.Add(cursor.Key.ToArray());
                    values.Add(cursor.Value.ToArray());
                    more = cursor.MoveNext();
                }
            }

            for (int i = 0; i < keys.Count; i++)
            {
                history?.AddSlot(keys[i], null, values[i], isWiped: true);
                edit?.Add(new Hash256(keys[i].AsSpan(Hash256.Size)), null, values[i]);
                transaction.Delete(StateTables.Slots, keys[i]);
            }
        }
        while (keys.Count == WipedAtOnce);
    }

    private void WriteCode(in Hash256 hash, ReadOnlySpan<byte> code)
    {
        if (!transaction.TryGet(StateTables.Codes, Hash256.AsSpan(in hash), out _))
        {
            transaction.Put(StateTables.Codes, Hash256.AsSpan(in hash), code);
        }
    }

    private void WritePreimage(in Hash256 hash, ReadOnlySpan<byte> preimage)
    {
        if (options.Preimages && !transaction.TryGet(StateTables.Preimages, Hash256.AsSpan(in hash), out _))
        {
            transaction.Put(StateTables.Preimages, Hash256.AsSpan(in hash), preimage);
        }
    }

    private byte[] Stored(StoreTable table, ReadOnlySpan<byte> key) =>
        transaction.TryGet(table, key, out ReadOnlySpan<byte> value) ? value.ToArray() : [];

    private void Store(StoreTable table, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            transaction.Delete(table, key);
        }
        else
        {
            transaction.Put(table, key, value);
        }
    }

    /// <summary>An account that changed; without a change, all of it is new.</summary>
    private readonly struct Entry(Address address, AccountChange? change, AccountState state)
    {
        internal readonly Address Address = address;
        internal readonly AccountChange? Change = change;
        internal readonly AccountState State = state;
    }

    /// <summary>A slot and what it holds now.</summary>
    private struct SlotEntry
    {
        internal Hash256 Hash;
        internal UInt256 Name;
        internal UInt256 Value;
    }
}
