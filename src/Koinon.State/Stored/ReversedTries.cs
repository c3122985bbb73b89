using Koinon.Primitives;
using Koinon.State.Tries;
using Koinon.Storage;

namespace Koinon.State.Stored;

/// <summary>The tries of a block whose nodes are no longer kept, made anew from those of a later one and the history
/// of accounts and slots in between.</summary>
internal sealed class ReversedTries
{
    private readonly MerkleTrie _accounts;
    private readonly Dictionary<Hash256, MerkleTrie> _storages;
    private readonly StoredBase _later;

    private ReversedTries(MerkleTrie accounts, Dictionary<Hash256, MerkleTrie> storages, StoredBase later)
    {
        _accounts = accounts;
        _storages = storages;
        _later = later;
    }

    /// <summary>The trie of accounts.</summary>
    internal MerkleTrie Accounts => _accounts;

    /// <summary>The storage tries that are not what they are in the later block, by address hash.</summary>
    internal IReadOnlyDictionary<Hash256, MerkleTrie> Storages => _storages;

    /// <summary>The trie of accounts, or the storage trie of an address hash.</summary>
    /// <returns><see langword="null"/> where there is no such account.</returns>
    internal MerkleTrie? Of(Hash256? account) =>
        account is not Hash256 hash ? _accounts
            : _storages.TryGetValue(hash, out MerkleTrie? storage) ? storage
            : _later.FindStorage(in hash);

    /// <summary>The tries as of a block.</summary>
    /// <param name="transaction">A snapshot that has the state of both blocks.</param>
    /// <param name="meta">Which versions are in it.</param>
    /// <param name="later">A later block, whose nodes are kept.</param>
    /// <param name="root">Its root.</param>
    /// <param name="number">The block.</param>
    internal static ReversedTries AsOf(
        IReadTransaction transaction, in StateMeta meta, StoredBase later, in Hash256 root, ulong number)
    {
        AsOfReader now = new(transaction, later.Number, meta.Newest);
        AsOfReader then = new(transaction, number, meta.Newest);
        return Build(later, in root, now, then, number + 1, later.Number);
    }

    private static ReversedTries Build(
        StoredBase later, in Hash256 root, AsOfReader now, AsOfReader then, ulong first, ulong last)
    {
        Dictionary<Hash256, HashSet<Hash256>> changed = Changed(now.Transaction, first, last);
        Dictionary<Hash256, MerkleTrie> storages = [];
        TrieHasher hasher = new();
        TrieChanges leaves = new();
        TrieChanges slots = new();
        Span<byte> leaf = stackalloc byte[AccountEncoding.MaxLength];
        foreach ((Hash256 account, HashSet<Hash256> names) in changed)
        {
            now.TryReadAccount(in account, out StoredAccount after);
            then.TryReadAccount(in account, out StoredAccount before);
            if (!before.Exists)
            {
                leaves.Remove(Hash256.AsSpan(in account));
                storages.Add(account, MerkleTrie.Empty);
                continue;
            }

            MerkleTrie storage = after.Exists
                ? MerkleTrie.Stored(after.StorageRoot, new StoredTrieSource(later, account))
                : MerkleTrie.Empty;
            storage = Reverse(storage, in account, names, then, slots);
            if (storage.Root != before.StorageRoot)
            {
                throw new StoreException(
                    StoreError.Corrupt,
                    $"The history of the state is damaged: it gives the storage of {account} the root {storage.Root} "
                    + $"before block {first}, which was {before.StorageRoot}.");
            }

            storages.Add(account, storage);
            int length = AccountEncoding.Write(before.Account, storage.Root, leaf);
            leaves.Set(Hash256.AsSpan(in account), leaf[..length]);
        }

        MerkleTrie accounts = MerkleTrie.Stored(in root, new StoredTrieSource(later, null)).Apply(leaves);
        return new ReversedTries(accounts, storages, later);
    }

    private static MerkleTrie Reverse(
        MerkleTrie storage, in Hash256 account, HashSet<Hash256> names, AsOfReader then, TrieChanges changes)
    {
        Span<byte> word = stackalloc byte[UInt256.Size];
        Span<byte> encoded = stackalloc byte[UInt256.Size + 1];
        changes.Clear();
        foreach (Hash256 name in names)
        {
            then.TryReadSlot(in account, in name, out UInt256 value);
            int length = value.WriteTrimmedBigEndian(word);
            length = value.IsZero ? 0 : NodeEncoding.WriteString(word[..length], encoded);
            changes.Set(Hash256.AsSpan(in name), encoded[..length]);
        }

        return storage.Apply(changes);
    }

    private static Dictionary<Hash256, HashSet<Hash256>> Changed(
        IReadTransaction transaction, ulong first, ulong last)
    {
        Dictionary<Hash256, HashSet<Hash256>> changed = [];
        for (ulong number = first; number <= last; number++)
        {
            ChangeListReader list = new(transaction, number);
            while (list.MoveNext())
            {
                if (!changed.TryGetValue(list.Account, out HashSet<Hash256>? slots))
                {
                    slots = [];
                    changed.Add(list.Account, slots);
                }

                if (list.Kind is ChangeKind.SlotHash or ChangeKind.SlotName)
                {
                    slots.Add(list.Slot);
                }
            }
        }

        return changed;
    }
}
