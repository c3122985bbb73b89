using Koinon.Chain.Building;
using Koinon.Chain.Pool;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Eth;

/// <summary>Hands transactions to the pool alone: others build the blocks.</summary>
/// <param name="pool">Where they wait.</param>
/// <param name="journal">Where they are written before the answer, if they are to survive the process.</param>
public sealed class PoolEntry(TransactionPool pool, PoolJournal? journal = null) : ITransactionEntry
{
    private readonly SenderTurns _senders = new();

    /// <inheritdoc/>
    public ValueTask<RpcError?> SubmitAsync(Transaction transaction, CancellationToken cancellation)
    {
        PoolResult result = pool.Add(transaction);
        RpcError? error = result.Error != PoolError.None ? TransactionTexts.ErrorOf(result)
            : journal is null || journal.TryWrite(out string? fault) ? null
            : RpcError.Server($"the transaction waits, but would not survive a restart: {fault}");
        return ValueTask.FromResult(error);
    }

    /// <inheritdoc/>
    public ValueTask<IDisposable> TakeTurnAsync(Address sender, CancellationToken cancellation) =>
        _senders.TakeAsync(sender, cancellation);
}
