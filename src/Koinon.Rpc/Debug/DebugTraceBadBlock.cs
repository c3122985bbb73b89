using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Requests;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Debug;

/// <summary><c>debug_traceBadBlock</c>: traces all transactions of one of the blocks that were refused last.</summary>
/// <param name="traces">Runs them.</param>
public sealed class DebugTraceBadBlock(TraceRunner traces) : RpcStreamMethod<(Hash256 Hash, TraceRequest Request)>
{
    /// <inheritdoc/>
    public override string Name => "debug_traceBadBlock";

    /// <inheritdoc/>
    protected override (Hash256 Hash, TraceRequest Request) Read(ref ParameterReader reader) =>
        (reader.Hash(), reader.Optional(TraceRequestReader.Read) ?? TraceRequest.Default);

    /// <inheritdoc/>
    protected override ValueTask<RpcResult<RpcStreamBody>> OpenAsync(
        (Hash256 Hash, TraceRequest Request) parameters, CancellationToken cancellation)
    {
        RefusedBlock? refused = traces.Ledger.Refused.List().FirstOrDefault(block => block.Hash == parameters.Hash);
        return refused is null
            ? new(RpcError.Server($"bad block {parameters.Hash} not found"))
            : new BlockTraces(traces).OpenAsync(
                traces.SourceOf(refused.Block), parameters.Request, cancellation);
    }
}
