using Koinon.Primitives;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Execution;
using Koinon.Rpc.Requests;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Trace;

/// <summary><c>trace_rawTransaction</c>: calls, changes and instructions of a signed transaction, which is not
/// sent.</summary>
/// <param name="traces">Runs it.</param>
/// <remarks>It runs on the head's state as a question does: its nonce may be any.</remarks>
public sealed class TraceRawTransaction(TraceRunner traces)
    : RpcStreamMethod<(ReadOnlyMemory<byte> Bytes, TraceTypes Types)>
{
    /// <inheritdoc/>
    public override string Name => "trace_rawTransaction";

    /// <inheritdoc/>
    protected override (ReadOnlyMemory<byte> Bytes, TraceTypes Types) Read(ref ParameterReader reader) =>
        (reader.Data(), reader.Required(TraceTypesReader.Read));

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<RpcStreamBody>> OpenAsync(
        (ReadOnlyMemory<byte> Bytes, TraceTypes Types) parameters, CancellationToken cancellation)
    {
        if (!Transaction.TryDecodeNetworkForm(
            parameters.Bytes.Span, out Transaction? sent, out TransactionDecodeError fault))
        {
            return RpcError.InvalidParameters($"invalid argument 0: {fault}");
        }

        Transaction transaction = sent.Sidecar is null ? sent : sent.WithoutSidecar();
        if (!transaction.TryGetSender(out Address sender))
        {
            return RpcError.Server("invalid sender");
        }

        RpcResult<CallContext> context = await traces.Calls.PrepareAsync(
            BlockReference.Latest, accounts: null, block: null, cancellation).ConfigureAwait(false);
        RpcError? error = context.Error
            ?? await traces.FetchAsync(context.Value!, transaction, sender, cancellation).ConfigureAwait(false);
        TracerChoice choice = ReplayChoice.Of(parameters.Types, namesTransaction: false);
        return error is not null
            ? error
            : traces.InTurn(stream =>
                traces.TraceCall(context.Value!, transaction, sender, choice, timeout: null, stream));
    }
}
