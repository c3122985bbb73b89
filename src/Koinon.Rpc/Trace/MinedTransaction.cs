using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Trace;

/// <summary>Runs one transaction of the chain again.</summary>
/// <param name="traces">Runs it.</param>
internal sealed class MinedTransaction(TraceRunner traces)
{
    /// <summary>Gives what writes a value made of one run; <c>null</c> where there is no such transaction.</summary>
    /// <param name="hash">The transaction.</param>
    /// <param name="write">Runs the next transaction of the replay and writes the value.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async ValueTask<RpcResult<RpcStreamBody>> OpenAsync(
        Hash256 hash, Func<BlockReplay, RpcValueStream, RpcError?> write, CancellationToken cancellation)
    {
        if (!traces.Ledger.TryGetTransaction(hash, out LedgerTransaction found))
        {
            return EmptyAnswers.Null;
        }

        RpcResult<ReplaySource> source = traces.SourceOf(found.Block);
        RpcError? error = source.Error
            ?? await traces.FetchAsync(source.Value!, found.Index + 1, cancellation).ConfigureAwait(false);
        return error is not null ? error : traces.InTurn(stream => Run(source.Value!, found.Index, write, stream));
    }

    private RpcError? Run(
        ReplaySource source, int index, Func<BlockReplay, RpcValueStream, RpcError?> write, RpcValueStream stream)
    {
        BlockReplay replay = new(traces.Ledger, source);
        return replay.SkipTo(index, stream.Cancellation) ?? write(replay, stream);
    }
}
