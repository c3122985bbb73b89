using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Requests;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Debug;

/// <summary><c>debug_traceBlockByNumber</c>: traces all transactions of the block of a number.</summary>
/// <param name="traces">Runs them.</param>
public sealed class DebugTraceBlockByNumber(TraceRunner traces)
    : RpcStreamMethod<(BlockReference Block, TraceRequest Request)>
{
    /// <inheritdoc/>
    public override string Name => "debug_traceBlockByNumber";

    /// <inheritdoc/>
    protected override (BlockReference Block, TraceRequest Request) Read(ref ParameterReader reader) =>
        (reader.StrictBlock(), reader.Optional(TraceRequestReader.Read) ?? TraceRequest.Default);

    /// <inheritdoc/>
    protected override ValueTask<RpcResult<RpcStreamBody>> OpenAsync(
        (BlockReference Block, TraceRequest Request) parameters, CancellationToken cancellation)
    {
        if (parameters.Block.Tag == BlockTag.Pending)
        {
            return new(RpcError.Server("tracing on top of pending is not supported"));
        }

        return traces.Blocks.Find(parameters.Block) is { } block
            ? new BlockTraces(traces).OpenAsync(traces.SourceOf(block), parameters.Request, cancellation)
            : new(RpcError.Server($"block #{parameters.Block.Number} not found"));
    }
}
