using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Debug;

/// <summary>The methods of the namespace <c>debug</c>.</summary>
public static class DebugMethods
{
    /// <summary>Makes them over the parts of a chain.</summary>
    public static IEnumerable<RpcMethod> Create(RpcParts parts) =>
    [
        new DebugAccountInfoAt(parts.Traces),
        new DebugAccountRange(parts.Traces),
        new DebugClearTxpool(parts.Pool),
        new DebugCodeByHash(parts.Blocks),
        new DebugDbGet(parts.Blocks),
        new DebugDumpBlock(parts.Traces),
        new DebugExecutionWitness(parts.Traces),
        new DebugGetBadBlocks(parts.Ledger),
        new DebugGetModifiedAccountsByHash(parts.Traces),
        new DebugGetModifiedAccountsByNumber(parts.Traces),
        new DebugGetRawBlock(parts.Blocks),
        new DebugGetRawHeader(parts.Blocks),
        new DebugGetRawReceipts(parts.Blocks),
        new DebugGetRawTransaction(parts.Ledger, parts.Pool),
        new DebugIntermediateRoots(parts.Traces),
        new DebugPreimage(parts.Ledger),
        new DebugSetHead(parts.Ledger),
        new DebugStorageRangeAt(parts.Traces),
        new DebugTraceBadBlock(parts.Traces),
        new DebugTraceBlock(parts.Traces),
        new DebugTraceBlockByHash(parts.Traces),
        new DebugTraceBlockByNumber(parts.Traces),
        new DebugTraceCall(parts.Traces),
        new DebugTraceTransaction(parts.Traces),
    ];
}
