using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Requests;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Trace;

/// <summary><c>trace_replayTransaction</c>: calls, changes and instructions of a transaction; null where there is no
/// such transaction.</summary>
/// <param name="traces">Runs it.</param>
public sealed class TraceReplayTransaction(TraceRunner traces) : RpcStreamMethod<(Hash256 Hash, TraceTypes Types)>
{
    /// <inheritdoc/>
    public override string Name => "trace_replayTransaction";

    /// <inheritdoc/>
    protected override (Hash256 Hash, TraceTypes Types) Read(ref ParameterReader reader) =>
        (reader.Hash(), reader.Required(TraceTypesReader.Read));

    /// <inheritdoc/>
    protected override ValueTask<RpcResult<RpcStreamBody>> OpenAsync(
        (Hash256 Hash, TraceTypes Types) parameters, CancellationToken cancellation)
    {
        TracerChoice choice = ReplayChoice.Of(parameters.Types, namesTransaction: false);
        return new MinedTransaction(traces).OpenAsync(
            parameters.Hash,
            (replay, stream) => traces.TraceNext(replay, choice, timeout: null, stream),
            cancellation);
    }
}
