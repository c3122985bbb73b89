using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Engine;

namespace Koinon.Rpc.Testing;

/// <summary>The methods of the namespace <c>testing</c>.</summary>
public static class TestingMethods
{
    /// <summary>Makes them over the parts of a chain.</summary>
    public static IEnumerable<RpcMethod> Create(RpcParts parts) =>
        [new TestingBuildBlock(parts.Ledger, parts.Pool, new EngineOptions())];
}
