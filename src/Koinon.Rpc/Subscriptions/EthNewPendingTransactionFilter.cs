using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Subscriptions;

/// <summary>
/// <c>eth_newPendingTransactionFilter</c>: collects transactions that the next block may hold, by their hashes or,
/// asked by true, whole; answers the filter's id.
/// </summary>
/// <param name="filters">The filters of all callers.</param>
public sealed class EthNewPendingTransactionFilter(FilterStore filters) : RpcMethod<bool, string>
{
    /// <inheritdoc/>
    public override string Name => "eth_newPendingTransactionFilter";

    /// <inheritdoc/>
    protected override bool Read(ref ParameterReader reader) => reader.FlagOrFalse();

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<string>> RunAsync(
        bool parameters, CancellationToken cancellation) =>
        await filters.AddAsync(FilterKind.Pending, criteria: null, isWhole: parameters).ConfigureAwait(false);
}
