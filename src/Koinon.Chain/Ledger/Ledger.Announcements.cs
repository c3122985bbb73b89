namespace Koinon.Chain.Ledger;

/// <content>Telling of the moves of the head, in their order.</content>
public sealed partial class Ledger
{
    /// <summary>Most bytes of blocks that the kept moves of the head hold.</summary>
    private const long ChangesWeightMax = 64L * 1024 * 1024;

    /// <summary>Announces every later move of the head, in order.</summary>
    /// <param name="handler">
    /// Called by the thread that moves the head, before the next move: it must be quick and must not write to the
    /// ledger.
    /// </param>
    /// <returns>Ends the subscription when disposed.</returns>
    public IDisposable Subscribe(Action<HeadChange> handler)
    {
        lock (_writer)
        {
            _handlers = _handlers.Add(handler);
        }

        return new Subscription(this, handler);
    }

    /// <summary>The moves after one that is known, for those who resume.</summary>
    /// <param name="sequence">The last move that the caller saw; 0 for none.</param>
    /// <param name="changes">The moves after it, in order.</param>
    /// <returns>Whether all of them are still kept.</returns>
    public bool TryGetChangesAfter(ulong sequence, out IReadOnlyList<HeadChange> changes)
    {
        lock (_gate)
        {
            List<HeadChange> after = [];
            foreach (HeadChange change in _changes)
            {
                if (change.Sequence > sequence)
                {
                    after.Add(change);
                }
            }

            changes = after;
            return sequence + (ulong)after.Count == _sequence;
        }
    }

    /// <summary>Counts a change, keeps it for those who resume, and tells those who listen.</summary>
    private void Announce(HeadChange change)
    {
        lock (_gate)
        {
            Volatile.Write(ref _sequence, change.Sequence);
            _layers.Prune(change.Head.Number, _options);
            _changes.Enqueue(change);
            _changesWeight += WeightOf(change);
            while (_changes.Count > _options.HeadChangesKept || _changesWeight > ChangesWeightMax && _changes.Count > 1)
            {
                _changesWeight -= WeightOf(_changes.Dequeue());
            }
        }

        foreach (Action<HeadChange> handler in _handlers)
        {
            handler(change);
        }
    }

    private static long WeightOf(HeadChange change)
    {
        long weight = 256;
        if (change.Removed is GivenUpBlocks many)
        {
            return weight + many.Weight;
        }

        foreach (LedgerBlock block in change.Removed)
        {
            weight += block.Weight;
        }

        foreach (LedgerBlock block in change.Added)
        {
            weight += block.Weight;
        }

        return weight;
    }

    private void Unsubscribe(Action<HeadChange> handler)
    {
        lock (_writer)
        {
            _handlers = _handlers.Remove(handler);
        }
    }

    private sealed class Subscription(Ledger ledger, Action<HeadChange> handler) : IDisposable
    {
        public void Dispose() => ledger.Unsubscribe(handler);
    }
}
