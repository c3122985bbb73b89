using Koinon.Chain.Ledger;
using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.Time;

/// <summary>Which times the next block may be given.</summary>
internal static class TimestampRule
{
    /// <summary>What is wrong with a time, or <see langword="null"/>.</summary>
    /// <param name="timestamp">The time.</param>
    /// <param name="head">The block before.</param>
    /// <param name="manner">Whose manners the chain has.</param>
    public static RpcError? Check(ulong timestamp, LedgerBlock head, Manner manner)
    {
        ulong last = head.Header.Timestamp;
        if (manner == Manner.Anvil)
        {
            // The head's own time is taken, and the block comes a second later: a chain's times rise.
            return timestamp < last
                ? RpcError.InvalidParameters(
                    $"Timestamp error: {timestamp} is lower than previous block's timestamp {last}")
                : null;
        }

        return timestamp > last ? null
            : timestamp < last ? RpcError.Server(
                $"Timestamp {timestamp} is lower than the previous block's timestamp {last}")
            : RpcError.Server(
                $"Timestamp {timestamp} is equal to the previous block's timestamp. Enable the "
                + "'allowBlocksWithSameTimestamp' option to allow this");
    }
}
