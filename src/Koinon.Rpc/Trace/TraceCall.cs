using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Execution;
using Koinon.Rpc.Requests;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Trace;

/// <summary><c>trace_call</c>: calls, changes and instructions of a call on the state after a block.</summary>
/// <param name="traces">Runs it.</param>
public sealed class TraceCall(TraceRunner traces)
    : RpcStreamMethod<(CallRequest Call, TraceTypes Types, BlockReference Block)>
{
    /// <inheritdoc/>
    public override string Name => "trace_call";

    /// <inheritdoc/>
    protected override (CallRequest Call, TraceTypes Types, BlockReference Block) Read(ref ParameterReader reader) =>
        (reader.Required(CallRequestReader.Read), reader.Required(TraceTypesReader.Read), reader.BlockOrLatest());

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<RpcStreamBody>> OpenAsync(
        (CallRequest Call, TraceTypes Types, BlockReference Block) parameters, CancellationToken cancellation)
    {
        RpcResult<CallContext> context = await traces.Calls.PrepareAsync(
            parameters.Block, accounts: null, block: null, cancellation).ConfigureAwait(false);
        RpcError? error = context.Error
            ?? await traces.FetchAsync(context.Value!, parameters.Call, cancellation).ConfigureAwait(false);
        TracerChoice choice = ReplayChoice.Of(parameters.Types, namesTransaction: false);
        return error is not null
            ? error
            : traces.InTurn(stream =>
                traces.TraceCall(context.Value!, parameters.Call, choice, timeout: null, stream));
    }
}
