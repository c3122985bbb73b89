using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Debug;

/// <summary><c>debug_intermediateRoots</c>: the state roots after each transaction of a block.</summary>
/// <param name="traces">Runs the block.</param>
/// <remarks>The tries of the parent's state are needed: it must be in the window of proofs.</remarks>
public sealed class DebugIntermediateRoots(TraceRunner traces) : RpcStreamMethod<Hash256>
{
    /// <inheritdoc/>
    public override string Name => "debug_intermediateRoots";

    /// <inheritdoc/>
    protected override Hash256 Read(ref ParameterReader reader)
    {
        Hash256 hash = reader.Hash();

        // Geth's options of tracing follow; none of them means anything here.
        reader.Optional(Requests.TraceRequestReader.Read);
        return hash;
    }

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<RpcStreamBody>> OpenAsync(
        Hash256 parameters, CancellationToken cancellation)
    {
        Ledger ledger = traces.Ledger;
        if (!ledger.TryGet(parameters, out LedgerBlock? block))
        {
            return RpcError.Server($"block {parameters} not found");
        }

        RpcResult<ReplaySource> source = traces.SourceOf(block);
        if (source.Error is not null)
        {
            return source.Error;
        }

        if (source.Value!.Parent.Number < ledger.OldestProofKept)
        {
            return RpcError.Server(
                $"missing trie: those of blocks before {ledger.OldestProofKept} are no longer kept");
        }

        RpcError? error = await traces.FetchAsync(source.Value, source.Value.Count, cancellation)
            .ConfigureAwait(false);
        return error is not null ? error : traces.InTurn(stream => Write(source.Value, stream));
    }

    private RpcError? Write(ReplaySource source, RpcValueStream stream)
    {
        BlockReplay replay = new(traces.Ledger, source);
        stream.Json.WriteStartArray();
        for (int i = 1; i <= source.Count; i++)
        {
            if (replay.SkipTo(i, stream.Cancellation) is { } error)
            {
                return error;
            }

            HexWriter.Write(stream.Json, Hash256.AsSpan(replay.Execution.Commit(out _).Root));
            stream.FlushWhenFull();
        }

        stream.Json.WriteEndArray();
        return null;
    }
}
