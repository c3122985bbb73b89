using System.Diagnostics.CodeAnalysis;
using Koinon.Chain.Building;
using Koinon.Primitives;

namespace Koinon.Chain.Pool;

/// <summary>
/// Goes through what the next block may hold, best first, each sender's in the order of nonces.
/// </summary>
/// <remarks>
/// One owner, one thread; the pool may change meanwhile. It costs what is taken, and one step for each sender who has
/// something ready.
/// </remarks>
internal sealed class ReadyCursor
{
    private static readonly Comparer<(UInt256 Tip, ulong Sequence)> ByTipThenArrival =
        Comparer<(UInt256 Tip, ulong Sequence)>.Create((left, right) =>
            left.Tip != right.Tip ? right.Tip.CompareTo(left.Tip) : left.Sequence.CompareTo(right.Sequence));

    private static readonly Comparer<(UInt256 Tip, ulong Sequence)> ByArrival =
        Comparer<(UInt256 Tip, ulong Sequence)>.Create((left, right) => left.Sequence.CompareTo(right.Sequence));

    private readonly TransactionPool _pool;
    private readonly UInt256 _baseFee;
    private readonly PriorityQueue<PooledTransaction, (UInt256 Tip, ulong Sequence)> _next;

    internal ReadyCursor(
        TransactionPool pool, IReadOnlyList<PooledTransaction> firsts, in UInt256 baseFee, TransactionOrder order)
    {
        _pool = pool;
        _baseFee = baseFee;
        _next = new(firsts.Count, order == TransactionOrder.Fees ? ByTipThenArrival : ByArrival);
        foreach (PooledTransaction first in firsts)
        {
            Offer(first);
        }
    }

    /// <summary>Whether nothing is left.</summary>
    internal bool IsEmpty => _next.Count == 0;

    /// <summary>Takes the best. The others of its sender wait until <see cref="GoOnAfter"/>.</summary>
    internal bool TryTake([NotNullWhen(true)] out PooledTransaction? pooled) => _next.TryDequeue(out pooled, out _);

    /// <summary>Lets the sender's next one follow: the one before stands in the block.</summary>
    internal void GoOnAfter(PooledTransaction pooled)
    {
        if (_pool.TryGet(pooled.Sender, pooled.Transaction.Nonce + 1, out PooledTransaction? next))
        {
            Offer(next);
        }
    }

    private void Offer(PooledTransaction pooled)
    {
        if (pooled.Transaction.MaxFeePerGas >= _baseFee)
        {
            _next.Enqueue(pooled, (pooled.TipAt(_baseFee), pooled.Sequence));
        }
    }
}
