using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Debug;

/// <summary>Traces all transactions of a block: an item for each.</summary>
/// <param name="traces">Runs them.</param>
internal sealed class BlockTraces(TraceRunner traces)
{
    /// <summary>Checks what can be refused and gives what writes the items.</summary>
    public async ValueTask<RpcResult<RpcStreamBody>> OpenAsync(
        RpcResult<ReplaySource> source, TraceRequest request, CancellationToken cancellation)
    {
        RpcError? error = source.Error
            ?? await traces.FetchAsync(source.Value!, source.Value!.Count, cancellation).ConfigureAwait(false);
        return error is not null ? error : traces.InTurn(stream => Write(source.Value!, request, stream));
    }

    private RpcError? Write(ReplaySource source, TraceRequest request, RpcValueStream stream)
    {
        BlockReplay replay = new(traces.Ledger, source);
        stream.Json.WriteStartArray();
        while (replay.Next < source.Count)
        {
            Hash256 hash = replay.Place.TransactionHash;
            stream.Json.WriteStartObject();
            stream.Json.WriteHash("txHash"u8, hash);
            stream.Json.WritePropertyName("result"u8);
            if (traces.TraceNext(replay, request.Tracer, request.Timeout, stream) is { } error)
            {
                return error;
            }

            stream.Json.WriteEndObject();
            stream.FlushWhenFull();
        }

        stream.Json.WriteEndArray();
        return null;
    }
}
