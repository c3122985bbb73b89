using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Requests;
using Koinon.Rpc.Tracing;
using Koinon.State;

namespace Koinon.Rpc.Debug;

/// <summary><c>debug_accountRange</c>: accounts after a block, in the order of their addresses' hashes.</summary>
/// <param name="traces">Finds states.</param>
public sealed class DebugAccountRange(TraceRunner traces) : RpcStreamMethod<AccountRange>
{
    /// <summary>Geth's bound.</summary>
    private const ulong CountMax = 256;

    /// <inheritdoc/>
    public override string Name => "debug_accountRange";

    /// <inheritdoc/>
    protected override AccountRange Read(ref ParameterReader reader)
    {
        AccountRange range = new(
            reader.Block(),
            reader.Data(),
            reader.UInt64(),
            reader.FlagOrFalse(),
            reader.FlagOrFalse());

        // Whether accounts are shown whose address is not known: every address is.
        reader.FlagOrFalse();
        return range;
    }

    /// <inheritdoc/>
    protected override ValueTask<RpcResult<RpcStreamBody>> OpenAsync(
        AccountRange parameters, CancellationToken cancellation)
    {
        if (parameters.Start.Length > Hash256.Size)
        {
            return new(RpcError.InvalidParameters(
                "invalid argument 1: a hash, or the beginning of one, is expected"));
        }

        RpcResult<LedgerBlock> found = traces.Calls.Find(parameters.Block);
        if (found.Error is not null || found.Value!.State is not { } state)
        {
            return new(found.Error ?? RpcError.Server($"missing state: that of block {found.Value!.Number}"));
        }

        return new(traces.InTurn(stream => Write(parameters, found.Value, state, stream)));
    }

    private static RpcError? Write(AccountRange range, LedgerBlock block, WorldState state, RpcValueStream stream)
    {
        int count = (int)(range.Count is 0 or > CountMax ? CountMax : range.Count);
        new AccountDump(state, stream).Write(
            block, range.Start.Span, count, !range.LeavesCodeOut, !range.LeavesStorageOut);
        return null;
    }
}
