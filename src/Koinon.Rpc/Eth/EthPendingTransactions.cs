using Koinon.Chain.Pool;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_pendingTransactions</c>: what waits for a block.</summary>
/// <param name="pool">What waits.</param>
public sealed class EthPendingTransactions(TransactionPool pool)
    : RpcQuery<NoParameters, IReadOnlyList<TransactionJson>>
{
    /// <inheritdoc/>
    public override string Name => "eth_pendingTransactions";

    /// <inheritdoc/>
    protected override NoParameters Read(ref ParameterReader reader) => default;

    /// <inheritdoc/>
    protected override RpcResult<IReadOnlyList<TransactionJson>> Answer(NoParameters parameters) =>
        new(
        [
            .. pool.Snapshot()
                .OrderBy(static pooled => pooled.Sequence)
                .Select(static pooled => TransactionJson.Of(pooled.Transaction, null)),
        ]);
}
