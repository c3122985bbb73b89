using Koinon.Node.Chains;
using Koinon.Rpc;
using Koinon.Rpc.Development;
using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Forking;

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
            .. ChainMethods.Of(parts),
        ];
        methods = ForkedMethods.Over(methods, parts, remote);
        return new RpcMethodTable(methods.Select(method =>
            new ManneredMethod(method, development.ErrorShape, development.Log)))
        {
            Unknown = development.Manner == Manner.Hardhat ? HardhatErrors.OfMethod : RpcMethodTable.OfUnknown,
        };
    }
}
