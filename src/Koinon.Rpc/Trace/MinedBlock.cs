using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Requests;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Trace;

/// <summary>Runs the transactions of a block again.</summary>
/// <param name="traces">Runs them.</param>
internal sealed class MinedBlock(TraceRunner traces)
{
    /// <summary>Gives what writes a value made of the runs; <c>null</c> where there is no such block, and an empty list
    /// for the genesis.</summary>
    /// <param name="reference">The block.</param>
    /// <param name="write">Runs the transactions and writes the value.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async ValueTask<RpcResult<RpcStreamBody>> OpenAsync(
        BlockReference reference, Func<ReplaySource, RpcValueStream, RpcError?> write, CancellationToken cancellation)
    {
        if (traces.Blocks.Find(reference) is not { } block)
        {
            return EmptyAnswers.Null;
        }

        if (block.Number == traces.Ledger.GenesisBlock.Number)
        {
            return EmptyAnswers.List;
        }

        RpcResult<ReplaySource> source = traces.SourceOf(block);
        RpcError? error = source.Error
            ?? await traces.FetchAsync(source.Value!, source.Value!.Count, cancellation).ConfigureAwait(false);
        return error is not null ? error : traces.InTurn(stream => write(source.Value!, stream));
    }
}
