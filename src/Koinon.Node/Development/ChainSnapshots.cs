using Koinon.Chain.Building;
using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Primitives;
using Koinon.Rpc.Development.Snapshots;
using Koinon.Rpc.Subscriptions;

namespace Koinon.Node.Development;

/// <summary>The snapshots of a development chain: a mark in the ledger and a few words beside it.</summary>
/// <remarks>
/// A revert brings back blocks, states, what waited in the pool, who receives the fees, what was wished of the next
/// block, the time, and the filters with what they held; subscriptions hear of it as of any move of the head. What
/// makes blocks come, their gas limit and who is impersonated stay as they are, as in Hardhat.
/// </remarks>
internal sealed class ChainSnapshots(
    Ledger ledger, TransactionPool pool, BlockProducer producer, DevelopmentClock clock, FilterStore filters)
    : ISnapshots
{
    // Guards the list; the producer's turn, which orders all writers, is taken before it.
    private readonly Lock _gate = new();
    private readonly List<Snapshot> _taken = [];
    private ulong _lastId;

    /// <inheritdoc/>
    public IReadOnlyList<SnapshotPlace> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _taken.Select(static one => new SnapshotPlace(one.Id, one.Mark.Number, one.Mark.Hash))];
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ulong> TakeAsync(CancellationToken cancellation)
    {
        FilterSnapshot? held = filters.Count == 0 ? null : await filters.SnapshotAsync().ConfigureAwait(false);
        return await producer.ExclusiveAsync(() => Take(held), cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> RevertAsync(ulong id, CancellationToken cancellation)
    {
        Snapshot? wanted = await producer.ExclusiveAsync(() => Revert(id), cancellation).ConfigureAwait(false);
        if (wanted?.Filters is { } held)
        {
            await filters.RestoreAsync(held).ConfigureAwait(false);
        }

        return wanted is not null;
    }

    /// <summary>Forgets those that lie above a block: they cannot be gone back to any more.</summary>
    internal void ForgetAbove(ulong number)
    {
        lock (_gate)
        {
            _taken.RemoveAll(one => one.Mark.Number > number);
        }
    }

    /// <summary>Forgets all; ids begin anew.</summary>
    internal void Clear()
    {
        lock (_gate)
        {
            _taken.Clear();
            _lastId = 0;
        }
    }

    private ulong Take(FilterSnapshot? held)
    {
        LedgerMark mark = ledger.Mark();
        PoolMark waiting = pool.Mark();
        lock (_gate)
        {
            _taken.Add(new Snapshot(
                ++_lastId, mark, clock.Save(), producer.Next, producer.Settings.Beneficiary, waiting, held));
            return _lastId;
        }
    }

    private Snapshot? Revert(ulong id)
    {
        Snapshot wanted;
        lock (_gate)
        {
            int index = _taken.FindIndex(one => one.Id == id);
            if (index < 0)
            {
                return null;
            }

            wanted = _taken[index];
            _taken.RemoveRange(index, _taken.Count - index);
        }

        if (!ledger.Revert(wanted.Mark))
        {
            return null;
        }

        pool.Restore(wanted.Waiting);

        producer.AmendSettings(settings => settings with { Beneficiary = wanted.Beneficiary });
        producer.AmendNext(_ => wanted.Next);
        clock.Restore(wanted.Clock, ledger.Head);
        return wanted;
    }

    private sealed record Snapshot(
        ulong Id,
        LedgerMark Mark,
        ClockState Clock,
        NextBlock Next,
        Address Beneficiary,
        PoolMark Waiting,
        FilterSnapshot? Filters);
}
