using Koinon.Chain.Pool;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.TxPool;

/// <summary><c>txpool_content</c>: everything that waits, whole, by sender and nonce.</summary>
/// <param name="pool">What waits.</param>
public sealed class TxPoolContent(TransactionPool pool)
    : RpcQuery<NoParameters, PoolContentJson<IReadOnlyDictionary<string, TransactionJson>>>
{
    /// <inheritdoc/>
    public override string Name => "txpool_content";

    /// <inheritdoc/>
    protected override NoParameters Read(ref ParameterReader reader) => default;

    /// <inheritdoc/>
    protected override RpcResult<PoolContentJson<IReadOnlyDictionary<string, TransactionJson>>> Answer(
        NoParameters parameters) => PoolTree.Of(pool.Content(), PoolTree.Whole);
}
