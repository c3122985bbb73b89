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
        return Build(later, in root, now, then, Changed(transaction, number + 1, later.Number));
    }

    /// <summary>The tries of the newest block as they were before an edit.</summary>
    /// <param name="transaction">The snapshot.</param>
    /// <param name="later">The newest block.</param>
    /// <param name="root">Its root.</param>
    /// <param name="edit">What was replaced.</param>
    internal static ReversedTries Before(
        IReadTransaction transaction, StoredBase later, in Hash256 root, StateEdit edit)
    {
        Dictionary<Hash256, HashSet<Hash256>> changed = [];
        foreach ((Hash256 account, StateEdit.FormerAccount former) in edit.Accounts)
        {
            changed.Add(account, [.. former.Slots.Keys]);
        }

        return Build(later, in root, new AsOfReader(transaction, later.Number, later.Number), edit, changed);
    }

    /// <summary>Makes them the stored tries of the newest block.</summary>
    /// <param name="transaction">Has the later block's records still, which is the newest one.</param>
    /// <param name="root">The later block's root.</param>
    /// <param name="nodes">Writes.</param>
    internal void Write(IReadTransaction transaction, in Hash256 root, TrieWriter nodes)
    {
        AsOfReader now = new(transaction, _later.Number, _later.Number);
        foreach ((Hash256 account, MerkleTrie storage) in _storages)
        {
            bool exists = now.TryReadAccount(in account, out StoredAccount stored) && stored.Exists;
            nodes.Write(account, exists ? stored.StorageRoot : MerkleTrie.Empty.Root, storage);
        }

        nodes.Write(null, in root, _accounts);
    }

    private static ReversedTries Build<TThen>(
        StoredBase later, in Hash256 root, AsOfReader now, TThen then, Dictionary<Hash256, HashSet<Hash256>> changed)
        where TThen : IFormerState, allows ref struct
    {
        Dictionary<Hash256, MerkleTrie> storages = [];
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
                    + $"before block {later.Number} or earlier, which was {before.StorageRoot}.");
            }

            storages.Add(account, storage);
            int length = AccountEncoding.Write(before.Account, storage.Root, leaf);
            leaves.Set(Hash256.AsSpan(in account), leaf[..length]);
        }

        MerkleTrie accounts = MerkleTrie.Stored(in root, new StoredTrieSource(later, null)).Apply(leaves);
        return new ReversedTries(accounts, storages, later);
    }

    private static MerkleTrie Reverse<TThen>(
        MerkleTrie storage, in Hash256 account, HashSet<Hash256> names, TThen then, TrieChanges changes)
        where TThen : IFormerState, allows ref struct
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
