using System.Diagnostics.CodeAnalysis;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.State.Tables;
using Koinon.State.Tries;
using Koinon.Storage;

namespace Koinon.State.Stored;

/// <summary>The stored state as of one block, whatever the newest one is now.</summary>
/// <remarks>
/// Every read is a short transaction of its own, so nothing is held open. Whether the version still stands is looked at
/// in the same snapshot: an answer is exact or there is none. Where the store lets snapshots be kept, one is, and the
/// version stands for good. Safe from any thread, but for one in a transaction that writes.
/// </remarks>
internal sealed partial class StoredBase
{
    private readonly IStore? _store;
    private readonly IReadTransaction? _transaction;
    private readonly NodeCache _nodes;
    private readonly StateStoreOptions _options;
    private readonly StateMeta _meta;
    private readonly ulong _number;
    private readonly ulong _id;
    private ulong _generation;

    private StoredBase(
        IStore? store,
        IReadTransaction? transaction,
        StateStoreOptions options,
        NodeCache nodes,
        in StateMeta meta,
        ulong number,
        ulong id)
    {
        _store = store;
        _transaction = transaction;
        _options = options;
        _nodes = nodes;
        _meta = meta;
        _number = number;
        _id = id;
        _generation = meta.Generation;
    }

    /// <summary>The block.</summary>
    internal ulong Number => _number;

    /// <summary>The name of the version.</summary>
    internal ulong Id => _id;

    /// <summary>Whether a state stands beneath that knows what this one does not.</summary>
    internal bool HasBeneath => _options.Beneath is not null;

    /// <summary>The state as of a block.</summary>
    /// <param name="store">Each read is a transaction of its own.</param>
    /// <param name="options">What stands beneath.</param>
    /// <param name="nodes">Nodes that were used recently.</param>
    /// <param name="meta">Which versions the store holds.</param>
    /// <param name="number">The block.</param>
    /// <param name="id">The name of its version.</param>
    internal static StoredBase Over(
        IStore store, StateStoreOptions options, NodeCache nodes, in StateMeta meta, ulong number, ulong id) =>
        new(store, null, options, nodes, in meta, number, id);

    /// <summary>The state as of a block in one snapshot.</summary>
    /// <param name="transaction">The snapshot, kept as long as the state is used; or a transaction that writes, for as
    /// long as it has not.</param>
    /// <param name="options">What stands beneath.</param>
    /// <param name="nodes">Nodes that were used recently.</param>
    /// <param name="meta">Which versions the snapshot holds.</param>
    /// <param name="number">The block.</param>
    /// <param name="id">The name of its version.</param>
    internal static StoredBase In(
        IReadTransaction transaction,
        StateStoreOptions options,
        NodeCache nodes,
        in StateMeta meta,
        ulong number,
        ulong id) =>
        new(null, transaction, options, nodes, in meta, number, id);

    /// <summary>The version without any changes on top.</summary>
    /// <param name="root">Its root.</param>
    internal WorldState Version(in Hash256 root) =>
        new(
            PersistentTable<Address, AccountState, AddressHash>.Empty,
            PersistentTable<Hash256, ReadOnlyMemory<byte>, DigestHash>.Empty,
            MerkleTrie.Stored(in root, new StoredTrieSource(this, null)),
            this);

    /// <summary>Reads an account.</summary>
    internal ReadStatus ReadAccount(in Address address, out Account account)
    {
        account = default;
        Hash256 key = Hash256.Keccak(Address.AsSpan(in address));
        if (!TryOpen(out IReadTransaction? transaction, out StateMeta meta))
        {
            return ReadStatus.Unavailable;
        }

        bool known;
        StoredAccount stored;
        try
        {
            known = new AsOfReader(transaction, _number, meta.Newest).TryReadAccount(in key, out stored);
        }
        finally
        {
            Close(transaction);
        }

        if (known)
        {
            account = stored.Account;
            return stored.Exists ? ReadStatus.Found : ReadStatus.Absent;
        }

        return _options.Beneath is { } beneath ? beneath.ReadAccount(in address, out account) : ReadStatus.Absent;
    }

    /// <summary>Reads a slot.</summary>
    internal ReadStatus ReadSlot(in Address address, in UInt256 slot, out UInt256 value)
    {
        value = default;
        Hash256 account = Hash256.Keccak(Address.AsSpan(in address));
        Hash256 key = Hash256.Keccak(Hash256.AsSpan(Hash256.FromWord(in slot)));
        if (!TryOpen(out IReadTransaction? transaction, out StateMeta meta))
        {
            return ReadStatus.Unavailable;
        }

        bool known;
        try
        {
            AsOfReader reader = new(transaction, _number, meta.Newest);
            known = reader.TryReadSlot(in account, in key, out value)
                || !HasBeneath
                || (reader.TryReadAccount(in account, out StoredAccount stored) && stored.HidesBeneath);
        }
        finally
        {
            Close(transaction);
        }

        return known
            ? value.IsZero ? ReadStatus.Absent : ReadStatus.Found
            : _options.Beneath!.ReadSlot(in address, in slot, out value);
    }

