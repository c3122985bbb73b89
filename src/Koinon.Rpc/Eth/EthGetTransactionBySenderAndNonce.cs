using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Execution;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Eth;

/// <summary>
/// <c>eth_getTransactionBySenderAndNonce</c>: the transaction that an account sent with a nonce, of the chain or of the
/// pool; null where there is none.
/// </summary>
/// <param name="ledger">The chain.</param>
/// <param name="states">Reads its states.</param>
/// <param name="pool">What waits for a block.</param>
public sealed class EthGetTransactionBySenderAndNonce(Ledger ledger, StateReader states, TransactionPool pool)
    : RpcMethod<(Address Sender, ulong Nonce), TransactionJson?>
{
    private readonly StateSearch _search = new(ledger, states);

    /// <inheritdoc/>
    public override string Name => "eth_getTransactionBySenderAndNonce";

    /// <inheritdoc/>
    protected override (Address Sender, ulong Nonce) Read(ref ParameterReader reader) =>
        (reader.Address(), reader.UInt64());

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<TransactionJson?>> RunAsync(
        (Address Sender, ulong Nonce) parameters, CancellationToken cancellation)
    {
        if (pool.TryGet(parameters.Sender, parameters.Nonce, out PooledTransaction? waiting))
        {
            return TransactionJson.Of(waiting.Transaction, null);
        }

        RpcResult<LedgerTransaction?> found = await _search.FindTransactionAsync(
            parameters.Sender, parameters.Nonce, cancellation).ConfigureAwait(false);
        return found.Error is not null ? found.Error
            : found.Value is { } sent
                ? TransactionJson.Of(sent.Transaction, new BlockPosition(sent.Block.Sealed, sent.Index))
            : new RpcResult<TransactionJson?>(null);
    }
}
