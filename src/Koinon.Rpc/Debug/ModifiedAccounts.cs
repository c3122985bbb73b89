using Koinon.Chain;
using Koinon.Chain.Ledger;
using Koinon.Evm;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Debug;

/// <summary>Finds the accounts that blocks changed, by running them again.</summary>
/// <param name="traces">Runs them.</param>
/// <remarks>System contracts that write in every block are not named.</remarks>
internal sealed class ModifiedAccounts(TraceRunner traces)
{
    /// <summary>Gives what writes their addresses.</summary>
    /// <param name="first">The first block.</param>
    /// <param name="last">The last block.</param>
    public RpcResult<RpcStreamBody> Between(ulong first, ulong last)
    {
        if (first > last)
        {
            return RpcError.Server($"start block height ({first}) must be less than end block height ({last})");
        }

        return last - first < traces.Limits.FilterBlocksMax
            ? traces.InTurn(stream => Write(first, last, stream))
            : RpcError.InvalidParameters(
                $"block range of {last - first + 1} is too wide: at most {traces.Limits.FilterBlocksMax} are run");
    }

    private RpcError? Write(ulong first, ulong last, RpcValueStream stream)
    {
        SortedSet<Address> modified = [];
        for (ulong number = first; number <= last; number++)
        {
            RpcResult<ReplaySource> source = traces.Ledger.TryGet(number, out LedgerBlock? block)
                ? traces.SourceOf(block)
                : RpcError.Server($"block #{number} not found");
            if ((source.Error ?? Collect(source.Value!, modified, stream.Cancellation)) is { } error)
            {
                return error;
            }
        }

        stream.Json.WriteStartArray();
        foreach (Address address in modified)
        {
            HexWriter.Write(stream.Json, Address.AsSpan(in address));
            stream.FlushWhenFull();
        }

        stream.Json.WriteEndArray();
        return null;
    }

    private RpcError? Collect(ReplaySource source, SortedSet<Address> modified, CancellationToken cancellation)
    {
        BlockReplay replay = new(traces.Ledger, source);
        while (replay.Next < source.Count)
        {
            TransactionOutcome outcome = replay.Run(SilentListener.Instance, cancellation);
            cancellation.ThrowIfCancellationRequested();
            if (replay.ErrorOf(outcome) is { } error)
            {
                return error;
            }

            modified.UnionWith(outcome.Changes.Accounts.Keys);
            replay.Include(outcome);
        }

        foreach (Withdrawal withdrawal in source.Block.Withdrawals ?? [])
        {
            modified.Add(withdrawal.Address);
        }

        foreach (BalanceCredit credit in traces.Ledger.Consensus.RewardsOf(source.Block, source.Rules))
        {
            modified.Add(credit.Address);
        }

        return null;
    }
}
