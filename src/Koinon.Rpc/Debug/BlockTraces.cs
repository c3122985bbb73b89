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
            stream.Json.WriteStartObject();
            stream.Json.WriteHash("txHash"u8, replay.Place.TransactionHash);
            if (WriteNext(replay, request, stream) is { } error)
            {
                return error;
            }

            stream.Json.WriteEndObject();
            stream.FlushWhenFull();
        }

        stream.Json.WriteEndArray();
        return null;
    }

    // A trace that does not come to its end says so in its item; the transactions after it are traced all the same.
    private RpcError? WriteNext(BlockReplay replay, TraceRequest request, RpcValueStream stream)
    {
        bool hasBegun = false;
        RpcError? error = traces.TraceNext(replay, request.Tracer, request.Timeout, stream, () =>
        {
            hasBegun = true;
            stream.Json.WritePropertyName("result"u8);
        });
        if (error is null || hasBegun)
        {
            return error;
        }

        stream.Json.WriteString("error"u8, error.Message);
        return replay.SkipTo(replay.Next + 1, stream.Cancellation);
    }
}
