using Koinon.Chain.Ledger;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Requests;
using Koinon.Rpc.Tracing;
using Koinon.State;

namespace Koinon.Rpc.Debug;

/// <summary><c>debug_dumpBlock</c>: all accounts after a block, as many as one answer shows.</summary>
/// <param name="traces">Finds states.</param>
public sealed class DebugDumpBlock(TraceRunner traces) : RpcStreamMethod<BlockReference>
{
    /// <inheritdoc/>
    public override string Name => "debug_dumpBlock";

    /// <inheritdoc/>
    protected override BlockReference Read(ref ParameterReader reader) => reader.Block();

    /// <inheritdoc/>
    protected override ValueTask<RpcResult<RpcStreamBody>> OpenAsync(
        BlockReference parameters, CancellationToken cancellation)
    {
        RpcResult<LedgerBlock> found = traces.Calls.Find(parameters);
        if (found.Error is not null || found.Value!.State is not { } state)
        {
            return new(found.Error ?? RpcError.Server($"missing state: that of block {found.Value!.Number}"));
        }

        return new(traces.InTurn(stream => Write(found.Value, state, stream)));
    }

    private RpcError? Write(LedgerBlock block, WorldState state, RpcValueStream stream)
    {
        new AccountDump(state, stream).Write(
            block, start: [], traces.Limits.RangeMax, withCode: true, withStorage: true);
        return null;
    }
}
