using System.Diagnostics.CodeAnalysis;
using Koinon.Primitives;

namespace Koinon.Chain.Ledger;

/// <summary>Valid blocks that are not canonical: side branches and what waits for consensus.</summary>
/// <remarks>Not thread-safe: the ledger guards it. Bounded by depth below the head and by bytes.</remarks>
internal sealed class LayerSet
{
    private readonly Dictionary<Hash256, LedgerBlock> _byHash = [];
    private readonly SortedDictionary<ulong, List<LedgerBlock>> _byNumber = [];
    private long _weight;

    internal IEnumerable<LedgerBlock> Blocks => _byHash.Values;

    internal bool TryGet(in Hash256 hash, [NotNullWhen(true)] out LedgerBlock? block) =>
        _byHash.TryGetValue(hash, out block);

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
        _weight += WeightOf(block);
    }

    internal void Remove(LedgerBlock block)
    {
        if (!_byHash.Remove(block.Hash, out LedgerBlock? known))
        {
            return;
        }

        List<LedgerBlock> level = _byNumber[block.Number];
        level.Remove(known);
        if (level.Count == 0)
        {
            _byNumber.Remove(block.Number);
        }

        _weight -= WeightOf(known);
    }

    /// <summary>Gives up the layers that are too far below the head, and the lowest while all are too heavy.</summary>
    internal void Prune(ulong head, LedgerOptions options)
    {
        while (_byNumber.Count > 0)
        {
            (ulong number, List<LedgerBlock> level) = _byNumber.First();
            if (number + options.SideBranchDepth >= head && _weight <= options.LayerBytesMax)
            {
                return;
            }

            Remove(level[0]);
        }
    }

    // The changes may be given up when a layer settles: what stands at the time of the call must not matter.
    private static long WeightOf(LedgerBlock block) => 8L * block.Size + 200L * (long)(block.Header.GasUsed / 5_000);
}
