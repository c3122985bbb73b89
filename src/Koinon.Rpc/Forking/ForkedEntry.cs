using Koinon.Chain.Building;
using Koinon.Evm;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Execution;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Forking;

/// <summary>Fetches what a transaction will touch before it is taken, so that taking it keeps nobody waiting.</summary>
/// <param name="entry">Takes it, one after another.</param>
/// <param name="calls">Runs it as a question.</param>
public sealed class ForkedEntry(ITransactionEntry entry, CallRunner calls) : ITransactionEntry
{
    /// <inheritdoc/>
    public async ValueTask<RpcError?> SubmitAsync(Transaction transaction, CancellationToken cancellation)
    {
        if (transaction.TryGetSender(out Address sender)
            && await FetchAsync(new PlannedRun(transaction, sender), cancellation).ConfigureAwait(false) is { } error)
        {
            return error;
        }

        return await entry.SubmitAsync(transaction, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<IDisposable> TakeTurnAsync(Address sender, CancellationToken cancellation) =>
        entry.TakeTurnAsync(sender, cancellation);

    private async ValueTask<RpcError?> FetchAsync(PlannedRun run, CancellationToken cancellation)
    {
        for (bool isFirst = true; true; isFirst = false)
        {
            RpcResult<CallContext> context = await calls.PrepareAsync(
                BlockReference.Latest, accounts: null, block: null, cancellation).ConfigureAwait(false);
            if (context.Error is { } refusal)
            {
                return refusal;
            }

            TransactionOutcome outcome = calls.Blocks.Ledger.Executor.Transactions.Execute(
                context.Value!.Fork,
                context.Value.Environment,
                context.Value.State,
                run.Transaction,
                run.Sender,
                ExecutionLimits.None with { IsSimulation = true },
                cancellation);
            if (outcome.Error != TransactionError.StateUnavailable)
            {
                return null;
            }

            RpcError? error = isFirst
                ? await calls.Reader.FetchAheadAsync(outcome.MissingKeys, run, cancellation).ConfigureAwait(false)
                : await calls.Reader.FetchAsync(outcome.MissingKeys, cancellation).ConfigureAwait(false);
            if (error is not null)
            {
                return error;
            }
        }
    }
}
