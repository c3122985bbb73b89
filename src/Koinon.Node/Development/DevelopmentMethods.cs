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
    /// <param name="gate">What those go through that change a chain; <see langword="null"/> where it stays.</param>
    public static RpcMethodTable Create(
        RpcParts parts, DevelopmentParts development, IRemoteChain? remote, Func<RpcMethod, RpcMethod>? gate = null)
    {
        IEnumerable<RpcMethod> methods =
        [
            .. ChainControlMethods.Create(parts, development),
            .. ChainMethods.Of(parts),
        ];
        methods = ForkedMethods.Over(methods, parts, remote);
        IEnumerable<RpcMethod> mannered = methods.Select(method =>
            new ManneredMethod(method, development.ErrorShape, development.Log));
        return new RpcMethodTable(gate is null ? mannered : mannered.Select(gate))
        {
            Unknown = development.Manner == Manner.Hardhat ? HardhatErrors.OfMethod : RpcMethodTable.OfUnknown,
        };
    }
}
