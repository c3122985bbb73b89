using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.State.Stored;
using Koinon.Storage;

namespace Koinon.Chain.Ledger;

/// <content>Edits of a development chain, and the way back to where it was.</content>
public sealed partial class Ledger
{
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
            _lastEdit++;
            if (_marked == head.Hash || head == GenesisBlock)
            {
                // Only who marked this very block before can ask for what was here.
                _edits.Add(new LedgerEdit(_lastEdit, head.Hash, edit!));
            }

            Announce(new HeadChange(_sequence + 1, head, [], []) { IsEdit = true });
        }
    }

    /// <summary>The place to which <see cref="Revert"/> can go back.</summary>
    public LedgerMark Mark()
    {
        lock (_writer)
        {
            LedgerBlock head = Head;
            _marked = head.Hash;
            return new LedgerMark(head.Number, head.Hash, _lastEdit);
        }
    }

    /// <summary>The place of a canonical block, with every edit of its state.</summary>
    public LedgerMark MarkOf(LedgerBlock block) => new(block.Number, block.Hash, long.MaxValue);

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

            // Of blocks that are no longer kept only the state is left to be undone.
            List<LedgerBlock> removed = CanonicalAbove(mark.Number);
            ulong number = mark.Number;
            ulong states = Head.Number - number;
            List<LedgerEdit> undone = EditsAfter(mark);
            Hash256 safe = Safe is { } safeBlock && safeBlock.Number <= number ? safeBlock.Hash : Hash256.Zero;
            Hash256 finalized = Finalized is { } block && block.Number <= number ? block.Hash : Hash256.Zero;
            LedgerRecord record = RecordOf(number, safe, finalized);
            record = record with { OldestBlock = Math.Min(record.OldestBlock, number) };
            Write(
                transaction =>
                {
                    for (ulong i = 0; i < states; i++)
                    {
                        _states.Undo(transaction);
                    }

                    removed.ForEach(gone => BlockTables.Delete(transaction, gone));
                    BlockTables.DeleteHashes(transaction, number + 1, record.Head + 1 + states);
                    undone.ForEach(edit => _states.TakeBack(transaction, edit.Former));
                    record.Write(transaction);
                },
                () =>
                {
                    Volatile.Write(ref _oldestBlock, record.OldestBlock);
                    Follow(target, removed, [], keepRemoved: null);
                });
            FollowMarks(safe, finalized);
            _edits.RemoveAll(edit => undone.Contains(edit) || removed.Exists(gone => gone.Hash == edit.Block));
            Announce(new HeadChange(_sequence + 1, target, removed, [])
            {
                IsDiscarded = true,
                IsEdit = states == 0,
            });
            return true;
        }
    }

    /// <summary>The edits of a mark's block that came after the mark, the last first.</summary>
    private List<LedgerEdit> EditsAfter(LedgerMark mark)
    {
        List<LedgerEdit> edits = _edits.FindAll(edit => edit.Block == mark.Hash && edit.Order > mark.Edits);
        edits.Reverse();
        return edits;
    }
}
