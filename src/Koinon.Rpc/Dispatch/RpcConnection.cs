using System.Threading.Channels;

namespace Koinon.Rpc.Dispatch;

/// <summary>
/// A connection on which the caller can be told of events: its subscriptions, and the events that wait to be sent.
/// </summary>
/// <remarks>
/// Thread-safe; one transport takes the events. What waits is bounded in count and bytes: where a caller reads too
/// slowly,
/// all its subscriptions end, <see cref="Refusal"/> says why, and the transport tells it and closes. Nobody else waits.
/// </remarks>
public sealed class RpcConnection(RpcLimits limits) : IDisposable
{
    private readonly Channel<RpcNotification> _waiting = Channel.CreateUnbounded<RpcNotification>(
        new UnboundedChannelOptions { SingleReader = true });

    private readonly Dictionary<string, IDisposable> _subscriptions = [];
    private readonly CancellationTokenSource _refused = new();
    private readonly Lock _gate = new();
    private TaskCompletionSource? _held;
    private string? _refusal;
    private long _waitingBytes;
    private int _waitingCount;
    private bool _isClosed;

    /// <summary>
    /// Why the connection must be closed, in words for the caller; <see langword="null"/> while it need not.
    /// </summary>
    public string? Refusal => Volatile.Read(ref _refusal);

    /// <summary>Cancelled when there is a <see cref="Refusal"/>.</summary>
    public CancellationToken Refused => _refused.Token;

    /// <summary>How many subscriptions are open.</summary>
    public int SubscriptionCount
    {
        get
        {
            lock (_gate)
            {
                return _subscriptions.Count;
            }
        }
    }

    /// <summary>Tells the caller of an event, as soon as what waits before it is sent.</summary>
    /// <returns>Whether it is still told; <see langword="false"/> where the connection is over.</returns>
    public bool Notify(in RpcNotification notification)
    {
        int count = Interlocked.Increment(ref _waitingCount);
        long bytes = Interlocked.Add(ref _waitingBytes, notification.Result.Length);
        if (count > limits.NotificationsMax)
        {
            Refuse($"subscription queue full: more than {limits.NotificationsMax} events wait to be read");
            return false;
        }

        if (bytes > limits.NotificationBytesMax)
        {
            Refuse($"subscription queue full: events of more than {limits.NotificationBytesMax} bytes wait to be read");
            return false;
        }

        return _waiting.Writer.TryWrite(notification);
    }

    /// <summary>Waits for the next event.</summary>
    /// <returns>The event; <see langword="null"/> where the connection is over.</returns>
    public async ValueTask<RpcNotification?> NextAsync(CancellationToken cancellation)
    {
        while (await _waiting.Reader.WaitToReadAsync(cancellation).ConfigureAwait(false))
        {
            if (Volatile.Read(ref _held) is { } held)
            {
                await held.Task.WaitAsync(cancellation).ConfigureAwait(false);
            }

            if (Refusal is null && _waiting.Reader.TryRead(out RpcNotification next))
            {
                Interlocked.Decrement(ref _waitingCount);
                Interlocked.Add(ref _waitingBytes, -next.Result.Length);
                return next;
            }

            if (Refusal is not null)
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>Takes up a subscription; no event is sent until the answer with its id is.</summary>
    /// <param name="id">The id that the caller will know it by.</param>
    /// <param name="open">Opens it.</param>
    /// <returns>Why it is not opened, or <see langword="null"/>.</returns>
    internal RpcError? Subscribe(string id, Func<IDisposable> open)
    {
        lock (_gate)
        {
            if (_subscriptions.Count >= limits.SubscriptionsMax)
            {
                return new RpcError(
                    RpcErrorCode.LimitExceeded,
                    $"too many subscriptions: a connection has at most {limits.SubscriptionsMax}");
            }

            if (_isClosed)
            {
                return RpcError.Server("the connection is closed");
            }

            _held ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _subscriptions.Add(id, open());
            return null;
        }
    }

    /// <summary>Ends a subscription.</summary>
    /// <returns>Whether there was one.</returns>
    internal bool Unsubscribe(string id)
    {
        IDisposable? subscription;
        lock (_gate)
        {
            if (!_subscriptions.Remove(id, out subscription))
            {
                return false;
            }
        }

        subscription.Dispose();
        return true;
    }

    /// <summary>
    /// Lets the events of new subscriptions go: the transport calls it when an answer that keeps its order is sent.
    /// </summary>
    public void Answered()
    {
        if (Volatile.Read(ref _held) is not null)
        {
            Interlocked.Exchange(ref _held, null)?.SetResult();
        }
    }

    /// <summary>Ends every subscription.</summary>
    public void Dispose()
    {
        EndAll();
        _waiting.Writer.TryComplete();
        Answered();
        _refused.Dispose();
    }

    /// <summary>Has the connection closed.</summary>
    /// <param name="reason">Why, in words for the caller.</param>
    internal void End(string reason) => Refuse(reason);

    private void Refuse(string reason)
    {
        if (Interlocked.CompareExchange(ref _refusal, reason, null) is null)
        {
            _waiting.Writer.TryComplete();
            EndAll();
            Answered();
            _ = _refused.CancelAsync();
        }
    }

    private void EndAll()
    {
        IDisposable[] open;
        lock (_gate)
        {
            _isClosed = true;
            open = [.. _subscriptions.Values];
            _subscriptions.Clear();
        }

        foreach (IDisposable subscription in open)
        {
            subscription.Dispose();
        }
    }
}
