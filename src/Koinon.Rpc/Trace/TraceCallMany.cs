using System.Text.Json;
using Koinon.Chain.Ledger;
using Koinon.Evm;
using Koinon.Primitives.State;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Execution;
using Koinon.Rpc.Requests;
using Koinon.Rpc.Tracing;
using Koinon.State;

namespace Koinon.Rpc.Trace;

/// <summary><c>trace_callMany</c>: calls, changes and instructions of calls that follow one another on the state after
/// a block.</summary>
/// <param name="traces">Runs them.</param>
public sealed class TraceCallMany(TraceRunner traces)
    : RpcStreamMethod<(IReadOnlyList<(CallRequest Call, TraceTypes Types)> Calls, BlockReference Block)>
{
    private const int CallsMax = 1_000;

    /// <inheritdoc/>
    public override string Name => "trace_callMany";

    /// <inheritdoc/>
    protected override (IReadOnlyList<(CallRequest Call, TraceTypes Types)> Calls, BlockReference Block) Read(
        ref ParameterReader reader) =>
        (reader.Required(ReadCalls), reader.BlockOrLatest());

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<RpcStreamBody>> OpenAsync(
        (IReadOnlyList<(CallRequest Call, TraceTypes Types)> Calls, BlockReference Block) parameters,
        CancellationToken cancellation)
    {
        RpcResult<LedgerBlock> block = traces.Calls.Find(parameters.Block);
        if (block.Error is not null)
        {
            return block.Error;
        }

        if (block.Value!.State is not { } state)
        {
            return RpcError.Server($"missing state: that of block {block.Value.Number} is no longer kept");
        }

        OverlayView overlay = new(state);
        RpcResult<CallContext> context = await traces.Calls.PrepareAsync(
            block.Value, overlay, accounts: null, block: null, cancellation).ConfigureAwait(false);
        RpcError? error = context.Error
            ?? await FetchAsync(block.Value, state, parameters.Calls, cancellation).ConfigureAwait(false);
        return error is not null
            ? error
            : traces.InTurn(stream => Write(context.Value!, overlay, parameters.Calls, stream));
    }

    private static (IReadOnlyList<(CallRequest Call, TraceTypes Types)> Value, string? Wrong) ReadCalls(
        JsonElement element)
    {
        List<(CallRequest Call, TraceTypes Types)> calls = [];
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() > CallsMax)
        {
            return ([], $"not an array of at most {CallsMax} calls with their types");
        }

        foreach (JsonElement item in element.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Array || item.GetArrayLength() != 2)
            {
                return ([], $"item {calls.Count} is not a call with its types");
            }

            (CallRequest call, string? wrongCall) = CallRequestReader.Read(item[0]);
            (TraceTypes types, string? wrongTypes) = TraceTypesReader.Read(item[1]);
            if ((wrongCall ?? wrongTypes) is { } wrong)
            {
                return ([], $"item {calls.Count}: {wrong}");
            }

            calls.Add((call, types));
        }

        return (calls, null);
    }

    // What one call leaves behind is seen by the next: the calls are run in their order.
    private async ValueTask<RpcError?> FetchAsync(
        LedgerBlock block,
        IStateView state,
        IReadOnlyList<(CallRequest Call, TraceTypes Types)> calls,
        CancellationToken cancellation)
    {
        if (traces.Calls.Reader.IsLocal)
        {
            return null;
        }

        OverlayView overlay = new(state);
        RpcResult<CallContext> context = await traces.Calls.PrepareAsync(
            block, overlay, accounts: null, block: null, cancellation).ConfigureAwait(false);
        foreach ((CallRequest call, _) in calls)
        {
            RpcResult<TransactionOutcome> run = context.Error is not null
                ? context.Error
                : await traces.Calls.RunAsync(context.Value!, call, traces.Calls.GasOf(call), cancellation)
                    .ConfigureAwait(false);
            if (run.Error is not null)
            {
                return run.Error;
            }

            overlay.Apply(run.Value!.Changes);
        }

        return null;
    }

    private RpcError? Write(
        CallContext context,
        OverlayView overlay,
        IReadOnlyList<(CallRequest Call, TraceTypes Types)> calls,
        RpcValueStream stream)
    {
        stream.Json.WriteStartArray();
        foreach ((CallRequest call, TraceTypes types) in calls)
        {
            TracerChoice choice = ReplayChoice.Of(types, namesTransaction: false);
            if (traces.TraceCall(context, call, choice, timeout: null, stream, Include) is { } error)
            {
                return error;
            }
        }

        stream.Json.WriteEndArray();
        return null;

        void Include(TransactionOutcome outcome) => overlay.Apply(outcome.Changes);
    }
}
