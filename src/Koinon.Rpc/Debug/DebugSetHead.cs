using Koinon.Chain.Ledger;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Trace;

namespace Koinon.Rpc.Debug;

/// <summary><c>debug_setHead</c>: goes back to a block and gives up all that came after it.</summary>
/// <param name="ledger">The chain.</param>
public sealed class DebugSetHead(Ledger ledger) : RpcStreamMethod<ulong>
{
    /// <inheritdoc/>
    public override string Name => "debug_setHead";

    /// <inheritdoc/>
    public override bool IsOrdered => true;

    /// <inheritdoc/>
    protected override ulong Read(ref ParameterReader reader) => reader.UInt64();

    /// <inheritdoc/>
    protected override ValueTask<RpcResult<RpcStreamBody>> OpenAsync(ulong parameters, CancellationToken cancellation)
    {
        if (parameters > ledger.Head.Number || !ledger.TryGet(parameters, out LedgerBlock? block))
        {
            return new(RpcError.Server($"block #{parameters} not found: the head is #{ledger.Head.Number}"));
        }

        return new(ledger.Revert(ledger.MarkOf(block))
            ? EmptyAnswers.Null
            : RpcError.Server($"missing state: that of blocks before {ledger.OldestStateKept} is no longer kept"));
    }
}
