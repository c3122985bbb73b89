using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Tracing;

/// <summary>The time that a traced run may take, and the caller's patience, as one token.</summary>
/// <remarks>One owner, one thread. Time in which the reader of the result is waited for does not count.</remarks>
internal sealed class TraceClock : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly CancellationToken _caller;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _source;
    private TimeSpan _used;
    private long _start;

    /// <summary>Starts the clock.</summary>
    /// <param name="limit">The time allowed.</param>
    /// <param name="time">Tells the time.</param>
    /// <param name="caller">Ends when the caller has gone.</param>
    public TraceClock(TimeSpan limit, TimeProvider time, CancellationToken caller)
    {
        _limit = limit;
        _caller = caller;
        _time = time;
        _source = CancellationTokenSource.CreateLinkedTokenSource(caller);
        Resume();
    }

    /// <summary>Ends when time is over or the caller has gone.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Stops the clock.</summary>
    public void Pause()
    {
        _source.CancelAfter(Timeout.InfiniteTimeSpan);
        _used += _time.GetElapsedTime(_start);
    }

    /// <summary>Lets it go on.</summary>
    public void Resume()
    {
        _start = _time.GetTimestamp();
        _source.CancelAfter(_used < _limit ? _limit - _used : TimeSpan.Zero);
    }

    /// <summary>What a run is answered with that was ended.</summary>
    /// <exception cref="OperationCanceledException">The caller has gone: nobody is there to be answered.</exception>
    public RpcError Error()
    {
        _caller.ThrowIfCancellationRequested();
        return RpcError.Server("execution timeout");
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();
}
