using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.State;
using Koinon.Storage;

namespace Koinon.Chain.Ledger;

/// <content>Moves of the head.</content>
public sealed partial class Ledger
{
    /// <summary>Makes a block that was built on the head canonical.</summary>
    /// <param name="built">The block with what its execution gave.</param>
    /// <returns>Whether the block now is the head; false where the head is no longer its parent.</returns>
    /// <exception cref="StoreException">The store is full, or the disk fails; the head stands where it
    /// stood.</exception>
    public bool TryCommit(LedgerBlock built) => TryCommit([built]);

    /// <summary>Makes blocks canonical that were built on the head, one on the other: all of them, or none.</summary>
    /// <param name="built">The blocks with what their execution gave, the lowest first; at least one.</param>
    /// <returns>Whether the last one now is the head; false where the head is no longer the first one's parent.
    /// </returns>
    /// <exception cref="StoreException">The store is full, or the disk fails; the head stands where it
    /// stood.</exception>
    public bool TryCommit(IReadOnlyList<LedgerBlock> built)
    {
        lock (_writer)
        {
            return Head.Hash == built[0].Header.ParentHash && Move([], [.. built], SafeHash, FinalizedHash);
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

        if (ancestor.Number < OldestStateKept || ancestor.Number + 1 < OldestBlockKept)
        {
            return HeadError.StateNotKept;
        }

        added.Reverse();
        removed = CanonicalAbove(ancestor.Number);
        return HeadError.None;
    }

    /// <summary>The canonical blocks above a number, the highest first, as far as they are kept.</summary>
    private List<LedgerBlock> CanonicalAbove(ulong number)
    {
        List<LedgerBlock> blocks = [];
        for (ulong above = Head.Number; above > number && above >= OldestBlockKept; above--)
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
        Write(
            transaction =>
            {
                Apply(transaction, removed, added, states);
                record = record with { OldestBlock = Prune(transaction, head.Number, pruned) };
                record.Write(transaction);
            },
            () =>
            {
                Volatile.Write(ref _oldestBlock, record.OldestBlock);
                Follow(head, removed, added, kept);
                Forget(pruned);
            });
        FollowMarks(record.Safe, record.Finalized);
        if (isMove)
        {
            Announce(new HeadChange(_sequence + 1, ancestor, removed, added));
        }

        return true;
    }

    private LedgerBlock Parent(LedgerBlock block) =>
        TryGet(block.Header.ParentHash, out LedgerBlock? parent)
            ? parent
            : throw LedgerException.Damaged($"block {block.Number - 1} is missing");

    private void Apply(
        IWriteTransaction transaction, List<LedgerBlock> removed, List<LedgerBlock> added, WorldState[] states)
    {
        if (removed.Count > 0)
        {
            _states.Undo(transaction, (ulong)removed.Count);
            removed.ForEach(block => BlockTables.Delete(transaction, block));
        }

        for (int i = 0; i < added.Count; i++)
        {
            _states.Append(transaction, added[i].Number, added[i].Changes!, states[i]);
            BlockTables.Write(transaction, added[i]);
        }

        _states.Prune(transaction, PrunedAtOnce);
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
