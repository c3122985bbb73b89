using System.Threading.Channels;

namespace Koinon.Node.Tests.Hosting;

/// <summary>A time in which a wait is over when the test says so.</summary>
internal sealed class HeldTime : TimeProvider
{
    private readonly Channel<HeldTimer> _timers = Channel.CreateUnbounded<HeldTimer>();

    public override long GetTimestamp() => 0;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        HeldTimer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Ends a wait of that length, when there is one; what follows it is done on this thread.</summary>
    public async Task EndAsync(TimeSpan wait, CancellationToken cancellation)
    {
        while (true)
        {
            HeldTimer timer = await _timers.Reader.ReadAsync(cancellation);
            if (timer.Due == wait)
            {
                timer.Fire();
                return;
            }
        }
    }

    private sealed class HeldTimer(HeldTime time, TimerCallback callback, object? state) : ITimer
    {
        public TimeSpan Due { get; private set; } = Timeout.InfiniteTimeSpan;

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Due = dueTime;
            return dueTime == Timeout.InfiniteTimeSpan || time._timers.Writer.TryWrite(this);
        }

        public void Dispose() => Due = Timeout.InfiniteTimeSpan;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
