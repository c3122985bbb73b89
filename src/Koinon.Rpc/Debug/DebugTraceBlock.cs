using Koinon.Primitives.Blocks;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Requests;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Debug;

/// <summary><c>debug_traceBlock</c>: traces all transactions of a block that is given, whose parent is known.</summary>
/// <param name="traces">Runs them.</param>
public sealed class DebugTraceBlock(TraceRunner traces)
    : RpcStreamMethod<(ReadOnlyMemory<byte> Block, TraceRequest Request)>
{
    /// <inheritdoc/>
    public override string Name => "debug_traceBlock";

    /// <inheritdoc/>
    protected override (ReadOnlyMemory<byte> Block, TraceRequest Request) Read(ref ParameterReader reader) =>
        (reader.Data(), reader.Optional(TraceRequestReader.Read) ?? TraceRequest.Default);

    /// <inheritdoc/>
    protected override ValueTask<RpcResult<RpcStreamBody>> OpenAsync(
        (ReadOnlyMemory<byte> Block, TraceRequest Request) parameters, CancellationToken cancellation)
    {
        if (!Block.TryDecode(parameters.Block, out Block? block, out BlockDecodeError error))
        {
            return new(RpcError.InvalidParameters($"invalid argument 0: not a block's RLP: {error}"));
        }

        return block.Header.Number == traces.Ledger.GenesisBlock.Number
            ? new(RpcError.Server("genesis is not traceable"))
            : new BlockTraces(traces).OpenAsync(traces.SourceOf(block), parameters.Request, cancellation);
    }
}
