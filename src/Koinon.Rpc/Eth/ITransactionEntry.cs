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
    /// <returns>Why it was not taken, or <see langword="null"/>; then whatever it led to is there to be read.</returns>
    RpcError? Submit(Transaction transaction);
}
