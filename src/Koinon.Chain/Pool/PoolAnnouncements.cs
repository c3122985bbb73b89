using System.Collections.Immutable;

namespace Koinon.Chain.Pool;

/// <summary>Tells of changes outside of the lock under which they happened, in their order.</summary>
internal sealed class PoolAnnouncements
{
    // Held while handlers run, so that two threads do not tell in another order than they changed.
    private readonly Lock _telling = new();
    private readonly Lock _gate = new();
    private readonly Queue<PoolChange> _waiting = [];
    private ImmutableList<Action<PoolChange>> _handlers = [];

    internal IDisposable Subscribe(Action<PoolChange> handler)
    {
        lock (_gate)
        {
            _handlers = _handlers.Add(handler);
        }

        return new Subscription(this, handler);
    }

    /// <summary>Notes a change; called under the lock under which it happened.</summary>
    internal void Note(PoolChange change)
    {
        lock (_gate)
        {
            if (_handlers.Count > 0)
            {
                _waiting.Enqueue(change);
            }
        }
    }

    /// <summary>Tells what is noted; called without the lock under which it happened.</summary>
    /// <remarks>When it returns, all that was noted before has been told, by whomever.</remarks>
    internal void Tell()
    {
        lock (_telling)
        {
            while (TryNext(out PoolChange? change, out ImmutableList<Action<PoolChange>> handlers))
            {
                foreach (Action<PoolChange> handler in handlers)
                {
                    handler(change!);
                }
            }
        }
    }

    private bool TryNext(out PoolChange? change, out ImmutableList<Action<PoolChange>> handlers)
    {
        lock (_gate)
        {
            handlers = _handlers;
            return _waiting.TryDequeue(out change);
        }
    }

    private void Unsubscribe(Action<PoolChange> handler)
    {
        lock (_gate)
        {
            _handlers = _handlers.Remove(handler);
        }
    }

    private sealed class Subscription(PoolAnnouncements announcements, Action<PoolChange> handler) : IDisposable
    {
        public void Dispose() => announcements.Unsubscribe(handler);
    }
}
