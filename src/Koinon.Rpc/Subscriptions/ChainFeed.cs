using System.Threading.Channels;
using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Primitives.Transactions;
using Microsoft.Extensions.Logging;

namespace Koinon.Rpc.Subscriptions;

/// <summary>
/// Brings what happens on the chain to those who subscribed, in one order for all, outside of every lock of the chain.
/// </summary>
/// <remarks>
/// Thread-safe. The chain only notes what happened; one loop tells it. What is asked of the feed is done at its place
/// in that order: after everything that had happened when it was asked. While nobody listens nothing is noted, and
/// while nothing happens no thread is held.
/// </remarks>
public sealed partial class ChainFeed : IAsyncDisposable
{
    private readonly Channel<object> _items = Channel.CreateUnbounded<object>(
        new UnboundedChannelOptions { SingleReader = true });

    // Of the loop alone.
    private readonly List<IFeedListener> _listeners = [];

    private readonly ILogger<ChainFeed> _logger;
    private readonly IDisposable _heads;
    private readonly IDisposable _pending;
    private readonly Task _loop;
    private int _listenerCount;

    /// <summary>A feed that follows a chain from now on.</summary>
    /// <param name="ledger">Whose head is followed.</param>
    /// <param name="pool">What waits for a block.</param>
    /// <param name="logger">Gets what a listener threw; it throws only by a defect.</param>
    public ChainFeed(Ledger ledger, TransactionPool pool, ILogger<ChainFeed> logger)
    {
        _logger = logger;
        _heads = ledger.Subscribe(Note);
        _pending = pool.Subscribe(Note);
        _loop = Task.Run(TellAsync);
    }

    /// <summary>How many listen.</summary>
    public int ListenerCount => Volatile.Read(ref _listenerCount);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _heads.Dispose();
        _pending.Dispose();
        _items.Writer.TryComplete();
        await _loop.ConfigureAwait(false);
    }

    /// <summary>Tells a listener of everything that happens from now on.</summary>
    /// <returns>Ends it when disposed.</returns>
    internal IDisposable Subscribe(IFeedListener listener)
    {
        Interlocked.Increment(ref _listenerCount);
        Subscription subscription = new(this, listener);
        _items.Writer.TryWrite((Action)(() => _listeners.Add(subscription)));
        return subscription;
    }

    /// <summary>Tells everybody that nothing will happen on the chain any more.</summary>
    /// <param name="reason">Why, in words for people.</param>
    public void End(string reason) =>
        _items.Writer.TryWrite((Action)(() => _listeners.ForEach(listener => listener.OnEnd(reason))));

    /// <summary>Does something at its place in the order of events, alone with all listeners.</summary>
    internal Task<T> InvokeAsync<T>(Func<T> action)
    {
        TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        bool isTaken = _items.Writer.TryWrite((Action)(() =>
        {
            try
            {
                done.SetResult(action());
            }
            catch (Exception reason)
            {
                done.SetException(reason);
            }
        }));
        if (!isTaken)
        {
            done.SetCanceled();
        }

        return done.Task;
    }

    private void Note(HeadChange change)
    {
        if (ListenerCount > 0 && !change.IsEdit)
        {
            _items.Writer.TryWrite(change);
        }
    }

    private void Note(PoolChange change)
    {
        if (ListenerCount > 0 && change.Kind is (PoolChangeKind.Added or PoolChangeKind.Promoted))
        {
            _items.Writer.TryWrite(change.Pooled.Transaction);
        }
    }

    private async Task TellAsync()
    {
        await foreach (object item in _items.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                Tell(item);
            }
            catch (Exception reason)
            {
                // The edge of an event: the next one must not suffer from a defect.
                LogDefect(_logger, reason);
            }
        }
    }

    private void Tell(object item)
    {
        switch (item)
        {
            case Action action:
                action();
                break;
            case HeadChange change:
                HeadEvent head = new(change);
                _listeners.ForEach(listener => listener.OnHead(head));
                break;
            case Transaction transaction:
                PendingEvent pending = new(transaction);
                _listeners.ForEach(listener => listener.OnPending(pending));
                break;
        }
    }

    private void Remove(IFeedListener listener)
    {
        Interlocked.Decrement(ref _listenerCount);
        _items.Writer.TryWrite((Action)(() => _listeners.Remove(listener)));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "An event could not be told to all who subscribed")]
    private static partial void LogDefect(ILogger logger, Exception reason);

    private sealed class Subscription(ChainFeed feed, IFeedListener listener) : IFeedListener, IDisposable
    {
        private int _isOver;

        public void OnEnd(string reason) => listener.OnEnd(reason);

        public void OnHead(HeadEvent head)
        {
            if (Volatile.Read(ref _isOver) == 0)
            {
                listener.OnHead(head);
            }
        }

        public void OnPending(PendingEvent pending)
        {
            if (Volatile.Read(ref _isOver) == 0)
            {
                listener.OnPending(pending);
            }
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 0)
            {
                feed.Remove(this);
            }
        }
    }
}
