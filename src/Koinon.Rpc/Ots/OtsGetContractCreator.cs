using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Execution;
using Koinon.Rpc.Json;
using Koinon.Rpc.Trace;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Ots;

/// <summary><c>ots_getContractCreator</c>: who made a contract in which transaction; null where there is no contract,
/// or none that a transaction made.</summary>
/// <param name="traces">Reads states, and runs the block.</param>
/// <remarks>The block is found by halving the range of kept states.</remarks>
public sealed class OtsGetContractCreator(TraceRunner traces) : RpcStreamMethod<Address>
{
    /// <inheritdoc/>
    public override string Name => "ots_getContractCreator";

    /// <inheritdoc/>
    protected override Address Read(ref ParameterReader reader) => reader.Address();

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<RpcStreamBody>> OpenAsync(
        Address parameters, CancellationToken cancellation)
    {
        RpcResult<LedgerBlock?> block = await new StateSearch(traces.Ledger, traces.Calls.Reader).FindAsync(
            parameters, static account => account is { HasCode: true }, cancellation).ConfigureAwait(false);
        if (block.Error is not null || block.Value is null)
        {
            return block.Error is null ? EmptyAnswers.Null : block.Error;
        }

        RpcResult<ReplaySource> source = traces.SourceOf(block.Value);
        RpcError? error = source.Error
            ?? await traces.FetchAsync(source.Value!, source.Value!.Count, cancellation).ConfigureAwait(false);
        return error is not null ? error : traces.InTurn(stream => Write(source.Value!, parameters, stream));
    }

    private RpcError? Write(ReplaySource source, Address contract, RpcValueStream stream)
    {
        Address? creator = null;
        TracerChoice choice = new("", target => new CreatorTracer(target, contract, found => creator = found));
        BlockReplay replay = new(traces.Ledger, source);
        while (replay.Next < source.Count)
        {
            Hash256 hash = replay.Place.TransactionHash;
            if (traces.TraceNext(replay, choice, timeout: null, stream) is { } error)
            {
                return error;
            }

            if (creator is { } maker)
            {
                stream.Json.WriteStartObject();
                stream.Json.WriteHash("hash"u8, hash);
                stream.Json.WriteAddress("creator"u8, maker);
                stream.Json.WriteEndObject();
                return null;
            }
        }

        stream.Json.WriteNullValue();
        return null;
    }
}
