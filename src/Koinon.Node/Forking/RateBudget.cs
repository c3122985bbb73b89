namespace Koinon.Node.Forking;

/// <summary>A bucket of units that fills at a steady pace: a second's worth may be spent at once, no more.</summary>
/// <param name="unitsPerSecond">The pace; <see langword="null"/> where nothing is limited.</param>
/// <param name="time">Says how much time has passed.</param>
/// <remarks>Safe from any thread. Who must wait is served in the order of coming.</remarks>
internal sealed class RateBudget(int? unitsPerSecond, TimeProvider time)
{
    private readonly Lock _gate = new();

    // When the bucket would be full again, if nothing more were taken: it holds what fits before that instant.
    private long _fullAt;

    /// <summary>Takes units, and waits until they are there.</summary>
    public async ValueTask TakeAsync(int units, CancellationToken cancellation)
    {
        TimeSpan wait = Reserve(units);
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, cancellation).ConfigureAwait(false);
        }
    }

    private TimeSpan Reserve(int units)
    {
        if (unitsPerSecond is not { } pace)
        {
            return TimeSpan.Zero;
        }

        lock (_gate)
        {
            long now = time.GetTimestamp();
            long second = time.TimestampFrequency;
            long cost = second * units / pace;
            _fullAt = Math.Max(_fullAt, now) + cost;
            return TimeSpan.FromSeconds((double)(_fullAt - second - now) / second);
        }
    }
}
