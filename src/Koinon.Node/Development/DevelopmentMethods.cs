using Koinon.Rpc;
using Koinon.Rpc.Debug;
using Koinon.Rpc.Development;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Net;
using Koinon.Rpc.Ots;
using Koinon.Rpc.Subscriptions;
using Koinon.Rpc.Testing;
using Koinon.Rpc.Trace;
using Koinon.Rpc.TxPool;
using Koinon.Rpc.Web3;

namespace Koinon.Node.Development;

/// <summary>The JSON-RPC methods of a development chain.</summary>
internal static class DevelopmentMethods
{
    /// <summary>Makes the methods over the parts of a chain.</summary>
    public static RpcMethodTable Create(RpcParts parts, DevelopmentParts development)
    {
        IEnumerable<RpcMethod> methods =
        [
            .. ChainControlMethods.Create(parts, development),
            .. DebugMethods.Create(parts),
            .. EthMethods.Create(parts),
            .. NetMethods.Create(parts),
            .. OtsMethods.Create(parts),
            .. SubscriptionMethods.Create(parts),
            .. TestingMethods.Create(parts),
            .. TraceMethods.Create(parts),
            .. TxPoolMethods.Create(parts),
            .. Web3Methods.Create(parts),
        ];
        return new RpcMethodTable(methods.Select(method =>
            new ManneredMethod(method, development.Manner, development.Log)));
    }
}
