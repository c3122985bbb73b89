using System.Diagnostics.CodeAnalysis;
using Koinon.Chain.Pool;
using Koinon.Primitives.Transactions;

namespace Koinon.Chain.Building;

/// <summary>What waits in a pool, best first; the pool hears of what could not be executed.</summary>
/// <param name="pool">Where it waits.</param>
/// <param name="cursor">Goes through it.</param>
/// <param name="isOnHead">Whether the block is to follow the pool's head: else its failures mean nothing there.</param>
internal sealed class PooledTransactions(TransactionPool pool, ReadyCursor cursor, bool isOnHead) : ITransactionSource
{
    private PooledTransaction? _taken;

    public bool TryTake([NotNullWhen(true)] out Transaction? transaction)
    {
        bool found = cursor.TryTake(out _taken);
        transaction = _taken?.Transaction;
        return found;
    }

    public void Include() => cursor.GoOnAfter(_taken!);

    public void Leave(TransactionError error)
    {
        if (isOnHead && error != TransactionError.None)
        {
            pool.Refuse(_taken!, error);
        }
    }
}
