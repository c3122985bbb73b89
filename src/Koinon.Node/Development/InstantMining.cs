using Koinon.Chain.Building;
using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;

namespace Koinon.Node.Development;

/// <summary>Builds a block as soon as a transaction is there: the one writer of a development chain.</summary>
/// <param name="ledger">The chain.</param>
/// <param name="pool">Where transactions wait for their turn.</param>
/// <param name="clock">Says what time it is.</param>
/// <remarks>Thread-safe: transactions are taken one after another, in order of arrival.</remarks>
public sealed class InstantMining(Ledger ledger, TransactionPool pool, TimeProvider clock) : ITransactionEntry
{
    private readonly BlockBuilder _builder = new(ledger);
    private readonly Lock _writer = new();

    /// <inheritdoc/>
    /// <remarks>
    /// When it returns, the block with the transaction is the head, unless the transaction waits for a nonce before it
    /// or
    /// for a lower base fee.
    /// </remarks>
    public RpcError? Submit(Transaction transaction)
    {
        lock (_writer)
        {
            PoolResult result = pool.Add(transaction);
            return result.Error == PoolError.None ? BuildAll(transaction) : TransactionTexts.ErrorOf(result);
        }
    }

    /// <summary>Builds blocks until nothing that waits can be executed.</summary>
    /// <param name="newest">The transaction that was just taken.</param>
    /// <returns>Why it can never be executed, or <see langword="null"/>.</returns>
    private RpcError? BuildAll(Transaction newest)
    {
        while (true)
        {
            BuildRequest request = new() { Timestamp = (ulong)clock.GetUtcNow().ToUnixTimeSeconds() };
            BuildResult built = _builder.Build(pool, request, CancellationToken.None);
            foreach ((Transaction refused, TransactionError error) in built.Refused)
            {
                if (refused.Hash == newest.Hash)
                {
                    return TransactionTexts.ErrorOf(error, null);
                }
            }

            if (built.Block is not { } block)
            {
                return RpcError.Server($"no block could be built: {built.Verdict.Detail}");
            }

            // A block of nothing: what waits must wait longer. Nobody else writes, so the head stood still meanwhile.
            if (block.Block.Transactions.Count == 0 || !ledger.TryCommit(block))
            {
                return null;
            }
        }
    }
}
