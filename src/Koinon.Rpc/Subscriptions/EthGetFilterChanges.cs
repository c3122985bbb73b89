using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Subscriptions;

/// <summary><c>eth_getFilterChanges</c>: what a filter has collected since it was last asked.</summary>
/// <param name="filters">The filters of all callers.</param>
public sealed class EthGetFilterChanges(FilterStore filters) : RpcMethod<string, IReadOnlyList<RawJson>>
{
    /// <inheritdoc/>
    public override string Name => "eth_getFilterChanges";

    /// <inheritdoc/>
    protected override string Read(ref ParameterReader reader) => reader.Required(EthUnsubscribe.ReadId);

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<IReadOnlyList<RawJson>>> RunAsync(
        string parameters, CancellationToken cancellation) =>
        await filters.TakeAsync(parameters).ConfigureAwait(false);
}
