using System.Text.Json;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Requests;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Debug;

/// <summary><c>debug_getModifiedAccountsByNumber</c>: the accounts that a block changed, or the blocks after one up to
/// another.</summary>
/// <param name="traces">Runs the blocks.</param>
public sealed class DebugGetModifiedAccountsByNumber(TraceRunner traces) : RpcStreamMethod<(ulong Start, ulong? End)>
{
    /// <inheritdoc/>
    public override string Name => "debug_getModifiedAccountsByNumber";

    /// <inheritdoc/>
    protected override (ulong Start, ulong? End) Read(ref ParameterReader reader) =>
        (reader.UInt64(), reader.Optional(ReadEnd));

    /// <inheritdoc/>
    protected override ValueTask<RpcResult<RpcStreamBody>> OpenAsync(
        (ulong Start, ulong? End) parameters, CancellationToken cancellation)
    {
        ModifiedAccounts modified = new(traces);
        return new(parameters.End is { } end
            ? modified.Between(parameters.Start == ulong.MaxValue ? parameters.Start : parameters.Start + 1, end)
            : modified.Between(parameters.Start, parameters.Start));
    }

    private static (ulong? Value, string? Wrong) ReadEnd(JsonElement element)
    {
        string? wrong = JsonValueReader.ReadUInt64(element, out ulong value);
        return (value, wrong);
    }
}
