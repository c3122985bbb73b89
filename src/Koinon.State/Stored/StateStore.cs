using Koinon.Primitives.State;
using Koinon.Storage;

namespace Koinon.State.Stored;

/// <summary>The states of the canonical chain's blocks. They are held as versions in memory until they lie in tables.
/// </summary>
/// <param name="store">Where they are to lie.</param>
/// <param name="options">What is kept.</param>
/// <remarks>One writer; any thread may read.</remarks>
public sealed class StateStore(IStore store, StateStoreOptions options)
{
    private Dictionary<ulong, (WorldState State, StateChanges Changes)> _states = [];
    private Dictionary<ulong, (WorldState State, StateChanges Changes)>? _pending;
    private ulong _pendingNumber;

    /// <summary>The tables that a store must have.</summary>
    public static IReadOnlyList<StoreTable> Tables { get; } = [];

    /// <summary>Where the states are to lie.</summary>
    public IStore Store => store;

    /// <summary>Number of the newest block.</summary>
    public ulong NewestNumber { get; private set; }

    /// <summary>The oldest block whose state is kept.</summary>
    public ulong OldestState => options.HistoryBlocks is { } kept && NewestNumber > kept ? NewestNumber - kept : 0;

    /// <summary>The oldest block of which proofs can be made.</summary>
    public ulong OldestProof => OldestState;

    /// <summary>The state after the newest block.</summary>
    public WorldState Newest => _states[NewestNumber].State;

    /// <summary>The state after a block; <see langword="null"/> where it is not kept.</summary>
    public WorldState? At(ulong number) =>
        number >= OldestState && Volatile.Read(ref _states).TryGetValue(number, out (WorldState State, StateChanges) at)
            ? at.State
            : null;

    /// <summary>Writes the first state.</summary>
    public void Initialise(IWriteTransaction transaction, ulong number, WorldState genesis) =>
        Put(number, genesis, new StateChanges());

    /// <summary>Writes the state after the next block.</summary>
    public void Append(IWriteTransaction transaction, ulong number, StateChanges changes, WorldState result) =>
        Put(number, result, changes);

    /// <summary>Takes the newest block's changes back.</summary>
    public void Undo(IWriteTransaction transaction) => Pending().Remove(_pendingNumber--);

    /// <summary>What a block changed.</summary>
    public StateChanges ChangesOf(ulong number) => _states[number].Changes;

    /// <summary>Edits the newest block's state.</summary>
    public void Amend(IWriteTransaction transaction, StateChanges edits)
    {
        (WorldState state, StateChanges changes) = Pending()[_pendingNumber];
        Put(_pendingNumber, state.Apply(edits), changes);
    }

    /// <summary>Gives up states beyond the window.</summary>
    public void Prune(IWriteTransaction transaction, int blocksMax) => Pending().Remove(unchecked(OldestState - 1));

    /// <summary>What was written stands.</summary>
    public void Published()
    {
        if (_pending is not null)
        {
            Volatile.Write(ref _states, _pending);
            NewestNumber = _pendingNumber;
            _pending = null;
        }
    }

    /// <summary>What was written is given up.</summary>
    public void Abandoned() => _pending = null;

    private void Put(ulong number, WorldState state, StateChanges changes)
    {
        Pending()[number] = (state, changes);
        _pendingNumber = number;
    }

    private Dictionary<ulong, (WorldState State, StateChanges Changes)> Pending()
    {
        if (_pending is null)
        {
            _pending = new Dictionary<ulong, (WorldState, StateChanges)>(_states);
            _pendingNumber = NewestNumber;
        }

        return _pending;
    }
}
