using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Web3;

/// <summary>The methods of the namespace <c>web3</c>.</summary>
public static class Web3Methods
{
    /// <summary>Makes them over the parts of a chain.</summary>
    public static IEnumerable<RpcMethod> Create(RpcParts parts) =>
    [
        new Web3ClientVersion(parts.ClientVersion),
        new Web3Sha3(),
    ];
}
