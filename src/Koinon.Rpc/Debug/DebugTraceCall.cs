using Koinon.Chain.Ledger;
using Koinon.Primitives.State;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Execution;
using Koinon.Rpc.Requests;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Debug;

/// <summary><c>debug_traceCall</c>: runs a call, as <c>eth_call</c> does, and shows what a tracer heard.</summary>
/// <param name="traces">Runs it.</param>
public sealed class DebugTraceCall(TraceRunner traces)
    : RpcStreamMethod<(CallRequest Call, BlockReference Block, TraceRequest Request)>
{
    /// <inheritdoc/>
    public override string Name => "debug_traceCall";

    /// <inheritdoc/>
    protected override (CallRequest Call, BlockReference Block, TraceRequest Request) Read(
        ref ParameterReader reader) =>
        (reader.Required(CallRequestReader.Read), reader.BlockOrLatest(),
            reader.Optional(TraceRequestReader.Read) ?? TraceRequest.Default);

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<RpcStreamBody>> OpenAsync(
        (CallRequest Call, BlockReference Block, TraceRequest Request) parameters, CancellationToken cancellation)
    {
        (CallRequest call, BlockReference reference, TraceRequest request) = parameters;
        if (reference.Tag == BlockTag.Pending)
        {
            return RpcError.Server("tracing on top of pending is not supported");
        }

        RpcResult<CallContext> context = await PrepareAsync(reference, request, cancellation).ConfigureAwait(false);
        RpcError? error = context.Error
            ?? await traces.FetchAsync(context.Value!, call, cancellation).ConfigureAwait(false);
        return error is not null
            ? error
            : traces.InTurn(stream => traces.TraceCall(context.Value!, call, request.Tracer, request.Timeout, stream));
    }

    private async ValueTask<RpcResult<CallContext>> PrepareAsync(
        BlockReference reference, TraceRequest request, CancellationToken cancellation)
    {
        RpcResult<LedgerBlock> found = traces.Calls.Find(reference);
        if (found.Error is not null)
        {
            return found.Error;
        }

        if (request.TransactionIndex is not { } index)
        {
            return await traces.Calls.PrepareAsync(reference, request.Accounts, request.Block, cancellation)
                .ConfigureAwait(false);
        }

        LedgerBlock block = found.Value!;
        RpcResult<IStateView> state = await traces.StateBeforeAsync(block, index, cancellation).ConfigureAwait(false);
        return state.Error is not null
            ? state.Error
            : await traces.Calls.PrepareAsync(block, state.Value!, request.Accounts, request.Block, cancellation)
                .ConfigureAwait(false);
    }
}
