using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Subscriptions;

/// <summary><c>eth_uninstallFilter</c>: ends a filter; answers whether there was one.</summary>
/// <param name="filters">The filters of all callers.</param>
public sealed class EthUninstallFilter(FilterStore filters) : RpcMethod<string, bool>
{
    /// <inheritdoc/>
    public override string Name => "eth_uninstallFilter";

    /// <inheritdoc/>
    protected override string Read(ref ParameterReader reader) => reader.Required(EthUnsubscribe.ReadId);

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<bool>> RunAsync(
        string parameters, CancellationToken cancellation) =>
        await filters.RemoveAsync(parameters).ConfigureAwait(false);
}
