using Koinon.Chain.Pool;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.TxPool;

/// <summary><c>txpool_inspect</c>: everything that waits, a line each, by sender and nonce.</summary>
/// <param name="pool">What waits.</param>
public sealed class TxPoolInspect(TransactionPool pool)
    : RpcQuery<NoParameters, PoolContentJson<IReadOnlyDictionary<string, string>>>
{
    /// <inheritdoc/>
    public override string Name => "txpool_inspect";

    /// <inheritdoc/>
    protected override NoParameters Read(ref ParameterReader reader) => default;

    /// <inheritdoc/>
    protected override RpcResult<PoolContentJson<IReadOnlyDictionary<string, string>>> Answer(
        NoParameters parameters) => PoolTree.Of(pool.Content(), PoolTree.Line);
}
