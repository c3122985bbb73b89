using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Koinon.Node.Metrics;

/// <summary>One instrument with its series: one for each set of labels.</summary>
internal sealed class MetricFamily
{
    /// <summary>More labels than this would be somebody's own making: the rest is summed in one series.</summary>
    private const int SeriesMax = 2_000;

    private static readonly double[] Durations =
        [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly ConcurrentDictionary<MetricLabels, MetricSeries> _series = new();
    private readonly string _description;
    private readonly string _type;
    private readonly double[]? _bounds;

    internal MetricFamily(Instrument instrument)
    {
        _description = (instrument.Description ?? "").Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);
        Type kind = instrument.GetType().GetGenericTypeDefinition();
        IsSum = kind == typeof(Counter<>) || kind == typeof(UpDownCounter<>);
        bool isMonotonic = kind == typeof(Counter<>) || kind == typeof(ObservableCounter<>);
        _bounds = kind == typeof(Histogram<>) ? BoundsOf(instrument) : null;
        _type = _bounds is not null ? "histogram" : isMonotonic ? "counter" : "gauge";
        Name = NameOf(instrument, isMonotonic);
    }

    /// <summary>The name as Prometheus spells it.</summary>
    public string Name { get; }

    /// <summary>Whether measurements are added up, not taken as they are.</summary>
    internal bool IsSum { get; }

    /// <summary>Takes a measurement.</summary>
    public void Take(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        MetricLabels labels = _series.Count < SeriesMax ? new MetricLabels(tags) : default;
        if (!_series.TryGetValue(labels, out MetricSeries? series))
        {
            series = _series.GetOrAdd(labels, _ => new MetricSeries(_bounds));
        }

        if (IsSum || _bounds is not null)
        {
            series.Add(value);
        }
        else
        {
            series.Set(value);
        }
    }

    /// <summary>Writes the series.</summary>
    public void WriteTo(IBufferWriter<byte> output)
    {
        Write(output, $"# HELP {Name} {_description}\n# TYPE {Name} {_type}\n");
        foreach ((MetricLabels labels, MetricSeries series) in _series)
        {
            if (_bounds is null)
            {
                Write(output, $"{Name}{labels.Braced("")} {Number(series.Sum)}\n");
            }
            else
            {
                WriteHistogram(output, labels, series);
            }
        }
    }

    private void WriteHistogram(IBufferWriter<byte> output, MetricLabels labels, MetricSeries series)
    {
        long below = 0;
        for (int bucket = 0; bucket <= _bounds!.Length; bucket++)
        {
            below += series.CountOf(bucket);
            string bound = bucket == _bounds.Length ? "+Inf" : Number(_bounds[bucket]);
            Write(output, $"{Name}_bucket{labels.Braced($"le=\"{bound}\"")} {below}\n");
        }

        Write(output, $"{Name}_sum{labels.Braced("")} {Number(series.Sum)}\n{Name}_count{labels.Braced("")} {below}\n");
    }

    /// <summary>The upper bounds that an instrument asks for; those of durations where it asks for none.</summary>
    private static double[] BoundsOf(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds],
        Histogram<long> { Advice.HistogramBucketBoundaries: { } bounds } =>
            [.. bounds.Select(static one => (double)one)],
        _ => Durations,
    };

    private static string NameOf(Instrument instrument, bool isMonotonic)
    {
        StringBuilder name = new(instrument.Name);
        for (int i = 0; i < name.Length; i++)
        {
            name[i] = char.IsAsciiLetterOrDigit(name[i]) ? name[i] : '_';
        }

        string unit = instrument.Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            "wei" => "_wei",
            _ => "",
        };
        string text = name.ToString();
        text += text.EndsWith(unit, StringComparison.Ordinal) ? "" : unit;
        return isMonotonic && !text.EndsWith("_total", StringComparison.Ordinal) ? text + "_total" : text;
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static void Write(IBufferWriter<byte> output, string text) => Encoding.UTF8.GetBytes(text, output);
}