    /// <summary>Reads code; code is never removed, so any version may answer.</summary>
    internal ReadStatus ReadCode(in Hash256 codeHash, out ReadOnlyMemory<byte> code)
    {
        code = default;
        IReadTransaction transaction = _transaction ?? _store!.BeginRead();
        try
        {
            ReadOnlySpan<byte> key = Hash256.AsSpan(in codeHash);
            if (transaction.TryGet(StateTables.Codes, key, out ReadOnlySpan<byte> value))
            {
                code = value.ToArray();
                return ReadStatus.Found;
            }
        }
        finally
        {
            Close(transaction);
        }

        return codeHash == Account.NoCode ? ReadStatus.Found
            : _options.Beneath is { } beneath ? beneath.ReadCode(in codeHash, out code)
            : ReadStatus.Absent;
    }

    /// <summary>Whether an account has storage.</summary>
    internal ReadStatus ReadStorageExists(in Address address)
    {
        if (!TryReadStored(in address, out bool known, out StoredAccount stored))
        {
            return ReadStatus.Unavailable;
        }

        return known && stored.HasStorage ? ReadStatus.Found
            : known && stored.HidesBeneath ? ReadStatus.Absent
            : _options.Beneath?.ReadStorageExists(in address) ?? ReadStatus.Absent;
    }

    /// <summary>The root of an account's storage trie.</summary>
    /// <exception cref="StateUnavailableException">The version is gone.</exception>
    internal Hash256 ReadStorageRoot(in Address address) =>
        !TryReadStored(in address, out bool known, out StoredAccount stored) ? throw Gone()
            : known ? stored.StorageRoot
            : MerkleTrie.Empty.Root;

    /// <summary>What is stored of an account; <see langword="null"/> where nothing is.</summary>
    /// <exception cref="StateUnavailableException">The version is gone.</exception>
    internal AccountState? LoadAccount(in Address address)
    {
        if (!TryReadStored(in address, out bool known, out StoredAccount stored))
        {
            throw Gone();
        }

        if (!known)
        {
            return null;
        }

        Hash256 key = Hash256.Keccak(Address.AsSpan(in address));
        return new AccountState(
            key,
            stored.Account,
            MerkleTrie.Stored(stored.StorageRoot, new StoredTrieSource(this, key)),
            PersistentTable<UInt256, UInt256, WordHash>.Empty,
            stored.Exists,
            stored.Exists);
    }

    /// <summary>Begins to read.</summary>
    /// <param name="transaction">To be given to <see cref="Close"/>.</param>
    /// <param name="meta">Which versions there are in it.</param>
    /// <returns>Whether the version still stands.</returns>
    internal bool TryOpen([NotNullWhen(true)] out IReadTransaction? transaction, out StateMeta meta)
    {
        if (_transaction is not null)
        {
            transaction = _transaction;
            meta = _meta;
            return true;
        }

        transaction = _store!.BeginRead();
        bool stands = false;
        try
        {
            stands = StateMeta.TryRead(transaction, out meta) && Stands(transaction, in meta);
            return stands;
        }
        finally
        {
            if (!stands)
            {
                transaction.Dispose();
                transaction = null;
            }
        }
    }

    /// <summary>Ends what <see cref="TryOpen"/> began.</summary>
    internal void Close(IReadTransaction transaction)
    {
        if (_transaction is null)
        {
            transaction.Dispose();
        }
    }

    /// <summary>Says that the version is gone.</summary>
    internal StateUnavailableException Gone() =>
        new($"The state of block {_number} is no longer there: the block was taken back, or its history was dropped.");

    private bool TryReadStored(in Address address, out bool known, out StoredAccount stored) =>
        TryReadStored(Hash256.Keccak(Address.AsSpan(in address)), out known, out stored);

    private bool TryReadStored(in Hash256 key, out bool known, out StoredAccount stored)
    {
        known = false;
        stored = default;
        if (!TryOpen(out IReadTransaction? transaction, out StateMeta meta))
        {
            return false;
        }

        try
        {
            known = new AsOfReader(transaction, _number, meta.Newest).TryReadAccount(in key, out stored);
            return true;
        }
        finally
        {
            Close(transaction);
        }
    }

    // In a generation in which the version stood it stands still; later ones are compared by name, once each.
    private bool Stands(IReadTransaction transaction, in StateMeta meta)
    {
        if (_number < meta.OldestState)
        {
            return false;
        }

        if (Volatile.Read(ref _generation) == meta.Generation)
        {
            return true;
        }

        bool stands = StoredVersion.TryRead(transaction, _number, out StoredVersion version) && version.Id == _id;
        if (stands)
        {
            Volatile.Write(ref _generation, meta.Generation);
        }

        return stands;
    }
}
