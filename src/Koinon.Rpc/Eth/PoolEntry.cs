using Koinon.Chain.Building;
using Koinon.Chain.Pool;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Eth;

/// <summary>Hands transactions to the pool alone: others build the blocks.</summary>
/// <param name="pool">Where they wait.</param>
/// <param name="terms">What is demanded of them above what the pool demands; nothing where it is left out.</param>
/// <param name="journal">Keeps them on disk; they live in memory alone where it is left out.</param>
public sealed class PoolEntry(TransactionPool pool, AdmissionTerms? terms = null, PoolJournal? journal = null)
    : ITransactionEntry
{
    private readonly SenderTurns _senders = new();

    /// <inheritdoc/>
    public ValueTask<RpcError?> SubmitAsync(Transaction transaction, CancellationToken cancellation)
    {
        PoolResult result = pool.Add(transaction, terms);
        if (result.IsTaken && journal is not null && !journal.TryWrite(out string? fault))
        {
            pool.Remove(transaction.Hash);
            result = new PoolResult(PoolError.NotWritten, Detail: fault);
        }

        return ValueTask.FromResult(result.IsTaken ? null : TransactionTexts.ErrorOf(result));
    }

    /// <inheritdoc/>
    public ValueTask<IDisposable> TakeTurnAsync(Address sender, CancellationToken cancellation) =>
        _senders.TakeAsync(sender, cancellation);
}
