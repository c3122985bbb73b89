using System.Threading.Channels;
using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Logs;

/// <summary>Finds logs of the chain by its index, within bounds of time and memory.</summary>
/// <param name="blocks">Finds blocks.</param>
/// <param name="limits">The bounds.</param>
/// <param name="metrics">Counts the work.</param>
/// <param name="clock">Measures the time.</param>
/// <remarks>
/// Thread-safe. A search goes in slices: between two of them others have their turn, and of the long ones only a few
/// are on their way at once, so that no search keeps other calls waiting.
/// </remarks>
public sealed class ChainLogs(BlockLookup blocks, RpcLimits limits, RpcMetrics metrics, TimeProvider clock)
{
    private const int SliceBlocks = 64;
    private const long SliceSteps = 4096;

    /// <summary>How often a search begins again because the chain was reorganised under it.</summary>
    private const int RestartsMax = 3;

    // A place for each long search that may be on its way.
    private readonly Channel<bool> _long = Channel.CreateBounded<bool>(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>
    /// Whether blocks that are not there count as blocks without logs, as on Hardhat's chain; a range that names one is
    /// refused otherwise.
    /// </summary>
    public bool IsLenient { get; init; }

    /// <summary>The logs that a filter asks for, in their order; many are written while they are sent.</summary>
    internal async ValueTask<RpcAnswer> FindAsync(LogFilter filter, CancellationToken cancellation)
    {
        if (filter.BlockHash is { } hash)
        {
            return OfBlock(filter, hash);
        }

        RpcResult<LogRange> range = IsLenient
            ? LogRange.Within(filter, blocks, limits.LogRangeMax)
            : LogRange.Of(filter, blocks, limits.LogRangeMax);
        if (range.Error is not null)
        {
            return RpcAnswer.Of(range.Error);
        }

        if (range.Value.IsEmpty)
        {
            return RpcAnswer.OfJson("[]"u8.ToArray());
        }

        long began = clock.GetTimestamp();
        for (int restart = 0; ; restart++)
        {
            ulong sequence = blocks.Ledger.Sequence;
            RpcAnswer found = await FindAsync(filter, range.Value, began, cancellation).ConfigureAwait(false);
            if (restart == RestartsMax || !WasReorganised(sequence, range.Value))
            {
                return found;
            }
        }
    }

    private RpcAnswer OfBlock(LogFilter filter, in Hash256 hash)
    {
        if (blocks.Find(BlockReference.Hashed(hash)) is not { } block)
        {
            return RpcAnswer.Of(RpcError.Server("unknown block"));
        }

        using LogCollection logs = new(filter, blocks.Ledger);
        logs.Add(block, positions: null);
        return logs.ToAnswer();
    }

    private async ValueTask<RpcAnswer> FindAsync(
        LogFilter filter, LogRange range, long began, CancellationToken cancellation)
    {
        LogSearch search = blocks.Ledger.FindLogs(new LogQuery
        {
            From = range.From,
            To = range.To,
            Addresses = filter.Addresses,
            Topics = filter.Topics,
        });
        using LogCollection logs = new(filter, blocks.Ledger);
        bool isLong = false;
        try
        {
            while (true)
            {
                if (Read(search, range, logs) is { } refusal)
                {
                    return RpcAnswer.Of(refusal);
                }

                if (search.IsFinished)
                {
                    return logs.ToAnswer();
                }

                if (clock.GetElapsedTime(began) > limits.LogsTimeMax)
                {
                    return RpcAnswer.Of(OutOfTime(range, search.Next));
                }

                cancellation.ThrowIfCancellationRequested();
                if (isLong)
                {
                    await Task.Yield();
                }
                else
                {
                    isLong = await TryTakePlaceAsync(began, cancellation).ConfigureAwait(false);
                    if (!isLong)
                    {
                        return RpcAnswer.Of(OutOfTime(range, search.Next));
                    }
                }
            }
        }
        finally
        {
            metrics.LogSearched(search.Steps, logs.Count);
            if (isLong)
            {
                _long.Reader.TryRead(out _);
            }
        }
    }

    /// <summary>Waits for a place among the long searches; the waiting counts as searching.</summary>
    private async ValueTask<bool> TryTakePlaceAsync(long began, CancellationToken cancellation)
    {
        TimeSpan left = limits.LogsTimeMax - clock.GetElapsedTime(began);
        using CancellationTokenSource deadline = new(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock);
        using CancellationTokenSource either =
            CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            await _long.Writer.WriteAsync(true, either.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Reads a slice.</summary>
    /// <returns>Why the search ends, if so.</returns>
    private RpcError? Read(LogSearch search, LogRange range, LogCollection logs)
    {
        foreach (LogMatch match in search.Read(SliceBlocks, SliceSteps))
        {
            int before = logs.Count;
            logs.Add(match.Block, match.Positions);

            // One block is always answered: there is no smaller range to ask for.
            bool isTooMany = before > 0 && (logs.Count > limits.LogsMax || logs.Bytes > limits.ResponseBytesMax);
            if (isTooMany)
            {
                ulong last = match.Block.Number - 1;
                string what = logs.Count > limits.LogsMax
                    ? $"query exceeds max results {limits.LogsMax}"
                    : $"query exceeds max response size {limits.ResponseBytesMax}";
                return LogRange.Refuse(
                    RpcErrorCode.InvalidParameters,
                    $"{what}, retry with the range {range.From}-{last}",
                    range.From,
                    last);
            }
        }

        return null;
    }

    private RpcError OutOfTime(LogRange range, ulong next)
    {
        ulong last = next > range.From ? next - 1 : range.From;
        return LogRange.Refuse(
            RpcErrorCode.Timeout,
            $"query timed out after {limits.LogsTimeMax.TotalSeconds} s, retry with the range {range.From}-{last}",
            range.From,
            last);
    }

    /// <summary>Whether blocks of the range were taken out since: then what was found is of two chains.</summary>
    private bool WasReorganised(ulong sequence, LogRange range)
    {
        bool areKept = blocks.Ledger.TryGetChangesAfter(sequence, out IReadOnlyList<HeadChange> changes);
        return !areKept || changes.Any(change => change.Removed.Count > 0 && change.Ancestor.Number < range.To);
    }
}
