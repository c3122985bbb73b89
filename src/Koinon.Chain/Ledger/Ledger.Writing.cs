using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.State;
using Koinon.State.Stored;
using Koinon.Storage;

namespace Koinon.Chain.Ledger;

/// <content>What writes: each of these is one transaction of the store.</content>
public sealed partial class Ledger
{
    /// <summary>Most bytes of blocks that the kept moves of the head hold.</summary>
    private const long ChangesWeightMax = 64L * 1024 * 1024;

    /// <summary>Most blocks that one move gives up, so that a smaller window does not stop the chain for
    /// long.</summary>
    private const int PrunedAtOnce = 64;

    /// <summary>Makes a block that was built on the head canonical.</summary>
    /// <param name="built">The block with what its execution gave.</param>
    /// <returns>Whether the block now is the head; false where the head is no longer its parent.</returns>
    /// <exception cref="StoreException">The store is full, or the disk fails; the head stands where it
    /// stood.</exception>
    public bool TryCommit(LedgerBlock built)
    {
        lock (_writer)
        {
            return Head.Hash == built.Header.ParentHash && Move([], [built], SafeHash, FinalizedHash);
        }
    }

    /// <summary>Moves the head where consensus says, and notes the safe and the finalized block.</summary>
    /// <param name="head">The new head: any block of the ledger.</param>
    /// <param name="safe">The safe block, at or before the head; zero where there is none.</param>
    /// <param name="finalized">The finalized block, at or before the head; zero where there is none.</param>
    /// <returns>Why nothing was moved, if so.</returns>
    /// <exception cref="StoreException">The store is full, or the disk fails; the head stands where it
    /// stood.</exception>
    public HeadError SetHead(in Hash256 head, in Hash256 safe, in Hash256 finalized)
    {
        lock (_writer)
        {
            if (!TryGet(head, out LedgerBlock? block))
            {
                return HeadError.HeadUnknown;
            }

            if (!IsBefore(safe, block))
            {
                return HeadError.SafeNotAncestor;
            }

            if (!IsBefore(finalized, block))
            {
                return HeadError.FinalizedNotAncestor;
            }

            HeadError error = FindWay(block, out List<LedgerBlock> removed, out List<LedgerBlock> added);
            return error != HeadError.None || Move(removed, added, safe, finalized) ? error : HeadError.HeadUnknown;
        }
    }

    /// <summary>Changes the state at the head by decree: for development chains.</summary>
    /// <param name="edits">What is changed; the next block stands on it, and what is asked of the head shows
    /// it.</param>
    /// <exception cref="StoreException">The store is full, or the disk fails; nothing is changed.</exception>
    public void Edit(StateChanges edits)
    {
        lock (_writer)
        {
            LedgerBlock head = Head;
            StateEdit? edit = null;
            Write(transaction =>
            {
                edit = _states.Amend(transaction, edits);
                RecordOf(head.Number, SafeHash, FinalizedHash).Write(transaction);
            });
            _edits.Add(new LedgerEdit(head.Number, edit!));
            Announce(new HeadChange(_sequence + 1, head, [], []) { IsEdit = true });
        }
    }

    /// <summary>Gives up what lies beyond the windows, a bounded number of blocks; moves of the head do so too.
    /// </summary>
    /// <returns>Whether something was given up: there may be more.</returns>
    /// <exception cref="StoreException">The store is full, or the disk fails; nothing is changed.</exception>
    public bool Prune()
    {
        lock (_writer)
        {
            (ulong, ulong, ulong) before = (OldestBlockKept, OldestStateKept, OldestProofKept);
            List<LedgerBlock> pruned = [];
            LedgerRecord record = RecordOf(Head.Number, SafeHash, FinalizedHash) with { Sequence = _sequence };
            Write(transaction =>
            {
                _states.Prune(transaction, PrunedAtOnce);
                record = record with { OldestBlock = Prune(transaction, Head.Number, pruned) };
                record.Write(transaction);
            });
            Volatile.Write(ref _oldestBlock, record.OldestBlock);
            Forget(pruned);
            return before != (OldestBlockKept, OldestStateKept, OldestProofKept);
        }
    }

    /// <summary>The place to which <see cref="Revert"/> can go back.</summary>
    public LedgerMark Mark()
    {
        lock (_writer)
        {
            LedgerBlock head = Head;
            return new LedgerMark(head.Number, head.Hash, _edits.Count);
        }
    }

