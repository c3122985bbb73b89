using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Requests;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Debug;

/// <summary><c>debug_traceTransaction</c>: runs a transaction again and shows what a tracer heard.</summary>
/// <param name="traces">Runs it.</param>
public sealed class DebugTraceTransaction(TraceRunner traces)
    : RpcStreamMethod<(Hash256 Hash, TraceRequest Request)>
{
    /// <inheritdoc/>
    public override string Name => "debug_traceTransaction";

    /// <inheritdoc/>
    protected override (Hash256 Hash, TraceRequest Request) Read(ref ParameterReader reader) =>
        (reader.Hash(), reader.Optional(TraceRequestReader.Read) ?? TraceRequest.Default);

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<RpcStreamBody>> OpenAsync(
        (Hash256 Hash, TraceRequest Request) parameters, CancellationToken cancellation)
    {
        if (!traces.Ledger.TryGetTransaction(parameters.Hash, out LedgerTransaction found))
        {
            return RpcError.Server("transaction not found");
        }

        RpcResult<ReplaySource> source = traces.SourceOf(found.Block);
        RpcError? error = source.Error
            ?? await traces.FetchAsync(source.Value!, found.Index + 1, cancellation).ConfigureAwait(false);
        return error is not null
            ? error
            : traces.InTurn(stream => Trace(source.Value!, found.Index, parameters.Request, stream));
    }

    private RpcError? Trace(ReplaySource source, int index, TraceRequest request, RpcValueStream stream)
    {
        BlockReplay replay = new(traces.Ledger, source);
        return replay.SkipTo(index, stream.Cancellation)
            ?? traces.TraceNext(replay, request.Tracer, request.Timeout, stream);
    }
}
