using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Storage;

namespace Koinon.State.Stored;

/// <summary>The state of the canonical chain's newest block in a store, and its history.</summary>
/// <remarks>
/// <para>What is written goes into the caller's transaction, with whatever else belongs to the same move of the head;
/// after its commit the caller says <see cref="Published"/>, after its end without one <see cref="Abandoned"/>. One
/// writer; any number of readers.</para>
/// <para>A version that is handed out reads as of its block, in a short transaction for each read: it holds nothing
/// open and never waits. Once its block is taken back or edited, or its history dropped, it answers
/// <see cref="ReadStatus.Unavailable"/>; not where the store lets snapshots be kept, since it keeps one then.</para>
/// <para>docs/decisions/0007-state-on-a-store.md says why it is built so, docs/state-layout.md what stands in the
/// tables.</para>
/// </remarks>
public sealed class StateStore
{
    private const long CacheBytes = 64 * 1024 * 1024;
    private const long CacheBytesInMemory = 8 * 1024 * 1024;

    private readonly IStore _store;
    private readonly StateStoreOptions _options;
    private readonly NodeCache _nodes;
    private Current? _current;

    /// <summary>The state in a store.</summary>
    /// <param name="store">Opened with <see cref="Tables"/>.</param>
    /// <param name="options">What is kept.</param>
    /// <exception cref="StoreException">What stands there is of another schema.</exception>
    public StateStore(IStore store, StateStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);
        _store = store;
        _options = options;
        _nodes = new NodeCache(options.NodeCacheBytes ?? (store.KeepsSnapshots ? CacheBytesInMemory : CacheBytes));
        _current = Read();
    }

    /// <summary>The tables that the store must have been opened with.</summary>
    public static IReadOnlyList<StoreTable> Tables => StateTables.All;

    /// <summary>Where the state lies.</summary>
    public IStore Store => _store;

    /// <summary>Whether the state was never initialised.</summary>
    public bool IsEmpty => Volatile.Read(ref _current) is null;

    /// <summary>The newest block.</summary>
    public ulong NewestNumber => Now.Meta.Newest;

    /// <summary>The oldest block whose state can be read.</summary>
    public ulong OldestState => Now.Meta.OldestState;

    /// <summary>The oldest block of which proofs can be made.</summary>
    public ulong OldestProof => Now.Meta.OldestProof;

    /// <summary>The state of the newest block.</summary>
    public WorldState Newest => Now.Newest;

    private Current Now => Volatile.Read(ref _current)
        ?? throw new InvalidOperationException("The stored state was not initialised.");

    /// <summary>The state as of a canonical block; <see langword="null"/> where it is not kept.</summary>
    /// <param name="number">The block.</param>
    /// <returns>Immutable, and valid while newer blocks come.</returns>
    public WorldState? At(ulong number)
    {
        IReadTransaction transaction = _store.BeginRead();
        bool isKept = false;
        try
        {
            if (!StateMeta.TryRead(transaction, out StateMeta meta)
                || number < meta.OldestState
                || number > meta.Newest)
            {
                return null;
            }

            StoredVersion version = StoredVersion.Read(transaction, number);
            return VersionOf(transaction, in meta, number, in version, out isKept);
        }
        finally
        {
            if (!isKept)
            {
                transaction.Dispose();
            }
        }
    }

    /// <summary>Writes the first state, in the place of all that stood here.</summary>
    /// <param name="transaction">Where.</param>
    /// <param name="number">The block whose state it is.</param>
    /// <param name="genesis">The state, in memory as a whole.</param>
    public void Initialise(IWriteTransaction transaction, ulong number, WorldState genesis)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(genesis);
        if (genesis.Base is not null)
        {
            throw new ArgumentException("The first state must be in memory as a whole.", nameof(genesis));
        }

        ulong generation = 0;
        ulong version = 0;
        if (StateMeta.TryRead(transaction, out StateMeta before))
        {
            generation = before.Generation + 1;
            version = before.NextVersion;
            foreach (StoreTable table in Tables)
            {
                transaction.DeleteRange(table, [], []);
            }
        }

        TrieWriter nodes = new(transaction, _nodes, null);
        new StateWriter(transaction, _options, null, nodes).WriteAll(genesis);
        new StoredVersion(version, genesis.Root).Write(transaction, number);
        new StateMeta(number, number, number, ulong.MaxValue, generation, version + 1).Write(transaction);
    }

    /// <summary>Writes the state of the next block.</summary>
    /// <param name="transaction">Where.</param>
    /// <param name="number">One more than the newest block that the transaction sees.</param>
    /// <param name="changes">All that the block changed.</param>
    /// <param name="result">The version that the changes led to from the newest one.</param>
    /// <exception cref="StateUnavailableException">The result was made on a version that no longer stands.</exception>
    public void Append(IWriteTransaction transaction, ulong number, StateChanges changes, WorldState result)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(changes);
        ArgumentNullException.ThrowIfNull(result);
        StateMeta meta = StateMeta.Read(transaction);
        if (number != meta.Newest + 1)
        {
            throw new ArgumentException($"Block {number} does not follow block {meta.Newest}.", nameof(number));
        }

        if (result.Base is { } made
            && !(StoredVersion.TryRead(transaction, made.Number, out StoredVersion stands) && stands.Id == made.Id))
        {
            throw new StateUnavailableException($"Block {number} was made on a state that no longer stands.");
        }

        StoredVersion parent = StoredVersion.Read(transaction, meta.Newest);
        bool keepsNodes = _options.ProofBlocks is not 0;
        ulong indexedFrom = !_options.IndexesNodes ? ulong.MaxValue : Math.Min(meta.IndexedFrom, number);
        HistoryWriter history = new(transaction, number, mayStand: false, _options.IndexesNodes);
        TrieWriter nodes = new(transaction, _nodes, keepsNodes ? history : null);
        new StateWriter(transaction, _options, history, nodes).Write(changes, result, parent.Root);
        new StoredVersion(meta.NextVersion, result.Root).Write(transaction, number);
        (meta with
        {
            Newest = number,
            OldestProof = keepsNodes ? meta.OldestProof : number,
            IndexedFrom = indexedFrom,
            NextVersion = meta.NextVersion + 1,
        }).Write(transaction);
    }

    /// <summary>Changes the state of the newest block itself.</summary>
    /// <param name="transaction">Where.</param>
    /// <param name="edits">What changes.</param>
    /// <returns>What takes the edit back, as long as no block has taken its block's place.</returns>
    /// <remarks>The block's version becomes another one: what was handed out of it is gone. History keeps what stood
    /// before the block.</remarks>
    public StateEdit Amend(IWriteTransaction transaction, StateChanges edits)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(edits);
        StateMeta meta = StateMeta.Read(transaction);
        StoredVersion version = StoredVersion.Read(transaction, meta.Newest);
        WorldState result = StoredBase.In(transaction, _options, _nodes, in meta, meta.Newest, version.Id)
            .Version(version.Root)
            .Apply(edits);
        StateEdit edit = new();
        EditWriter(transaction, in meta, edit).Write(edits, result, version.Root);
        Rename(transaction, in meta, result.Root);
        return edit;
    }

    /// <summary>Takes an edit of the newest block's state back; of several, the last one first.</summary>
    /// <param name="transaction">Where.</param>
    /// <param name="edit">What <see cref="Amend"/> returned.</param>
    public void TakeBack(IWriteTransaction transaction, StateEdit edit)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(edit);
        StateMeta meta = StateMeta.Read(transaction);
        StoredVersion version = StoredVersion.Read(transaction, meta.Newest);
        StoredBase newest = StoredBase.In(transaction, _options, _nodes, in meta, meta.Newest, version.Id);
        ReversedTries tries = ReversedTries.Before(transaction, newest, version.Root, edit);
        EditWriter(transaction, in meta, edit: null).PutBack(edit, tries, version.Root);
        Rename(transaction, in meta, tries.Accounts.Root);
    }

    /// <summary>Takes the changes of the newest blocks back.</summary>
    /// <param name="transaction">Where.</param>
    /// <param name="blocks">How many blocks.</param>
    /// <exception cref="StateUnavailableException">Their history is no longer kept.</exception>
    public void Undo(IWriteTransaction transaction, ulong blocks = 1)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        StateMeta meta = StateMeta.Read(transaction);
        if (blocks > meta.Newest - meta.OldestState)
        {
            throw new StateUnavailableException(
                $"Block {meta.OldestState} cannot be taken back: no state before it is kept.");
        }

        ulong target = meta.Newest - blocks;
        new StateUndo(transaction, _options, _nodes, meta).Run(target);
        (meta with
        {
            Newest = target,
            OldestProof = Math.Min(meta.OldestProof, target),
            Generation = meta.Generation + 1,
        }).Write(transaction);
    }

    /// <summary>Makes the state, with its history, what a snapshot holds.</summary>
    /// <param name="transaction">Where: every table becomes what the snapshot shows.</param>
    /// <param name="snapshot">A snapshot of the same store.</param>
    /// <returns>Whether it was done: the store may not be able to.</returns>
    /// <remarks>Names that were given to versions since are not given again.</remarks>
    public bool TryRestore(IWriteTransaction transaction, IReadTransaction snapshot)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        StateMeta now = StateMeta.Read(transaction);
        if (!transaction.TryRestore(snapshot))
        {
            return false;
        }

        StateMeta former = StateMeta.Read(transaction);
        (former with { Generation = now.Generation + 1, NextVersion = now.NextVersion }).Write(transaction);
        return true;
    }

    /// <summary>What a block changed, from the history: what leads from the state before it to its own.</summary>
    /// <param name="number">The block.</param>
    /// <exception cref="StateUnavailableException">The state before it is no longer kept, or names are not.</exception>
    public StateChanges ChangesOf(ulong number)
    {
        using IReadTransaction transaction = _store.BeginRead();
        StateMeta meta = StateMeta.Read(transaction);
        if (number <= meta.OldestState || number > meta.Newest)
        {
            throw new StateUnavailableException(
                $"What block {number} changed is not known: history goes from block {meta.OldestState} "
                + $"to block {meta.Newest}.");
        }

        return new ChangesReader(transaction, number, meta.Newest).Read();
    }

    /// <summary>Finds the address or the slot behind a hash.</summary>
    /// <param name="hash">Its Keccak-256.</param>
    /// <returns>20 bytes for an address, 32 for a slot; <see langword="null"/> where none was ever stored.</returns>
    public ReadOnlyMemory<byte>? FindPreimage(in Hash256 hash)
    {
        using IReadTransaction transaction = _store.BeginRead();
        if (!transaction.TryGet(StateTables.Preimages, Hash256.AsSpan(in hash), out ReadOnlySpan<byte> preimage))
        {
            return null;
        }

        // A slot's leading zeros are not stored, so that one may be as long as an address.
        return preimage.Length == Address.Size && Hash256.Keccak(preimage) == hash
            ? preimage.ToArray()
            : Hash256.AsSpan(Hash256.FromWord(UInt256.FromBigEndian(preimage))).ToArray();
    }

    /// <summary>Drops history that is older than asked for.</summary>
    /// <param name="transaction">Where.</param>
    /// <param name="blocksMax">How many blocks at most, so that the transaction stays small.</param>
    public void Prune(IWriteTransaction transaction, int blocksMax)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        StateMeta before = StateMeta.Read(transaction);
        StatePruning pruning = new(transaction, before);
        ulong proofs = _options.ProofBlocks ?? ulong.MaxValue;
        ulong history = _options.HistoryBlocks ?? ulong.MaxValue;
        StateMeta after = pruning.Run(history, Math.Min(proofs, history), blocksMax);
        if (after != before)
        {
            after.Write(transaction);
        }
    }

    /// <summary>Follows a commit.</summary>
    public void Published() => Volatile.Write(ref _current, Read());

    /// <summary>Follows a transaction that ended without a commit: nothing of it is seen.</summary>
    public void Abandoned() => Published();

    // History of the newest block keeps the oldest value alone, whatever edits come.
    private StateWriter EditWriter(IWriteTransaction transaction, in StateMeta meta, StateEdit? edit)
    {
        HistoryWriter? history = meta.Newest > meta.OldestState
            ? new(transaction, meta.Newest, mayStand: true, meta.Newest >= meta.IndexedFrom)
            : null;
        TrieWriter nodes = new(transaction, _nodes, meta.Newest > meta.OldestProof ? history : null);
        return new StateWriter(transaction, _options, history, nodes, edit);
    }

    private static void Rename(IWriteTransaction transaction, in StateMeta meta, in Hash256 root)
    {
        new StoredVersion(meta.NextVersion, root).Write(transaction, meta.Newest);
        (meta with { Generation = meta.Generation + 1, NextVersion = meta.NextVersion + 1 }).Write(transaction);
    }

    private Current? Read()
    {
        IReadTransaction transaction = _store.BeginRead();
        bool isKept = false;
        try
        {
            if (!StateMeta.TryRead(transaction, out StateMeta meta))
            {
                return null;
            }

            StoredVersion version = StoredVersion.Read(transaction, meta.Newest);
            return new Current(meta, VersionOf(transaction, in meta, meta.Newest, in version, out isKept));
        }
        finally
        {
            if (!isKept)
            {
                transaction.Dispose();
            }
        }
    }

    // The newest version is handed out again as long as it is the same.
    private WorldState VersionOf(
        IReadTransaction transaction, in StateMeta meta, ulong number, in StoredVersion version, out bool isKept)
    {
        isKept = false;
        WorldState? newest = Volatile.Read(ref _current)?.Newest;
        if (newest?.Base is { } known && known.Number == number && known.Id == version.Id)
        {
            return newest;
        }

        isKept = _store.KeepsSnapshots;
        StoredBase stored = isKept
            ? StoredBase.In(transaction, _options, _nodes, in meta, number, version.Id)
            : StoredBase.Over(_store, _options, _nodes, in meta, number, version.Id);
        return stored.Version(version.Root);
    }

    /// <summary>What readers see: one reference, so that they see one move or the next.</summary>
    private sealed record Current(StateMeta Meta, WorldState Newest);
}