    /// <summary>The place of a canonical block, with every edit of its state.</summary>
    public LedgerMark MarkOf(LedgerBlock block) => new(block.Number, block.Hash, int.MaxValue);

    /// <summary>Gives up every block and every edit after a mark: for development chains.</summary>
    /// <param name="mark">The place to go back to.</param>
    /// <returns>Whether that place is still there; nothing is changed where it is not.</returns>
    /// <exception cref="StoreException">The store is full, or the disk fails; nothing is changed.</exception>
    public bool Revert(in LedgerMark mark)
    {
        lock (_writer)
        {
            if (HashAt(mark.Number) != mark.Hash
                || mark.Number < OldestStateKept
                || !TryGet(mark.Hash, out LedgerBlock? target))
            {
                return false;
            }

            List<LedgerBlock> removed = CanonicalAbove(mark.Number);
            ulong number = mark.Number;
            int edits = Math.Min(mark.Edits, _edits.Count);
            Hash256 safe = Safe is { } safeBlock && safeBlock.Number <= number ? safeBlock.Hash : Hash256.Zero;
            Hash256 finalized = Finalized is { } block && block.Number <= number ? block.Hash : Hash256.Zero;
            Write(transaction =>
            {
                foreach (LedgerBlock gone in removed)
                {
                    _states.Undo(transaction);
                    BlockTables.Delete(transaction, gone);
                }

                for (int i = _edits.Count - 1; i >= edits; i--)
                {
                    if (_edits[i].Number == number)
                    {
                        _states.TakeBack(transaction, _edits[i].Former);
                    }
                }

                RecordOf(number, safe, finalized).Write(transaction);
            });
            _edits.RemoveRange(edits, _edits.Count - edits);
            _edits.RemoveAll(edit => edit.Number > number);
            Follow(target, removed, [], safe, finalized, keepRemoved: null);
            Announce(new HeadChange(_sequence + 1, target, removed, [])
            {
                IsDiscarded = true,
                IsEdit = removed.Count == 0,
            });
            return true;
        }
    }

    private Hash256 SafeHash => Safe?.Hash ?? Hash256.Zero;

    private Hash256 FinalizedHash => Finalized?.Hash ?? Hash256.Zero;

    /// <summary>Writes the genesis into an empty store.</summary>
    private void Begin()
    {
        LedgerBlock genesis = GenesisBlock;
        _oldestBlock = genesis.Number;
        Write(transaction =>
        {
            LedgerRecord.WriteIdentity(transaction, genesis.Hash);
            BlockTables.Write(transaction, genesis);
            _states.Initialise(transaction, genesis.Number, Genesis.State);
            new LedgerRecord(0, genesis.Number, genesis.Number, Hash256.Zero, Hash256.Zero).Write(transaction);
        });
    }

    /// <summary>Stands where the store stands.</summary>
    private void Resume()
    {
        using IReadTransaction transaction = _store.BeginRead();
        LedgerRecord record = LedgerRecord.Read(transaction);
        _sequence = record.Sequence;
        _oldestBlock = record.OldestBlock;
        _head = record.Head == GenesisBlock.Number
            ? GenesisBlock
            : _tables.Read(transaction, record.Head)
                ?? throw LedgerException.Damaged($"block {record.Head}, the head, is missing");
        _safe = Find(transaction, record.Safe);
        _finalized = Find(transaction, record.Finalized);
        if (_states.NewestNumber != record.Head)
        {
            throw LedgerException.Damaged($"the state is that of block {_states.NewestNumber}, not of {record.Head}");
        }
    }

    private LedgerBlock? Find(IReadTransaction transaction, in Hash256 hash) =>
        !hash.IsZero && BlockTables.ReadNumber(transaction, hash) is { } number
            ? _tables.Read(transaction, number)
            : null;

    /// <summary>Keeps a layer, and moves the head to it where it is heavier (before the merge).</summary>
    private LedgerBlock Keep(LedgerBlock layer)
    {
        lock (_writer)
        {
            if (TryGet(layer.Hash, out LedgerBlock? known))
            {
                return known;
            }

            layer.Unsettle(this, layer.Changes!);
            lock (_gate)
            {
                _layers.Add(layer);
                _layers.Prune(Head.Number, _options);
            }

            bool isByWork = !layer.Rules.Rules.IsMerged && !Head.Rules.Rules.IsMerged;
            if (isByWork
                && layer.TotalDifficulty > Head.TotalDifficulty
                && FindWay(layer, out List<LedgerBlock> removed, out List<LedgerBlock> added) == HeadError.None)
            {
                Move(removed, added, SafeHash, FinalizedHash);
            }
        }

        return layer;
    }

