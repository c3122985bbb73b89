using Koinon.Rpc;
using Koinon.Rpc.Debug;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Net;
using Koinon.Rpc.Ots;
using Koinon.Rpc.Subscriptions;
using Koinon.Rpc.Testing;
using Koinon.Rpc.Trace;
using Koinon.Rpc.TxPool;
using Koinon.Rpc.Web3;

namespace Koinon.Node.Chains;

/// <summary>The JSON-RPC methods that nodes and development chains have in common.</summary>
internal static class ChainMethods
{
    /// <summary>Makes the methods of a node over the parts of a chain.</summary>
    /// <param name="parts">The parts.</param>
    /// <param name="others">What is served beside them.</param>
    public static RpcMethodTable Create(RpcParts parts, params IEnumerable<RpcMethod> others) =>
        new([.. others, .. Of(parts)]);

    /// <summary>Makes those of every chain.</summary>
    /// <param name="parts">The parts.</param>
    public static IEnumerable<RpcMethod> Of(RpcParts parts) =>
    [
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
}
