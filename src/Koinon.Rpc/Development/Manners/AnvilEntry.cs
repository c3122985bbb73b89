using Koinon.Chain.Building;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Development.Blobs;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;

namespace Koinon.Rpc.Development.Manners;

/// <summary>Takes transactions as anvil does: one that reverts is answered by its hash, and one that could not pay the
/// next block is refused where blocks are built at once.</summary>
/// <param name="producer">The one writer of the chain.</param>
/// <param name="fees">Says what the next block asks.</param>
/// <param name="blobs">Keeps their blobs.</param>
public sealed class AnvilEntry(BlockProducer producer, FeeOracle fees, BlobArchive blobs) : ITransactionEntry
{
    private readonly ProducerEntry _entry = new(producer);

    /// <inheritdoc/>
    public async ValueTask<RpcError?> SubmitAsync(Transaction transaction, CancellationToken cancellation)
    {
        if (producer.Mode.IsAutomatic && fees.NextBaseFee() is var baseFee && transaction.MaxFeePerGas < baseFee)
        {
            return RpcError.Server(
                $"max fee per gas less than block base fee: maxFeePerGas {transaction.MaxFeePerGas}, "
                + $"baseFee {baseFee}");
        }

        RpcError? error = await _entry.SubmitAsync(transaction, cancellation).ConfigureAwait(false);
        if (error is null)
        {
            blobs.Keep(transaction);
        }

        return error;
    }

    /// <inheritdoc/>
    public ValueTask<IDisposable> TakeTurnAsync(Address sender, CancellationToken cancellation) =>
        _entry.TakeTurnAsync(sender, cancellation);
}
