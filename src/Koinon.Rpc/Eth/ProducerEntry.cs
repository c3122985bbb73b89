using Koinon.Chain.Building;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Eth;

/// <summary>Hands transactions to the producer of a chain that builds its own blocks.</summary>
/// <param name="producer">The one writer of the chain.</param>
public sealed class ProducerEntry(BlockProducer producer) : ITransactionEntry
{
    /// <inheritdoc/>
    public async ValueTask<RpcError?> SubmitAsync(Transaction transaction, CancellationToken cancellation)
    {
        Submission submission = await producer.SubmitAsync(transaction, cancellation).ConfigureAwait(false);
        return !submission.IsAccepted ? TransactionTexts.ErrorOf(submission.Pool)
            : submission.Verdict.IsValid ? null
            : RpcError.Server($"the transaction waits, no block could be built: {submission.Verdict.Detail}");
    }

    /// <inheritdoc/>
    public ValueTask<IDisposable> TakeTurnAsync(Address sender, CancellationToken cancellation) =>
        producer.Senders.TakeAsync(sender, cancellation);
}