    /// <summary>Finds what a move of the head to a block takes away and adds.</summary>
    private HeadError FindWay(LedgerBlock head, out List<LedgerBlock> removed, out List<LedgerBlock> added)
    {
        added = [];
        removed = [];
        LedgerBlock ancestor = head;
        while (!IsCanonical(ancestor))
        {
            added.Add(ancestor);
            if (!TryGet(ancestor.Header.ParentHash, out LedgerBlock? parent))
            {
                return HeadError.HeadUnknown;
            }

            ancestor = parent;
        }

        if (ancestor.Number < OldestStateKept)
        {
            return HeadError.StateNotKept;
        }

        added.Reverse();
        removed = CanonicalAbove(ancestor.Number);
        return HeadError.None;
    }

    /// <summary>The canonical blocks above a number, the highest first.</summary>
    private List<LedgerBlock> CanonicalAbove(ulong number)
    {
        List<LedgerBlock> blocks = [];
        for (ulong above = Head.Number; above > number; above--)
        {
            blocks.Add(TryGet(above, out LedgerBlock? block)
                ? block
                : throw LedgerException.Damaged($"block {above} is missing"));
        }

        return blocks;
    }

    /// <summary>Moves the head in one transaction and announces it; the writer's lock is held.</summary>
    /// <returns>Whether the head stands there now: not where a state on the way is no longer known.</returns>
    private bool Move(
        List<LedgerBlock> removed, List<LedgerBlock> added, in Hash256 safe, in Hash256 finalized)
    {
        LedgerBlock ancestor = removed.Count > 0 ? Parent(removed[^1]) : Head;
        LedgerBlock head = added.Count > 0 ? added[^1] : ancestor;
        if (head == Head && safe == SafeHash && finalized == FinalizedHash)
        {
            return true;
        }

        StateChanges[] kept = new StateChanges[removed.Count];
        for (int i = 0; i < kept.Length; i++)
        {
            kept[i] = _states.ChangesOf(removed[i].Number);
        }

        WorldState[] states = new WorldState[added.Count];
        for (int i = 0; i < states.Length; i++)
        {
            if (added[i].State is not { } state || added[i].Changes is null)
            {
                return false;
            }

            states[i] = state;
        }

        bool isMove = removed.Count > 0 || added.Count > 0;
        LedgerRecord record = RecordOf(head.Number, safe, finalized);
        record = isMove ? record : record with { Sequence = _sequence };
        List<LedgerBlock> pruned = [];
        Write(transaction =>
        {
            Apply(transaction, removed, added, states);
            record = record with { OldestBlock = Prune(transaction, head.Number, pruned) };
            record.Write(transaction);
        });
        Volatile.Write(ref _oldestBlock, record.OldestBlock);
        Follow(head, removed, added, record.Safe, record.Finalized, kept);
        Forget(pruned);
        if (isMove)
        {
            Announce(new HeadChange(_sequence + 1, ancestor, removed, added));
        }

        return true;
    }

    private void Forget(List<LedgerBlock> pruned)
    {
        lock (_gate)
        {
            foreach (LedgerBlock block in pruned)
            {
                _cache.Forget(block);
            }
        }
    }

    private LedgerBlock Parent(LedgerBlock block) =>
        TryGet(block.Header.ParentHash, out LedgerBlock? parent)
            ? parent
            : throw LedgerException.Damaged($"block {block.Number - 1} is missing");

    private void Apply(
        IWriteTransaction transaction, List<LedgerBlock> removed, List<LedgerBlock> added, WorldState[] states)
    {
        foreach (LedgerBlock block in removed)
        {
            _states.Undo(transaction);
            BlockTables.Delete(transaction, block);
        }

        for (int i = 0; i < added.Count; i++)
        {
            _states.Append(transaction, added[i].Number, added[i].Changes!, states[i]);
            BlockTables.Write(transaction, added[i]);
        }

        _states.Prune(transaction, PrunedAtOnce);
    }

    /// <summary>Gives up the bodies that are too far below the head; the genesis stays.</summary>
    /// <returns>The oldest block that is kept.</returns>
    private ulong Prune(IWriteTransaction transaction, ulong head, List<LedgerBlock> pruned)
    {
        ulong oldest = _oldestBlock;
        if (_options.BlockDepth is not { } depth)
        {
            return oldest;
        }

        for (; oldest + depth < head && pruned.Count < PrunedAtOnce; oldest++)
        {
            if (oldest != GenesisBlock.Number && _tables.Read(transaction, oldest) is { } block)
            {
                BlockTables.Delete(transaction, block);
                pruned.Add(block);
            }
        }

        return oldest;
    }

