using System.Text.Json;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Requests;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Trace;

/// <summary><c>trace_get</c>: a call of a transaction by its <c>traceAddress</c>; null where there is none.</summary>
/// <param name="traces">Runs it.</param>
public sealed class TraceGet(TraceRunner traces) : RpcStreamMethod<(Hash256 Hash, int[] Address)>
{
    /// <inheritdoc/>
    public override string Name => "trace_get";

    /// <inheritdoc/>
    protected override (Hash256 Hash, int[] Address) Read(ref ParameterReader reader) =>
        (reader.Hash(), reader.Required(ReadAddress));

    /// <inheritdoc/>
    protected override ValueTask<RpcResult<RpcStreamBody>> OpenAsync(
        (Hash256 Hash, int[] Address) parameters, CancellationToken cancellation) =>
        new MinedTransaction(traces).OpenAsync(
            parameters.Hash, (replay, stream) => Write(replay, parameters.Address, stream), cancellation);

    private static (int[] Value, string? Wrong) ReadAddress(JsonElement element)
    {
        List<int> address = [];
        if (element.ValueKind != JsonValueKind.Array)
        {
            return ([], "not an array of numbers");
        }

        foreach (JsonElement item in element.EnumerateArray())
        {
            if (JsonValueReader.ReadUInt64(item, out ulong number) is not null || number > int.MaxValue)
            {
                return ([], "not an array of numbers of calls");
            }

            address.Add((int)number);
        }

        return ([.. address], null);
    }

    private RpcError? Write(BlockReplay replay, int[] address, RpcValueStream stream)
    {
        bool isFound = false;
        TracerChoice one = LocalizedTracer.Choose(item =>
        {
            bool fits = item.Address.AsSpan().SequenceEqual(address);
            isFound |= fits;
            return fits;
        });
        RpcError? error = traces.TraceNext(replay, one, timeout: null, stream);
        if (error is null && !isFound)
        {
            stream.Json.WriteNullValue();
        }

        return error;
    }
}
