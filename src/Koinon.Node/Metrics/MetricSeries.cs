namespace Koinon.Node.Metrics;

/// <summary>One row of numbers: a sum or a last value, and the counts of a histogram.</summary>
/// <param name="bounds">The upper bounds of the histogram's buckets, where it is one.</param>
internal sealed class MetricSeries(double[]? bounds)
{
    private readonly long[] _counts = new long[(bounds?.Length ?? 0) + 1];
    private double _sum;

    /// <summary>The sum of all measurements, or the last one.</summary>
    public double Sum => Volatile.Read(ref _sum);

    /// <summary>How many measurements fell into a bucket.</summary>
    public long CountOf(int bucket) => Interlocked.Read(ref _counts[bucket]);

    /// <summary>Adds a measurement.</summary>
    public void Add(double value)
    {
        double seen = Volatile.Read(ref _sum);
        while (true)
        {
            double before = Interlocked.CompareExchange(ref _sum, seen + value, seen);
            if (before.Equals(seen))
            {
                break;
            }

            seen = before;
        }

        if (bounds is not null)
        {
            int bucket = Array.BinarySearch(bounds, value);
            Interlocked.Increment(ref _counts[bucket < 0 ? ~bucket : bucket]);
        }
    }

    /// <summary>Takes a measurement as it is.</summary>
    public void Set(double value) => Volatile.Write(ref _sum, value);
}
