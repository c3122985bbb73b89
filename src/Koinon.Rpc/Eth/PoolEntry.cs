using Koinon.Chain.Building;
using Koinon.Chain.Pool;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Eth;

/// <summary>Hands transactions to the pool alone: others build the blocks.</summary>
/// <param name="pool">Where they wait.</param>
public sealed class PoolEntry(TransactionPool pool) : ITransactionEntry
{
    private readonly SenderTurns _senders = new();

    /// <inheritdoc/>
    public ValueTask<RpcError?> SubmitAsync(Transaction transaction, CancellationToken cancellation)
    {
        PoolResult result = pool.Add(transaction);
        return ValueTask.FromResult(result.Error == PoolError.None ? null : TransactionTexts.ErrorOf(result));
    }

    /// <inheritdoc/>
    public ValueTask<IDisposable> TakeTurnAsync(Address sender, CancellationToken cancellation) =>
        _senders.TakeAsync(sender, cancellation);
}
