using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Trace;

/// <summary><c>trace_transaction</c>: the calls of a transaction; null where there is no such transaction.</summary>
/// <param name="traces">Runs it.</param>
public sealed class TraceTransaction(TraceRunner traces) : RpcStreamMethod<Hash256>
{
    /// <inheritdoc/>
    public override string Name => "trace_transaction";

    /// <inheritdoc/>
    protected override Hash256 Read(ref ParameterReader reader) => reader.Hash();

    /// <inheritdoc/>
    protected override ValueTask<RpcResult<RpcStreamBody>> OpenAsync(
        Hash256 parameters, CancellationToken cancellation) =>
        new MinedTransaction(traces).OpenAsync(parameters, Write, cancellation);

    private RpcError? Write(BlockReplay replay, RpcValueStream stream)
    {
        stream.Json.WriteStartArray();
        RpcError? error = traces.TraceNext(
            replay, LocalizedTracer.Choose(static _ => true), timeout: null, stream);
        stream.Json.WriteEndArray();
        return error;
    }
}
