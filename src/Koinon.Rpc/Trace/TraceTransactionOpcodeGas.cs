using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Trace;

/// <summary><c>trace_transactionOpcodeGas</c>: how often each opcode ran in a transaction, and what it cost.</summary>
/// <param name="traces">Runs it.</param>
public sealed class TraceTransactionOpcodeGas(TraceRunner traces) : RpcStreamMethod<Hash256>
{
    /// <inheritdoc/>
    public override string Name => "trace_transactionOpcodeGas";

    /// <inheritdoc/>
    protected override Hash256 Read(ref ParameterReader reader) => reader.Hash();

    /// <inheritdoc/>
    protected override ValueTask<RpcResult<RpcStreamBody>> OpenAsync(
        Hash256 parameters, CancellationToken cancellation) =>
        new MinedTransaction(traces).OpenAsync(
            parameters,
            (replay, stream) => traces.TraceNext(replay, OpcodeGasTracer.Choice, timeout: null, stream),
            cancellation);
}
