using Koinon.Chain.Pool;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.TxPool;

/// <summary><c>txpool_contentFrom</c>: what one sender has waiting, by nonce.</summary>
/// <param name="pool">What waits.</param>
public sealed class TxPoolContentFrom(TransactionPool pool) : RpcQuery<Address, PoolContentJson<TransactionJson>>
{
    /// <inheritdoc/>
    public override string Name => "txpool_contentFrom";

    /// <inheritdoc/>
    protected override Address Read(ref ParameterReader reader) => reader.Address();

    /// <inheritdoc/>
    protected override RpcResult<PoolContentJson<TransactionJson>> Answer(Address parameters)
    {
        PoolContent content = pool.ContentOf(parameters);
        return new PoolContentJson<TransactionJson>(
            PoolTree.ByNonce(content.Pending, PoolTree.Whole), PoolTree.ByNonce(content.Queued, PoolTree.Whole));
    }
}
