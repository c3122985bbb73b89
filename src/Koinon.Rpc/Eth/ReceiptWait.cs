using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Eth;

/// <summary>Waits until a transaction stands in a block.</summary>
/// <param name="ledger">The chain.</param>
/// <param name="clock">Measures the time of waiting.</param>
public sealed class ReceiptWait(Ledger ledger, TimeProvider clock)
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>Waits for a transaction that was taken.</summary>
    /// <param name="hash">The transaction.</param>
    /// <param name="waitMs">The longest wait; geth's 20 s where none is named, and never more than 60 s.</param>
    /// <param name="cancellation">Ends when the caller has gone.</param>
    /// <returns>Its receipt; error 4 with the hash where the time was not enough (EIP-7966).</returns>
    public async ValueTask<RpcResult<ReceiptJson>> WaitAsync(
        Hash256 hash, ulong? waitMs, CancellationToken cancellation)
    {
        if (ledger.TryGetTransaction(hash, out LedgerTransaction found))
        {
            return BlockReceipts.Of(found);
        }

        TimeSpan wait = waitMs is { } asked and > 0
            ? TimeSpan.FromMilliseconds(Math.Min(asked, (ulong)Longest.TotalMilliseconds))
            : Usual;
        using CancellationTokenSource deadline = new(wait, clock);
        using CancellationTokenSource either =
            CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        using SemaphoreSlim moves = new(0);
        using (ledger.Subscribe(_ => moves.Release()))
        {
            while (!ledger.TryGetTransaction(hash, out found))
            {
                try
                {
                    await moves.WaitAsync(either.Token).ConfigureAwait(false);
                }
                catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
                {
                    return TimedOut(hash, wait);
                }
            }
        }

        return BlockReceipts.Of(found);
    }

    private static RpcError TimedOut(Hash256 hash, TimeSpan wait) => new(
        RpcErrorCode.SyncTimeout,
        $"The transaction was added to the mempool but wasn't processed in {wait.TotalMilliseconds:0} ms")
    {
        Data = Hash256.AsSpan(in hash).ToArray(),
    };
}
