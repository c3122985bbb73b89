using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Trace;

/// <summary>The methods of the namespace <c>trace</c>.</summary>
public static class TraceMethods
{
    /// <summary>Makes them over the parts of a chain.</summary>
    public static IEnumerable<RpcMethod> Create(RpcParts parts) =>
    [
        new TraceBlock(parts.Traces),
        new TraceBlockOpcodeGas(parts.Traces),
        new TraceCall(parts.Traces),
        new TraceCallMany(parts.Traces),
        new TraceFilterMethod(parts.Traces),
        new TraceGet(parts.Traces),
        new TraceRawTransaction(parts.Traces),
        new TraceReplayBlockTransactions(parts.Traces),
        new TraceReplayTransaction(parts.Traces),
        new TraceTransaction(parts.Traces),
        new TraceTransactionOpcodeGas(parts.Traces),
    ];
}
