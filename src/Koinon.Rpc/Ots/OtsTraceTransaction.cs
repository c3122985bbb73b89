using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Trace;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Ots;

/// <summary><c>ots_traceTransaction</c>: the calls of a transaction; null where there is no such transaction.</summary>
/// <param name="traces">Runs it.</param>
public sealed class OtsTraceTransaction(TraceRunner traces) : RpcStreamMethod<Hash256>
{
    /// <inheritdoc/>
    public override string Name => "ots_traceTransaction";

    /// <inheritdoc/>
    protected override Hash256 Read(ref ParameterReader reader) => reader.Hash();

    /// <inheritdoc/>
    protected override ValueTask<RpcResult<RpcStreamBody>> OpenAsync(
        Hash256 parameters, CancellationToken cancellation) =>
        new MinedTransaction(traces).OpenAsync(
            parameters,
            (replay, stream) => traces.TraceNext(replay, OtsTracer.Choice, timeout: null, stream),
            cancellation);
}
