using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Requests;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Trace;

/// <summary><c>trace_block</c>: the calls of all transactions of a block, and its rewards; null where there is no such
/// block.</summary>
/// <param name="traces">Runs them.</param>
public sealed class TraceBlock(TraceRunner traces) : RpcStreamMethod<BlockReference>
{
    /// <inheritdoc/>
    public override string Name => "trace_block";

    /// <inheritdoc/>
    protected override BlockReference Read(ref ParameterReader reader) => reader.Block();

    /// <inheritdoc/>
    protected override ValueTask<RpcResult<RpcStreamBody>> OpenAsync(
        BlockReference parameters, CancellationToken cancellation) =>
        new MinedBlock(traces).OpenAsync(parameters, Write, cancellation);

    private RpcError? Write(ReplaySource source, RpcValueStream stream)
    {
        BlockReplay replay = new(traces.Ledger, source);
        TracerChoice all = LocalizedTracer.Choose(static _ => true);
        stream.Json.WriteStartArray();
        while (replay.Next < source.Count)
        {
            if (traces.TraceNext(replay, all, timeout: null, stream) is { } error)
            {
                return error;
            }
        }

        new BlockRewards(traces.Ledger).Write(stream.Json, source, static _ => true);
        stream.Json.WriteEndArray();
        return null;
    }
}
