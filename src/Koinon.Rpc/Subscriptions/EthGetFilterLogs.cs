using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Logs;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Subscriptions;

/// <summary>
/// <c>eth_getFilterLogs</c>: all logs that a filter of logs asks for, whether or not it was asked before.
/// </summary>
/// <param name="filters">The filters of all callers.</param>
/// <param name="logs">Finds logs.</param>
public sealed class EthGetFilterLogs(FilterStore filters, ChainLogs logs) : RpcAnswerMethod<string>
{
    /// <inheritdoc/>
    public override string Name => "eth_getFilterLogs";

    /// <inheritdoc/>
    protected override string Read(ref ParameterReader reader) => reader.Required(EthUnsubscribe.ReadId);

    /// <inheritdoc/>
    private protected override async ValueTask<RpcAnswer> AnswerAsync(
        string parameters, CancellationToken cancellation)
    {
        RpcResult<LogFilter> criteria = await filters.CriteriaOfAsync(parameters).ConfigureAwait(false);
        return criteria.Error is null
            ? await logs.FindAsync(criteria.Value!, cancellation).ConfigureAwait(false)
            : RpcAnswer.Of(criteria.Error);
    }
}