    private LedgerRecord RecordOf(ulong head, in Hash256 safe, in Hash256 finalized) =>
        new(_sequence + 1, head, _oldestBlock, safe, finalized);

    /// <summary>One transaction: all of it stands when this returns, or nothing of it.</summary>
    private void Write(Action<IWriteTransaction> write)
    {
        bool isCommitted = false;
        try
        {
            using IWriteTransaction transaction = _store.BeginWrite();
            write(transaction);
            transaction.Commit();
            isCommitted = true;
        }
        finally
        {
            if (isCommitted)
            {
                _states.Published();
            }
            else
            {
                _states.Abandoned();
            }
        }
    }

    /// <summary>Lets what is in memory follow a committed move.</summary>
    /// <param name="head">The new head.</param>
    /// <param name="removed">What is no longer canonical.</param>
    /// <param name="added">What is canonical now.</param>
    /// <param name="safe">Hash of the safe block, or zero.</param>
    /// <param name="finalized">Hash of the finalized block, or zero.</param>
    /// <param name="keepRemoved">
    /// What each removed block changed, where they stay as layers; <see langword="null"/> where they go.
    /// </param>
    private void Follow(
        LedgerBlock head,
        List<LedgerBlock> removed,
        List<LedgerBlock> added,
        in Hash256 safe,
        in Hash256 finalized,
        StateChanges[]? keepRemoved)
    {
        lock (_gate)
        {
            for (int i = 0; i < removed.Count; i++)
            {
                _cache.Forget(removed[i]);
                if (keepRemoved is not null)
                {
                    removed[i].Unsettle(this, keepRemoved[i]);
                    _layers.Add(removed[i]);
                }
            }

            if (removed.Count > 0)
            {
                // States of layers may stand on what was undone: they are made anew when they are asked for.
                foreach (LedgerBlock layer in _layers.Blocks)
                {
                    layer.KeepState(null);
                }
            }

            foreach (LedgerBlock block in added)
            {
                block.Settle(this);
                _layers.Remove(block);
                _cache.Add(block);
            }

            Volatile.Write(ref _head, head);
        }

        Volatile.Write(ref _safe, safe.IsZero || !TryGet(safe, out LedgerBlock? safeBlock) ? null : safeBlock);
        Volatile.Write(
            ref _finalized, finalized.IsZero || !TryGet(finalized, out LedgerBlock? final) ? null : final);
        if (removed.Count > 0)
        {
            ulong number = head.Number;
            _edits.RemoveAll(edit => edit.Number > number);
        }
    }

    /// <summary>Counts a change, keeps it for those who resume, and tells those who listen.</summary>
    private void Announce(HeadChange change)
    {
        lock (_gate)
        {
            Volatile.Write(ref _sequence, change.Sequence);
            _layers.Prune(change.Head.Number, _options);
            _changes.Enqueue(change);
            _changesWeight += WeightOf(change);
            while (_changes.Count > _options.HeadChangesKept || _changesWeight > ChangesWeightMax && _changes.Count > 1)
            {
                _changesWeight -= WeightOf(_changes.Dequeue());
            }
        }

        foreach (Action<HeadChange> handler in _handlers)
        {
            handler(change);
        }
    }

    private static long WeightOf(HeadChange change)
    {
        long weight = 256;
        foreach (LedgerBlock block in change.Removed)
        {
            weight += block.Weight;
        }

        foreach (LedgerBlock block in change.Added)
        {
            weight += block.Weight;
        }

        return weight;
    }

    /// <summary>Whether a block is another or stands before it; a hash of zero names none, and that is no fault.
    /// </summary>
    private bool IsBefore(in Hash256 hash, LedgerBlock of)
    {
        if (hash.IsZero)
        {
            return true;
        }

        if (!TryGet(hash, out LedgerBlock? ancestor))
        {
            return false;
        }

        LedgerBlock? block = of;
        while (block is not null && block.Number > ancestor.Number)
        {
            // Below a canonical block the chain is known by number.
            if (IsCanonical(block))
            {
                return IsCanonical(ancestor);
            }

            TryGet(block.Header.ParentHash, out block);
        }

        return block == ancestor;
    }
}
