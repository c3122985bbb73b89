using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Net;

/// <summary>The methods of the namespace <c>net</c>.</summary>
public static class NetMethods
{
    /// <summary>Makes them over the parts of a chain.</summary>
    public static IEnumerable<RpcMethod> Create(RpcParts parts) =>
    [
        new NetListening(),
        new NetPeerCount(),
        new NetVersion(parts),
    ];
}
