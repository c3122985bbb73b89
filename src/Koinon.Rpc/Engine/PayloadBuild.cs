using Koinon.Chain.Building;
using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Primitives.Transactions;

namespace Koinon.Rpc.Engine;

/// <summary>One build process: an empty block at first, then better ones from the pool until it is asked for.</summary>
/// <remarks>Safe from any thread.</remarks>
internal sealed class PayloadBuild : IDisposable
{
    /// <summary>How long after its block's time a payload is no longer worth improving.</summary>
    private static readonly TimeSpan Slot = TimeSpan.FromSeconds(12);

    /// <summary>How long a payload is improved whose block's time is far away.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly BlockBuilder _builder;
    private readonly TransactionPool _pool;
    private readonly LedgerBlock _parent;
    private readonly BuildRequest _request;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly Lock _life = new();
    private bool _isOver;
    private BuiltPayload _best;
    private ulong? _builtFrom;

    private PayloadBuild(
        BlockBuilder builder, TransactionPool pool, LedgerBlock parent, BuildRequest request, BuiltPayload empty)
    {
        _builder = builder;
        _pool = pool;
        _parent = parent;
        _request = request;
        _best = empty;
    }

    /// <summary>Begins a process.</summary>
    /// <param name="builder">Builds the blocks.</param>
    /// <param name="pool">Where their transactions come from.</param>
    /// <param name="parent">The block they follow.</param>
    /// <param name="request">What they are to be like.</param>
    /// <param name="clock">Says when it is too late.</param>
    /// <returns><see langword="null"/> where not even an empty block can be built.</returns>
    public static PayloadBuild? Begin(
        BlockBuilder builder, TransactionPool pool, LedgerBlock parent, BuildRequest request, TimeProvider clock)
    {
        BuildResult empty = builder.Build(parent, [], request, CancellationToken.None);
        if (empty.Block is not { } block)
        {
            return null;
        }

        PayloadBuild build = new(builder, pool, parent, request, BuiltPayload.Of(block, static _ => null)!);
        CancellationToken stop = build._stop.Token;
        _ = Task.Run(() => build.ImproveAsync(clock, stop), CancellationToken.None);
        return build;
    }

    /// <summary>Ends the process, with the pool as it is now.</summary>
    public BuiltPayload Finish()
    {
        Stop();
        Improve();
        return Volatile.Read(ref _best);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        _stop.Dispose();
    }

    // Whoever asks for a payload may be overtaken by newer builds, which put this one away.
    private void Stop()
    {
        lock (_life)
        {
            if (!_isOver)
            {
                _isOver = true;
                _stop.Cancel();
            }
        }
    }

    private async Task ImproveAsync(TimeProvider clock, CancellationToken stop)
    {
        DateTimeOffset end =
            DateTimeOffset.FromUnixTimeSeconds((long)Math.Min(_request.Timestamp, int.MaxValue)) + Slot;
        DateTimeOffset last = clock.GetUtcNow() + Longest;
        end = end < last ? end : last;
        try
        {
            do
            {
                Improve();
                await Task.Delay(Pause, clock, stop).ConfigureAwait(false);
            }
            while (clock.GetUtcNow() < end);
        }
        catch (OperationCanceledException)
        {
            // It was asked for, or others took its place.
        }
    }

    /// <summary>Builds from what waits now, where that is not what was built from last.</summary>
    private void Improve()
    {
        lock (_gate)
        {
            ulong version = _pool.Version;
            if (_builtFrom == version)
            {
                return;
            }

            BuildResult result = _builder.Build(_pool, _parent, _request, CancellationToken.None);
            _builtFrom = version;
            if (result.Block is { } block
                && BuiltPayload.Of(block, SidecarOf) is { } built
                && (built.Value > _best.Value || _best.Block.Block.Transactions.Count == 0))
            {
                Volatile.Write(ref _best, built);
            }
        }
    }

    private BlobSidecar? SidecarOf(Transaction transaction) =>
        _pool.TryGet(transaction.Hash, out Transaction? pooled) ? pooled.Sidecar : null;
}
