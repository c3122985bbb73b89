using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Requests;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Debug;

/// <summary><c>debug_traceBlockByHash</c>: traces all transactions of the block of a hash.</summary>
/// <param name="traces">Runs them.</param>
public sealed class DebugTraceBlockByHash(TraceRunner traces)
    : RpcStreamMethod<(Hash256 Hash, TraceRequest Request)>
{
    /// <inheritdoc/>
    public override string Name => "debug_traceBlockByHash";

    /// <inheritdoc/>
    protected override (Hash256 Hash, TraceRequest Request) Read(ref ParameterReader reader) =>
        (reader.Hash(), reader.Optional(TraceRequestReader.Read) ?? TraceRequest.Default);

    /// <inheritdoc/>
    protected override ValueTask<RpcResult<RpcStreamBody>> OpenAsync(
        (Hash256 Hash, TraceRequest Request) parameters, CancellationToken cancellation)
    {
        return traces.Ledger.TryGet(parameters.Hash, out LedgerBlock? block)
            ? new BlockTraces(traces).OpenAsync(traces.SourceOf(block), parameters.Request, cancellation)
            : new(RpcError.Server($"block {parameters.Hash} not found"));
    }
}
