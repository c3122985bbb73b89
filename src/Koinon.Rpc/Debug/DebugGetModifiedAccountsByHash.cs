using System.Text.Json;
using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Requests;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Debug;

/// <summary><c>debug_getModifiedAccountsByHash</c>: the accounts that a block changed, or the blocks after one up to
/// another.</summary>
/// <param name="traces">Runs the blocks.</param>
public sealed class DebugGetModifiedAccountsByHash(TraceRunner traces) : RpcStreamMethod<(Hash256 Start, Hash256? End)>
{
    /// <inheritdoc/>
    public override string Name => "debug_getModifiedAccountsByHash";

    /// <inheritdoc/>
    protected override (Hash256 Start, Hash256? End) Read(ref ParameterReader reader) =>
        (reader.Hash(), reader.Optional(ReadEnd));

    /// <inheritdoc/>
    protected override ValueTask<RpcResult<RpcStreamBody>> OpenAsync(
        (Hash256 Start, Hash256? End) parameters, CancellationToken cancellation)
    {
        Ledger ledger = traces.Ledger;
        if (!ledger.TryGet(parameters.Start, out LedgerBlock? start) || !ledger.IsCanonical(start))
        {
            return new(RpcError.Server($"start block {parameters.Start} not found"));
        }

        LedgerBlock? end = null;
        if (parameters.End is { } hash && (!ledger.TryGet(hash, out end) || !ledger.IsCanonical(end)))
        {
            return new(RpcError.Server($"end block {hash} not found"));
        }

        ModifiedAccounts modified = new(traces);
        return new(end is null
            ? modified.Between(start.Number, start.Number)
            : modified.Between(start.Number + 1, end.Number));
    }

    private static (Hash256? Value, string? Wrong) ReadEnd(JsonElement element)
    {
        string? wrong = JsonValueReader.ReadHash(element, out Hash256 value);
        return (value, wrong);
    }
}
