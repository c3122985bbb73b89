using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Subscriptions;

/// <summary>The methods of the namespace <c>eth</c> that tell of events.</summary>
public static class SubscriptionMethods
{
    /// <summary>Makes them over the parts of a chain; none where nothing follows the chain.</summary>
    public static IEnumerable<RpcMethod> Create(RpcParts parts) => parts is { Feed: { } feed, Filters: { } filters }
        ?
        [
            new EthGetFilterChanges(filters),
            new EthGetFilterLogs(filters, parts.Logs),
            new EthNewBlockFilter(filters),
            new EthNewFilter(filters),
            new EthNewPendingTransactionFilter(filters),
            new EthSubscribe(feed),
            new EthUninstallFilter(filters),
            new EthUnsubscribe(),
        ]
        : [];
}
