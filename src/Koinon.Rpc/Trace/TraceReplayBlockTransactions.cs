using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Requests;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Trace;

/// <summary><c>trace_replayBlockTransactions</c>: calls, changes and instructions of all transactions of a block; null
/// where there is no such block.</summary>
/// <param name="traces">Runs them.</param>
public sealed class TraceReplayBlockTransactions(TraceRunner traces)
    : RpcStreamMethod<(BlockReference Block, TraceTypes Types)>
{
    /// <inheritdoc/>
    public override string Name => "trace_replayBlockTransactions";

    /// <inheritdoc/>
    protected override (BlockReference Block, TraceTypes Types) Read(ref ParameterReader reader) =>
        (reader.Block(), reader.Required(TraceTypesReader.Read));

    /// <inheritdoc/>
    protected override ValueTask<RpcResult<RpcStreamBody>> OpenAsync(
        (BlockReference Block, TraceTypes Types) parameters, CancellationToken cancellation)
    {
        TracerChoice choice = ReplayChoice.Of(parameters.Types, namesTransaction: true);
        return new MinedBlock(traces).OpenAsync(
            parameters.Block, (source, stream) => Write(source, choice, stream), cancellation);
    }

    private RpcError? Write(ReplaySource source, TracerChoice choice, RpcValueStream stream)
    {
        BlockReplay replay = new(traces.Ledger, source);
        stream.Json.WriteStartArray();
        while (replay.Next < source.Count)
        {
            if (traces.TraceNext(replay, choice, timeout: null, stream) is { } error)
            {
                return error;
            }
        }

        stream.Json.WriteEndArray();
        return null;
    }
}
