using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.TxPool;

/// <summary>The methods of the namespace <c>txpool</c>.</summary>
public static class TxPoolMethods
{
    /// <summary>Makes them over the parts of a chain.</summary>
    public static IEnumerable<RpcMethod> Create(RpcParts parts) =>
    [
        new TxPoolContent(parts.Pool),
        new TxPoolContentFrom(parts.Pool),
        new TxPoolInspect(parts.Pool),
        new TxPoolStatus(parts.Pool),
    ];
}
