using System.Diagnostics.CodeAnalysis;
using Koinon.Primitives;

namespace Koinon.Chain.Ledger;

/// <summary>Canonical blocks that were written or read lately, bounded by their weight.</summary>
/// <remarks>Not thread-safe: the ledger guards it. The oldest to come in goes first.</remarks>
/// <param name="weightMax">Most bytes of all blocks together, about.</param>
internal sealed class BlockCache(long weightMax)
{
    private readonly Dictionary<Hash256, LedgerBlock> _byHash = [];
    private readonly Dictionary<ulong, LedgerBlock> _byNumber = [];
    private readonly Queue<LedgerBlock> _arrivals = new();
    private long _weight;

    internal bool TryGet(in Hash256 hash, [NotNullWhen(true)] out LedgerBlock? block) =>
        _byHash.TryGetValue(hash, out block);

    internal bool TryGet(ulong number, [NotNullWhen(true)] out LedgerBlock? block) =>
        _byNumber.TryGetValue(number, out block);

    internal void Add(LedgerBlock block)
    {
        if (!_byHash.TryAdd(block.Hash, block))
        {
            return;
        }

        _byNumber[block.Number] = block;
        _arrivals.Enqueue(block);
        _weight += block.Weight;
        while (_weight > weightMax && _arrivals.Count > 1)
        {
            LedgerBlock oldest = _arrivals.Dequeue();
            _weight -= oldest.Weight;
            Forget(oldest);
        }
    }

    /// <summary>Gives up every block above a number; their places in the queue stay until their turn.</summary>
    internal void ForgetAbove(ulong number)
    {
        foreach (LedgerBlock block in _byNumber.Values.Where(block => block.Number > number).ToArray())
        {
            Forget(block);
        }
    }

    /// <summary>Gives up a block that is no longer canonical; its place in the queue stays until its turn.</summary>
    internal void Forget(LedgerBlock block)
    {
        _byHash.Remove(block.Hash);
        if (_byNumber.TryGetValue(block.Number, out LedgerBlock? known) && known == block)
        {
            _byNumber.Remove(block.Number);
        }
    }
}
