using System.Diagnostics.CodeAnalysis;
using Koinon.Primitives;

namespace Koinon.Chain.Ledger;

/// <summary>The tables of a ledger: blocks by hash, the canonical chain by number, its transactions by hash.</summary>
/// <remarks>Not thread-safe: the ledger guards it.</remarks>
internal sealed class LedgerBlocks
{
    private readonly Dictionary<Hash256, LedgerBlock> _byHash = [];
    private readonly Dictionary<ulong, List<LedgerBlock>> _byNumber = [];
    private readonly List<LedgerBlock> _canonical = [];
    private readonly Dictionary<Hash256, LedgerTransaction> _transactions = [];
    private readonly ulong _first;
    private ulong _sidesPrunedBelow;
    private ulong _statesPrunedBelow;

    internal LedgerBlocks(LedgerBlock genesis)
    {
        _first = genesis.Number;
        _sidesPrunedBelow = _first;
        _statesPrunedBelow = _first;
        Add(genesis);
        _canonical.Add(genesis);
    }

    internal void Add(LedgerBlock block)
    {
        if (!_byHash.TryAdd(block.Hash, block))
        {
            return;
        }

        if (!_byNumber.TryGetValue(block.Number, out List<LedgerBlock>? level))
        {
            level = [];
            _byNumber.Add(block.Number, level);
        }

        level.Add(block);
    }

    internal bool TryGet(in Hash256 hash, [NotNullWhen(true)] out LedgerBlock? block) =>
        _byHash.TryGetValue(hash, out block);

    internal bool TryGetCanonical(ulong number, [NotNullWhen(true)] out LedgerBlock? block)
    {
        bool isThere = number >= _first && number - _first < (ulong)_canonical.Count;
        block = isThere ? _canonical[(int)(number - _first)] : null;
        return block is not null;
    }

    internal bool TryGetTransaction(in Hash256 hash, out LedgerTransaction transaction) =>
        _transactions.TryGetValue(hash, out transaction);

    /// <summary>Whether a block is another or stands before it.</summary>
    internal bool IsAncestor(LedgerBlock ancestor, LedgerBlock of)
    {
        LedgerBlock? block = of;
        while (block is not null && block.Number > ancestor.Number)
        {
            // Below a canonical block the chain is known by number.
            if (TryGetCanonical(block.Number, out LedgerBlock? canonical) && canonical == block)
            {
                return TryGetCanonical(ancestor.Number, out canonical) && canonical == ancestor;
            }

            _byHash.TryGetValue(block.Header.ParentHash, out block);
        }

        return block == ancestor;
    }

    /// <summary>Makes a block the last canonical one.</summary>
    /// <param name="head">The new head.</param>
    /// <param name="former">The head so far.</param>
    /// <param name="sequence">The number of the move.</param>
    /// <param name="change">What changed.</param>
    /// <returns>
    /// Whether the head's branch still reaches the canonical chain; nothing is changed where it does not.
    /// </returns>
    internal bool TryMoveTo(
        LedgerBlock head, LedgerBlock former, ulong sequence, [NotNullWhen(true)] out HeadChange? change)
    {
        change = null;
        List<LedgerBlock> added = [];
        LedgerBlock? ancestor = head;
        while (!TryGetCanonical(ancestor.Number, out LedgerBlock? canonical) || canonical != ancestor)
        {
            added.Add(ancestor);
            if (!_byHash.TryGetValue(ancestor.Header.ParentHash, out ancestor))
            {
                return false;
            }
        }

        added.Reverse();
        List<LedgerBlock> removed = [];
        for (ulong number = former.Number; number > ancestor.Number; number--)
        {
            LedgerBlock block = _canonical[^1];
            _canonical.RemoveAt(_canonical.Count - 1);
            removed.Add(block);
            foreach (Primitives.Transactions.Transaction transaction in block.Block.Transactions)
            {
                _transactions.Remove(transaction.Hash);
            }
        }

        foreach (LedgerBlock block in added)
        {
            _canonical.Add(block);
            for (int i = 0; i < block.Block.Transactions.Count; i++)
            {
                _transactions[block.Block.Transactions[i].Hash] = new LedgerTransaction(block, i);
            }
        }

        change = new HeadChange(sequence, ancestor, removed, added);
        return true;
    }

    /// <summary>Gives up side branches and states that are too far below the head.</summary>
    internal void Prune(ulong head, LedgerOptions options)
    {
        // After a move far back, what was canonical up there is a side branch that waits for its turn again.
        _sidesPrunedBelow = Math.Min(_sidesPrunedBelow, head);
        for (; _sidesPrunedBelow + options.SideBranchDepth < head; _sidesPrunedBelow++)
        {
            PruneSides(_sidesPrunedBelow);
        }

        for (; _statesPrunedBelow + options.StateDepth < head; _statesPrunedBelow++)
        {
            if (TryGetCanonical(_statesPrunedBelow, out LedgerBlock? block))
            {
                block.DropState();
            }
        }
    }

    private void PruneSides(ulong number)
    {
        if (!_byNumber.TryGetValue(number, out List<LedgerBlock>? level) || level.Count == 1)
        {
            return;
        }

        TryGetCanonical(number, out LedgerBlock? canonical);
        foreach (LedgerBlock block in level)
        {
            if (block != canonical)
            {
                _byHash.Remove(block.Hash);
            }
        }

        level.RemoveAll(block => block != canonical);
    }
}
