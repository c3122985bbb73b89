using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Trace;

/// <summary><c>trace_blockOpcodeGas</c>: how often each opcode ran in each transaction of a block, and what it
/// cost.</summary>
/// <param name="traces">Runs them.</param>
public sealed class TraceBlockOpcodeGas(TraceRunner traces) : RpcStreamMethod<BlockReference>
{
    /// <inheritdoc/>
    public override string Name => "trace_blockOpcodeGas";

    /// <inheritdoc/>
    protected override BlockReference Read(ref ParameterReader reader) => reader.Block();

    /// <inheritdoc/>
    protected override ValueTask<RpcResult<RpcStreamBody>> OpenAsync(
        BlockReference parameters, CancellationToken cancellation) =>
        new MinedBlock(traces).OpenAsync(parameters, Write, cancellation);

    private RpcError? Write(ReplaySource source, RpcValueStream stream)
    {
        BlockReplay replay = new(traces.Ledger, source);
        stream.Json.WriteStartObject();
        stream.Json.WriteHash("blockHash"u8, source.Hash);
        stream.Json.WriteNumber("blockNumber"u8, source.Number);
        stream.Json.WriteStartArray("transactions"u8);
        while (replay.Next < source.Count)
        {
            if (traces.TraceNext(replay, OpcodeGasTracer.Choice, timeout: null, stream) is { } error)
            {
                return error;
            }
        }

        stream.Json.WriteEndArray();
        stream.Json.WriteEndObject();
        return null;
    }
}
