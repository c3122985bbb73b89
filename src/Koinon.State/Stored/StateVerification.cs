using Koinon.Primitives;
using Koinon.State.Tries;
using Koinon.Storage;

namespace Koinon.State.Stored;

/// <summary>Recomputes the roots of a stored state from its flat tables, and holds its tries against them.</summary>
/// <remarks>Reads everything in one snapshot. Memory grows with the number of accounts.</remarks>
/// <param name="store">Where the state lies.</param>
/// <param name="states">The state.</param>
/// <param name="report">Receives what is wrong, in words.</param>
public sealed class StateVerification(IStore store, StateStore states, Action<string> report)
{
    private const int ChangesAtOnce = 4_096;

    /// <summary>Accounts found so far.</summary>
    public long Accounts { get; private set; }

    /// <summary>Slots found so far.</summary>
    public long Slots { get; private set; }

    /// <summary>Looks at the state of the newest block.</summary>
    /// <param name="cancellation">Ends it.</param>
    public void Run(CancellationToken cancellation)
    {
        using IReadTransaction transaction = store.BeginRead();
        StateMeta meta = StateMeta.Read(transaction);
        Hash256 root = StoredVersion.Read(transaction, meta.Newest).Root;
        MerkleTrie trie = ReadAccounts(transaction, cancellation);
        if (trie.Root != root)
        {
            report($"the state of block {meta.Newest} has the root {root}, its accounts give {trie.Root}");
        }

        Compare("the trie of accounts", trie, states.Newest.Trie, cancellation);
    }

    private MerkleTrie ReadAccounts(IReadTransaction transaction, CancellationToken cancellation)
    {
        MerkleTrie trie = MerkleTrie.Empty;
        TrieChanges changes = new();
        byte[] encoded = new byte[AccountEncoding.MaxLength];
        using IStoreCursor accounts = transaction.OpenCursor(StateTables.Accounts);
        using IStoreCursor slots = transaction.OpenCursor(StateTables.Slots);
        bool hasSlot = slots.MoveNext();
        while (accounts.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();
            Hash256 address = new(accounts.Key);
            StoredAccount stored = StoredAccount.Read(accounts.Value);
            hasSlot = PassBefore(slots, hasSlot, address);
            Hash256 storage = ReadStorage(slots, ref hasSlot, address, cancellation);
            if (!stored.Exists) continue;

            Accounts++;
            CheckAccount(transaction, address, stored, storage);
            int length = AccountEncoding.Write(stored.Account, storage, encoded);
            changes.Set(Hash256.AsSpan(in address), encoded.AsSpan(0, length));
            if (changes.Count >= ChangesAtOnce) Apply(ref trie, changes);
        }

        if (hasSlot) report($"slots of the account {new Hash256(slots.Key[..Hash256.Size])} stand without it");
        Apply(ref trie, changes);
        return trie;
    }

    private void CheckAccount(
        IReadTransaction transaction, in Hash256 address, in StoredAccount stored, in Hash256 storage)
    {
        if (stored.StorageRoot != storage)
        {
            report($"the account {address} has the storage root {stored.StorageRoot}, its slots give {storage}");
        }

        Hash256 codeHash = stored.Account.CodeHash;
        if (!stored.Account.HasCode) return;

        if (!transaction.TryGet(StateTables.Codes, Hash256.AsSpan(in codeHash), out ReadOnlySpan<byte> code))
        {
            report($"the account {address} has the code {codeHash}, which is missing");
        }
        else if (Hash256.Keccak(code) != codeHash)
        {
            report($"the code {codeHash} has the hash {Hash256.Keccak(code)}");
        }
    }

    /// <summary>Passes over slots whose account does not stand in its table.</summary>
    private bool PassBefore(IStoreCursor slots, bool hasSlot, in Hash256 address)
    {
        while (hasSlot && slots.Key[..Hash256.Size].SequenceCompareTo(Hash256.AsSpan(in address)) < 0)
        {
            Hash256 orphan = new(slots.Key[..Hash256.Size]);
            report($"slots of the account {orphan} stand without it");
            while (hasSlot && slots.Key.StartsWith(Hash256.AsSpan(in orphan))) hasSlot = slots.MoveNext();
        }

        return hasSlot;
    }

    private Hash256 ReadStorage(
        IStoreCursor slots, ref bool hasSlot, in Hash256 address, CancellationToken cancellation)
    {
        MerkleTrie trie = MerkleTrie.Empty;
        TrieChanges changes = new();
        Span<byte> encoded = stackalloc byte[UInt256.Size + 1];
        while (hasSlot && slots.Key.StartsWith(Hash256.AsSpan(in address)))
        {
            cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<byte> value = slots.Value;
            if (value is not [0])
            {
                Slots++;
                int length = NodeEncoding.WriteString(value, encoded);
                changes.Set(slots.Key[Hash256.Size..], encoded[..length]);
                if (changes.Count >= ChangesAtOnce) Apply(ref trie, changes);
            }

            hasSlot = slots.MoveNext();
        }

        Apply(ref trie, changes);
        if (!trie.IsEmpty && states.Newest.Base is { } stored)
        {
            MerkleTrie kept = MerkleTrie.Stored(trie.Root, new StoredTrieSource(stored, address));
            Compare($"the storage trie of {address}", trie, kept, cancellation);
        }

        return trie.Root;
    }

    /// <summary>Walks a stored trie, whose nodes are held against their hashes as they are read.</summary>
    private void Compare(string name, MerkleTrie expected, MerkleTrie stored, CancellationToken cancellation)
    {
        if (expected.Root != stored.Root) return; // It was reported, and the ways part at the top.

        try
        {
            using IEnumerator<KeyValuePair<byte[], ReadOnlyMemory<byte>>> right = stored.Enumerate().GetEnumerator();
            foreach ((byte[] key, ReadOnlyMemory<byte> value) in expected.Enumerate())
            {
                cancellation.ThrowIfCancellationRequested();
                if (!right.MoveNext()
                    || !right.Current.Key.AsSpan().SequenceEqual(key)
                    || !right.Current.Value.Span.SequenceEqual(value.Span))
                {
                    report($"{name} does not hold what the tables hold at {Hex.Encode(key)}");
                    return;
                }
            }

            if (right.MoveNext()) report($"{name} holds more than the tables");
        }
        catch (StoreException damaged)
        {
            report($"{name}: {damaged.Message}");
        }
    }

    private static void Apply(ref MerkleTrie trie, TrieChanges changes)
    {
        if (changes.Count == 0) return;

        trie = trie.Apply(changes);
        changes.Clear();
    }
}
