using Koinon.Chain.Pool;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Trace;

namespace Koinon.Rpc.Debug;

/// <summary><c>debug_clearTxpool</c>: gives up every transaction that waits.</summary>
/// <param name="pool">What waits.</param>
public sealed class DebugClearTxpool(TransactionPool pool) : RpcStreamMethod<NoParameters>
{
    /// <inheritdoc/>
    public override string Name => "debug_clearTxpool";

    /// <inheritdoc/>
    public override bool IsOrdered => true;

    /// <inheritdoc/>
    protected override NoParameters Read(ref ParameterReader reader) => default;

    /// <inheritdoc/>
    protected override ValueTask<RpcResult<RpcStreamBody>> OpenAsync(
        NoParameters parameters, CancellationToken cancellation)
    {
        pool.Clear();
        return new(EmptyAnswers.Null);
    }
}
