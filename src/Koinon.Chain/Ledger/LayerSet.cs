using System.Diagnostics.CodeAnalysis;
using Koinon.Primitives;
using Koinon.Primitives.State;

namespace Koinon.Chain.Ledger;

/// <summary>Valid blocks that are not canonical: side branches and what waits for consensus.</summary>
/// <remarks>Not thread-safe: the ledger guards it. Bounded by depth below the head and by bytes.</remarks>
internal sealed class LayerSet
{
    private readonly Dictionary<Hash256, (LedgerBlock Block, long Weight)> _byHash = [];
    private readonly SortedDictionary<ulong, List<LedgerBlock>> _byNumber = [];
    private long _weight;

    internal IEnumerable<LedgerBlock> Blocks => _byHash.Values.Select(static layer => layer.Block);

    internal bool TryGet(in Hash256 hash, [NotNullWhen(true)] out LedgerBlock? block)
    {
        block = _byHash.TryGetValue(hash, out (LedgerBlock Block, long) layer) ? layer.Block : null;
        return block is not null;
    }

    internal void Add(LedgerBlock block)
    {
        long weight = WeightOf(block);
        if (!_byHash.TryAdd(block.Hash, (block, weight)))
        {
            return;
        }

        if (!_byNumber.TryGetValue(block.Number, out List<LedgerBlock>? level))
        {
            level = [];
            _byNumber.Add(block.Number, level);
        }

        level.Add(block);
        _weight += weight;
    }

    internal void Remove(LedgerBlock block)
    {
        if (!_byHash.Remove(block.Hash, out (LedgerBlock Block, long Weight) known))
        {
            return;
        }

        List<LedgerBlock> level = _byNumber[block.Number];
        level.Remove(known.Block);
        if (level.Count == 0)
        {
            _byNumber.Remove(block.Number);
        }

        _weight -= known.Weight;
    }

    /// <summary>Gives up the layers that are too far below the head, and the lowest while all are too heavy: one stays.
    /// </summary>
    internal void Prune(ulong head, LedgerOptions options)
    {
        while (_byNumber.Count > 0)
        {
            (ulong number, List<LedgerBlock> level) = _byNumber.First();
            bool fits = _weight <= options.LayerBytesMax || _byHash.Count == 1;
            if (number + options.SideBranchDepth >= head && fits)
            {
                return;
            }

            Remove(level[0]);
        }
    }

    /// <summary>About how many bytes a layer takes: its block, and what it changed with the tries' new nodes.</summary>
    private static long WeightOf(LedgerBlock block)
    {
        long weight = 1_024 + 8L * block.Size;
        if (block.Changes is { } changes)
        {
            foreach (AccountChange change in changes.Accounts.Values)
            {
                weight += 1_500 + 800L * change.Slots.Count;
            }

            foreach (ReadOnlyMemory<byte> code in changes.Codes.Values)
            {
                weight += code.Length;
            }
        }

        return weight;
    }
}
