using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Requests;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Trace;

/// <summary><c>trace_filter</c>: the calls of a range of blocks that fit a filter.</summary>
/// <param name="traces">Runs them.</param>
/// <remarks>
/// The blocks are run again, so their number is bounded; a bound that is met is named, which is why nothing is sent
/// before the end.
/// </remarks>
public sealed class TraceFilterMethod(TraceRunner traces) : RpcStreamMethod<TraceFilter>
{
    /// <inheritdoc/>
    public override string Name => "trace_filter";

    /// <inheritdoc/>
    protected override TraceFilter Read(ref ParameterReader reader) => reader.Required(TraceFilterReader.Read);

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<RpcStreamBody>> OpenAsync(
        TraceFilter parameters, CancellationToken cancellation)
    {
        RpcResult<LedgerBlock> from = traces.Blocks.Require(parameters.From);
        RpcResult<LedgerBlock> to = traces.Blocks.Require(parameters.To);
        if ((from.Error ?? to.Error) is { } unknown)
        {
            return unknown;
        }

        ulong first = Math.Max(from.Value!.Number, traces.Ledger.GenesisBlock.Number + 1);
        ulong last = to.Value!.Number;
        if (from.Value!.Number > last)
        {
            return RpcError.InvalidParameters($"invalid block range: fromBlock {first} is after toBlock {last}");
        }

        if (last >= first && last - first >= traces.Limits.FilterBlocksMax)
        {
            return RpcError.InvalidParameters(
                $"block range of {last - first + 1} is too wide: at most {traces.Limits.FilterBlocksMax} are traced");
        }

        RpcError? error = await FetchAsync(first, last, cancellation).ConfigureAwait(false);
        return error is not null ? error : traces.InTurn(stream => Write(parameters, first, last, stream));
    }

    private async ValueTask<RpcError?> FetchAsync(ulong first, ulong last, CancellationToken cancellation)
    {
        for (ulong number = first; number <= last && !traces.Calls.Reader.IsLocal; number++)
        {
            RpcResult<ReplaySource> source = SourceOf(number);
            RpcError? error = source.Error
                ?? await traces.FetchAsync(source.Value!, source.Value!.Count, cancellation).ConfigureAwait(false);
            if (error is not null)
            {
                return error;
            }
        }

        return null;
    }

    private RpcResult<ReplaySource> SourceOf(ulong number) =>
        traces.Ledger.TryGet(number, out LedgerBlock? block)
            ? traces.SourceOf(block)
            : RpcError.Server($"block #{number} not found");

    private RpcError? Write(TraceFilter filter, ulong first, ulong last, RpcValueStream stream)
    {
        Window window = new(filter, traces.Limits.FilterTracesMax);
        stream.Json.WriteStartArray();
        for (ulong number = first; number <= last && !window.IsDone; number++)
        {
            RpcResult<ReplaySource> source = SourceOf(number);
            if ((source.Error ?? WriteBlock(source.Value!, window, stream)) is { } error)
            {
                return error;
            }
        }

        stream.Json.WriteEndArray();
        return window.IsOverLimit
            ? RpcError.InvalidParameters(
                $"more than {traces.Limits.FilterTracesMax} traces fit: ask for fewer blocks, or use count and after")
            : null;
    }

    private RpcError? WriteBlock(ReplaySource source, Window window, RpcValueStream stream)
    {
        if (source.Count > 0)
        {
            BlockReplay replay = new(traces.Ledger, source);
            TracerChoice choice = LocalizedTracer.Choose(window.Takes, isHeld: true);
            while (replay.Next < source.Count && !window.IsDone)
            {
                if (traces.TraceNext(replay, choice, timeout: null, stream) is { } error)
                {
                    return error;
                }
            }
        }

        new BlockRewards(traces.Ledger).Write(stream.Json, source, author => window.Takes(null, author));
        return null;
    }

    /// <summary>Counts those that fit.</summary>
    private sealed class Window(TraceFilter filter, int most)
    {
        private ulong _seen;
        private ulong _taken;

        public bool IsOverLimit => _taken > (ulong)most;

        public bool IsDone => IsOverLimit || _taken >= (filter.Count ?? ulong.MaxValue);

        public bool Takes(FlatTrace item) => Takes(item.Trace.From, item.Trace.To);

        public bool Takes(Address? sender, Address recipient)
        {
            if (IsDone || !filter.Matches(sender, recipient) || _seen++ < filter.After)
            {
                return false;
            }

            _taken++;
            return !IsOverLimit;
        }
    }
}
