using Koinon.Primitives;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Eth;

/// <summary>
/// Where transactions enter: a development chain builds a block at once, a node announces them to its peers.
/// </summary>
public interface ITransactionEntry
{
    /// <summary>Takes a transaction.</summary>
    /// <param name="transaction">The transaction, signed.</param>
    /// <param name="cancellation">Ends the waiting for the answer; a transaction that was taken stays.</param>
    /// <returns>Why it was not taken, or <see langword="null"/>; then whatever it led to is there to be read.</returns>
    ValueTask<RpcError?> SubmitAsync(Transaction transaction, CancellationToken cancellation);

    /// <summary>Has those who number transactions of one sender go one after another, as they came.</summary>
    /// <param name="sender">Whose transaction it is to be.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The turn: it is passed on when disposed.</returns>
    ValueTask<IDisposable> TakeTurnAsync(Address sender, CancellationToken cancellation);
}
