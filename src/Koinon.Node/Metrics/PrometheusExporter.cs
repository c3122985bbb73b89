using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Koinon.Node.Metrics;

/// <summary>Collects what meters measure, and shows it as Prometheus reads it.</summary>
/// <remarks>
/// Thread-safe. It hears the meters it is given and those of the process, so that two chains of one process are not
/// mixed. A series costs a few words; names of methods and reasons are few, and nothing of a caller's own making
/// becomes a label.
/// </remarks>
public sealed class PrometheusExporter : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Instrument, MetricFamily> _families = new();
    private readonly Lock _scrape = new();

    /// <summary>Begins to collect.</summary>
    /// <param name="meters">The meters.</param>
    /// <param name="shared">The names of meters of the whole process that are heard as well.</param>
    public PrometheusExporter(IEnumerable<Meter> meters, params string[] shared)
    {
        HashSet<Meter> heard = [.. meters];
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (heard.Contains(instrument.Meter) || shared.Contains(instrument.Meter.Name))
            {
                listener.EnableMeasurementEvents(
                    instrument, _families.GetOrAdd(instrument, static one => new MetricFamily(one)));
            }
        };
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, family) => Take(value, tags, family));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, family) => Take(value, tags, family));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, family) => Take(value, tags, family));
        _listener.Start();
    }

    /// <summary>The media type of the text.</summary>
    public static string ContentType => "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Writes everything as it is now.</summary>
    public void WriteTo(IBufferWriter<byte> output)
    {
        lock (_scrape)
        {
            _listener.RecordObservableInstruments();
            foreach (MetricFamily family in _families.Values.OrderBy(static one => one.Name, StringComparer.Ordinal))
            {
                family.WriteTo(output);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private static void Take(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? family) =>
        (family as MetricFamily)?.Take(value, tags);
}
