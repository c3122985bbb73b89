using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Logs;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Subscriptions;

/// <summary>
/// <c>eth_newFilter</c>: collects the logs of new blocks that a filter asks for, and those that are undone; answers the
/// filter's id.
/// </summary>
/// <param name="filters">The filters of all callers.</param>
public sealed class EthNewFilter(FilterStore filters) : RpcMethod<LogFilter, string>
{
    /// <inheritdoc/>
    public override string Name => "eth_newFilter";

    /// <inheritdoc/>
    protected override LogFilter Read(ref ParameterReader reader) =>
        reader.Optional<LogFilter>(LogFilterReader.Read) ?? new LogFilter();

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<string>> RunAsync(
        LogFilter parameters, CancellationToken cancellation)
    {
        if (parameters.From is { Tag: BlockTag.Pending } || parameters.To is { Tag: BlockTag.Pending })
        {
            return LogRange.PendingNotSupported;
        }

        bool isBackwards = parameters.From is { Tag: BlockTag.Number } from
            && parameters.To is { Tag: BlockTag.Number } to
            && from.Number > to.Number;
        return isBackwards
            ? LogRange.InvalidRange
            : await filters.AddAsync(FilterKind.Logs, parameters, isWhole: false).ConfigureAwait(false);
    }
}
