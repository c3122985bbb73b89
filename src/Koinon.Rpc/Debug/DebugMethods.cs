using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Debug;

/// <summary>The methods of the namespace <c>debug</c>.</summary>
public static class DebugMethods
{
    /// <summary>Makes them over the parts of a chain.</summary>
    public static IEnumerable<RpcMethod> Create(RpcParts parts) =>
    [
        new DebugTraceTransaction(parts.Blocks),
    ];
}
