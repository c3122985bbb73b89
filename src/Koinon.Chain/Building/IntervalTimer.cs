using System.Security.Cryptography;

namespace Koinon.Chain.Building;

/// <summary>Calls at a pace that can be changed, never twice at once. Idle, it owns no timer.</summary>
internal sealed class IntervalTimer : IAsyncDisposable
{
    private const int Parts = 1_000_000;

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly Func<Task> _tick;
    private readonly long _start;
    private ITimer? _timer;
    private MiningMode _mode = MiningMode.Manual;
    private TimeSpan _due;
    private Task _running = Task.CompletedTask;
    private bool _closed;

    internal IntervalTimer(TimeProvider time, Func<Task> tick)
    {
        _time = time;
        _tick = tick;
        _start = time.GetTimestamp();
    }

    /// <summary>Begins to wait anew where the pace differs; goes on as before where it does not.</summary>
    internal void Set(MiningMode mode)
    {
        lock (_gate)
        {
            bool isSame = mode.IntervalMin == _mode.IntervalMin && mode.IntervalMax == _mode.IntervalMax;
            _mode = mode;
            if (isSame || _closed)
            {
                return;
            }

            _timer?.Dispose();
            _timer = mode.IsInterval
                ? _time.CreateTimer(
                    static timer => ((IntervalTimer)timer!).OnDue(), this, Begin(), Timeout.InfiniteTimeSpan)
                : null;
        }
    }

    /// <summary>Stops, and returns when no call is under way.</summary>
    public async ValueTask DisposeAsync()
    {
        Task running;
        lock (_gate)
        {
            _closed = true;
            _timer?.Dispose();
            _timer = null;
            running = _running;
        }

        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private TimeSpan Now => _time.GetElapsedTime(_start);

    private TimeSpan Begin()
    {
        TimeSpan wait = Interval();
        _due = Now + wait;
        return wait;
    }

    private TimeSpan Interval()
    {
        TimeSpan min = _mode.IntervalMin ?? TimeSpan.Zero;
        TimeSpan max = _mode.IntervalMax ?? min;
        return max > min ? min + ((max - min) * (RandomNumberGenerator.GetInt32(Parts + 1) / (double)Parts)) : min;
    }

    private void OnDue()
    {
        lock (_gate)
        {
            if (_timer is { } timer && _running.IsCompleted)
            {
                _running = RunAsync(timer);
            }
        }
    }

    private async Task RunAsync(ITimer timer)
    {
        // The timer's own thread is left first: the gate is held here.
        await Task.Yield();
        try
        {
            await _tick().ConfigureAwait(false);
        }
        finally
        {
            WaitAnew(timer);
        }
    }

    /// <summary>Waits for the next time, whatever became of this one.</summary>
    private void WaitAnew(ITimer timer)
    {
        lock (_gate)
        {
            // The pace is kept from one due time to the next; what a slow block lost is not made up for in a rush.
            if (_timer == timer)
            {
                TimeSpan next = _due + Interval();
                TimeSpan now = Now;
                _due = next > now ? next : now;
                timer.Change(_due - now, Timeout.InfiniteTimeSpan);
            }
        }
    }
}
