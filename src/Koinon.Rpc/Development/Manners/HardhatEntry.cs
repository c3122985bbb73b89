using Koinon.Chain.Building;
using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Evm;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Development.Blobs;
using Koinon.Rpc.Development.Mining;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;

namespace Koinon.Rpc.Development.Manners;

/// <summary>
/// Takes transactions as Hardhat does: under automatic building each has a block of its own, and one that reverts is
/// answered by an error that names it.
/// </summary>
/// <param name="producer">The one writer of the chain.</param>
/// <param name="admission">Refuses with Hardhat's texts.</param>
/// <param name="outcomes">Says what transactions returned.</param>
/// <param name="blobs">Keeps their blobs.</param>
/// <param name="errors">Writes why one failed.</param>
public sealed class HardhatEntry(
    BlockProducer producer,
    HardhatAdmission admission,
    MinedOutcomes outcomes,
    BlobArchive blobs,
    HardhatErrors errors)
    : ITransactionEntry, IDisposable
{
    // One after another, so that what was checked still holds when the block is built.
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <inheritdoc/>
    public async ValueTask<RpcError?> SubmitAsync(Transaction transaction, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return admission.Check(transaction) is { } refused
                ? refused
                : await TakeAsync(transaction, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public ValueTask<IDisposable> TakeTurnAsync(Address sender, CancellationToken cancellation) =>
        producer.Senders.TakeAsync(sender, cancellation);

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async ValueTask<RpcError?> TakeAsync(Transaction transaction, CancellationToken cancellation)
    {
        Submission taken = await producer.SubmitAsync(transaction, cancellation).ConfigureAwait(false);
        if (!taken.IsAccepted)
        {
            return taken.Pool.Error == PoolError.AlreadyKnown
                ? RpcError.Server($"Known transaction: {transaction.Hash}")
                : TransactionTexts.ErrorOf(taken.Pool);
        }

        blobs.Keep(transaction);
        if (!taken.Verdict.IsValid)
        {
            return RpcError.Server($"the transaction waits, no block could be built: {taken.Verdict.Detail}");
        }

        return taken.Block is { } block && block.Receipts[taken.Index].Succeeded == false
            ? ErrorOf(transaction, block, taken.Index)
            : null;
    }

    private RpcError ErrorOf(Transaction transaction, LedgerBlock block, int index)
    {
        TransactionOutcome? outcome = outcomes.Find(block, index);
        return errors.OfExecution(
            outcome?.Halt ?? HaltReason.Reverted, outcome?.ReturnData ?? default, transaction.Hash);
    }
}
