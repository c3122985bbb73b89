using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Subscriptions;

/// <summary>
/// <c>eth_newBlockFilter</c>: collects the hashes of new canonical blocks; answers the filter's id.
/// </summary>
/// <param name="filters">The filters of all callers.</param>
public sealed class EthNewBlockFilter(FilterStore filters) : RpcMethod<NoParameters, string>
{
    /// <inheritdoc/>
    public override string Name => "eth_newBlockFilter";

    /// <inheritdoc/>
    protected override NoParameters Read(ref ParameterReader reader) => default;

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<string>> RunAsync(
        NoParameters parameters, CancellationToken cancellation) =>
        await filters.AddAsync(FilterKind.Blocks, criteria: null, isWhole: false).ConfigureAwait(false);
}
