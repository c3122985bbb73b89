using Koinon.Rpc;
using Koinon.Rpc.Debug;
using Koinon.Rpc.Development;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Forking;
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
    /// <param name="parts">The parts.</param>
    /// <param name="development">Those of a development chain alone.</param>
    /// <param name="remote">The chain it forks off; <see langword="null"/> where it is its own.</param>
    public static RpcMethodTable Create(RpcParts parts, DevelopmentParts development, IRemoteChain? remote)
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
        methods = ForkedMethods.Over(methods, parts, remote);
        return new RpcMethodTable(methods.Select(method =>
            new ManneredMethod(method, development.Manner, development.Log)));
    }
}
