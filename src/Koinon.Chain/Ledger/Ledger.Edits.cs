using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.State.Stored;
using Koinon.Storage;

namespace Koinon.Chain.Ledger;

/// <content>Edits of a development chain, and the way back to where it was.</content>
public sealed partial class Ledger
{
    /// <summary>Of how many blocks that are given up each is read, whether anybody asks for it or not.</summary>
    private const ulong GivenUpAtOnce = 128;

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
                _edits.Add(new LedgerEdit(_lastEdit, head.Number, head.Hash, edit!));
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
            LedgerMark mark = new(head.Number, head.Hash, _lastEdit);
            _marked = head.Hash;
            _places.Add(mark, _store);
            return mark;
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

            ulong number = mark.Number;
            ulong states = Head.Number - number;
            IReadTransaction? former = _places.Find(mark);
            IReadOnlyList<LedgerBlock> removed = former is not null && states > GivenUpAtOnce
                ? GivenUpAbove(number)
                : CanonicalAbove(number);
            List<LedgerEdit> undone = EditsAfter(mark);
            List<LedgerEdit> lost = _edits.FindAll(edit =>
                undone.Contains(edit) || (edit.Number > number && HashAt(edit.Number) == edit.Block));
            Hash256 safe = Safe is { } safeBlock && safeBlock.Number <= number ? safeBlock.Hash : Hash256.Zero;
            Hash256 finalized = Finalized is { } block && block.Number <= number ? block.Hash : Hash256.Zero;
            LedgerRecord record = RecordOf(number, safe, finalized);
            Write(
                transaction =>
                {
                    ulong oldest = former is not null && _states.TryRestore(transaction, former)
                        ? LedgerRecord.Read(transaction).OldestBlock
                        : GoBack(transaction, states, removed, undone);
                    record = record with { OldestBlock = Math.Min(oldest, number) };
                    record.Write(transaction);
                },
                () =>
                {
                    Volatile.Write(ref _oldestBlock, record.OldestBlock);
                    _cache.ForgetAbove(number);
                    ForgetLayerStates();
                    Volatile.Write(ref _head, target);
                });
            FollowMarks(safe, finalized);
            _edits.RemoveAll(lost.Contains);
            _marked = mark.Hash;
            _places.ForgetAfter(mark);
            Announce(new HeadChange(_sequence + 1, target, removed, [])
            {
                IsDiscarded = true,
                IsEdit = states == 0,
            });
            return true;
        }
    }

    /// <summary>Goes back block by block.</summary>
    /// <returns>The oldest block that is kept.</returns>
    private ulong GoBack(
        IWriteTransaction transaction, ulong states, IReadOnlyList<LedgerBlock> removed, List<LedgerEdit> undone)
    {
        // Of blocks that are no longer kept only the state is left to be undone.
        if (states > 0)
        {
            _states.Undo(transaction, states);
        }

        foreach (LedgerBlock gone in removed)
        {
            BlockTables.Delete(transaction, gone);
        }

        BlockTables.DeleteHashes(transaction, Head.Number - states + 1, Head.Number + 1);
        undone.ForEach(edit => _states.TakeBack(transaction, edit.Former));
        return _oldestBlock;
    }

    /// <summary>The canonical blocks above a number, the highest first, of which each is read when it is asked for.
    /// </summary>
    private GivenUpBlocks GivenUpAbove(ulong number)
    {
        ulong oldest = Math.Max(number + 1, OldestBlockKept);
        return new GivenUpBlocks(_tables, _store.BeginRead(), Head.Number, checked((int)(Head.Number - oldest + 1)));
    }

    /// <summary>The edits of a mark's block that came after the mark, the last first.</summary>
    private List<LedgerEdit> EditsAfter(LedgerMark mark)
    {
        List<LedgerEdit> edits = _edits.FindAll(edit => edit.Block == mark.Hash && edit.Order > mark.Edits);
        edits.Reverse();
        return edits;
    }
}
