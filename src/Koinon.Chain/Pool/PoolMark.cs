namespace Koinon.Chain.Pool;

/// <summary>What a pool held at a moment, to go back to; see <see cref="TransactionPool.Mark"/>.</summary>
public sealed class PoolMark
{
    internal PoolMark(IReadOnlyList<PooledTransaction> transactions) => Transactions = transactions;

    /// <summary>What waited, in the order of arrival.</summary>
    public IReadOnlyList<PooledTransaction> Transactions { get; }
}
