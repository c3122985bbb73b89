using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Tracing;

/// <summary>The time that a traced run may take, and the caller's patience, as one token.</summary>
/// <remarks>
/// One owner, one thread. Time in which the reader of the result is waited for does not count, and another run may take
/// its turn meanwhile: a reader that is slow holds nobody up.
/// </remarks>
internal sealed class TraceClock : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly CancellationToken _caller;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _turn;
    private readonly CancellationTokenSource _source;
    private TimeSpan _used;
    private long _start;

    /// <summary>Starts the clock.</summary>
    /// <param name="limit">The time allowed.</param>
    /// <param name="time">Tells the time.</param>
    /// <param name="turn">What the run has its turn of.</param>
    /// <param name="caller">Ends when the caller has gone.</param>
    public TraceClock(TimeSpan limit, TimeProvider time, SemaphoreSlim turn, CancellationToken caller)
    {
        _turn = turn;
        _limit = limit;
        _caller = caller;
        _time = time;
        _source = CancellationTokenSource.CreateLinkedTokenSource(caller);
        Start();
    }

    /// <summary>Ends when time is over or the caller has gone.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Stops the clock and gives up the turn while something is waited for.</summary>
    public void PauseFor(Action wait)
    {
        _source.CancelAfter(Timeout.InfiniteTimeSpan);
        _used += _time.GetElapsedTime(_start);
        _turn.Release();
        try
        {
            wait();
        }
        finally
        {
            // Whoever gave the turn takes it back: it must be had also where the caller has gone.
            _turn.Wait(CancellationToken.None);
        }

        Start();
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

    private void Start()
    {
        _start = _time.GetTimestamp();
        _source.CancelAfter(_used < _limit ? _limit - _used : TimeSpan.Zero);
    }
}
