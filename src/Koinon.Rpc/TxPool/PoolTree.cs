using Koinon.Chain.Pool;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.TxPool;

/// <summary>Shows the pool as geth does: by what can be executed, by sender, by nonce.</summary>
internal static class PoolTree
{
    /// <summary>Everything that waits.</summary>
    /// <param name="contents">The senders with what they have waiting.</param>
    /// <param name="shapeOf">How one transaction is shown.</param>
    public static PoolContentJson<IReadOnlyDictionary<string, T>> Of<T>(
        IReadOnlyList<PoolContent> contents, Func<PooledTransaction, T> shapeOf)
    {
        SortedDictionary<string, IReadOnlyDictionary<string, T>> pending = new(StringComparer.Ordinal);
        SortedDictionary<string, IReadOnlyDictionary<string, T>> queued = new(StringComparer.Ordinal);
        foreach (PoolContent content in contents)
        {
            string sender = content.Sender.ToChecksumString();
            if (content.Pending.Count > 0)
            {
                pending[sender] = ByNonce(content.Pending, shapeOf);
            }

            if (content.Queued.Count > 0)
            {
                queued[sender] = ByNonce(content.Queued, shapeOf);
            }
        }

        return new PoolContentJson<IReadOnlyDictionary<string, T>>(pending, queued);
    }

    /// <summary>Transactions by their nonces, which are decimal here.</summary>
    public static IReadOnlyDictionary<string, T> ByNonce<T>(
        IReadOnlyList<PooledTransaction> transactions, Func<PooledTransaction, T> shapeOf)
    {
        Dictionary<string, T> byNonce = new(transactions.Count);
        foreach (PooledTransaction pooled in transactions)
        {
            byNonce[pooled.Transaction.Nonce.ToString()] = shapeOf(pooled);
        }

        return byNonce;
    }

    /// <summary>A transaction whole.</summary>
    public static TransactionJson Whole(PooledTransaction pooled) => TransactionJson.Of(pooled.Transaction, null);

    /// <summary>A transaction in one line.</summary>
    public static string Line(PooledTransaction pooled)
    {
        string to = pooled.Transaction.To?.ToChecksumString() ?? "contract creation";
        return $"{to}: {pooled.Transaction.Value} wei + {pooled.Transaction.GasLimit} gas × "
            + $"{pooled.Transaction.MaxFeePerGas} wei";
    }
}
