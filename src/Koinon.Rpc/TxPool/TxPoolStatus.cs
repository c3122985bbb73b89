using Koinon.Chain.Pool;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.TxPool;

/// <summary><c>txpool_status</c>: how many transactions wait, and how many of them behind a gap of nonces.</summary>
/// <param name="pool">What waits.</param>
public sealed class TxPoolStatus(TransactionPool pool) : RpcQuery<NoParameters, PoolStatusJson>
{
    /// <inheritdoc/>
    public override string Name => "txpool_status";

    /// <inheritdoc/>
    protected override NoParameters Read(ref ParameterReader reader) => default;

    /// <inheritdoc/>
    protected override RpcResult<PoolStatusJson> Answer(NoParameters parameters)
    {
        ulong pending = 0;
        ulong queued = 0;
        foreach (PoolContent content in pool.Content())
        {
            pending += (ulong)content.Pending.Count;
            queued += (ulong)content.Queued.Count;
        }

        return new PoolStatusJson(pending, queued);
    }
}
