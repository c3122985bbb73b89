using System.Buffers;
using System.Diagnostics.Metrics;
using System.Text;
using Koinon.Node.Metrics;

namespace Koinon.Node.Tests.Metrics;

public sealed class PrometheusExporterTests
{
    [Fact]
    public void Text_HasTypesUnitsAndLabels()
    {
        using Meter meter = new("test");
        using Meter other = new("test");
        Counter<long> counter = meter.CreateCounter<long>("koinon.rpc.requests", "{request}", "Requests.");
        other.CreateCounter<long>("koinon.other").Add(1);
        using PrometheusExporter exporter = new([meter]);
        counter.Add(2, new("method", "eth_call"), new("code", "0"));
        counter.Add(3, new("method", "eth_call"), new("code", "0"));
        counter.Add(1, new KeyValuePair<string, object?>("method", "a\"\\\n"));
        meter.CreateObservableGauge("koinon.db.size", static () => 12L, "By", "Size.");
        meter.CreateObservableCounter("process_cpu_seconds", static () => 1.5, "s", "Time.");

        Assert.Equal(
            """
            # HELP koinon_db_size_bytes Size.
            # TYPE koinon_db_size_bytes gauge
            koinon_db_size_bytes 12
            # HELP koinon_rpc_requests_total Requests.
            # TYPE koinon_rpc_requests_total counter
            koinon_rpc_requests_total{method="a\"\\\n"} 1
            koinon_rpc_requests_total{method="eth_call",code="0"} 5
            # HELP process_cpu_seconds_total Time.
            # TYPE process_cpu_seconds_total counter
            process_cpu_seconds_total 1.5

            """,
            Sorted(exporter));
    }

    [Fact]
    public void Histogram_CountsUpToEachBound()
    {
        using Meter meter = new("test");
        Histogram<double> histogram = meter.CreateHistogram<double>("koinon.time", "s");
        using PrometheusExporter exporter = new([meter]);
        foreach (double value in (double[])[0.0005, 0.0007, 0.3, 99])
        {
            histogram.Record(value);
        }

        string text = Sorted(exporter);
        Assert.Contains("koinon_time_seconds_bucket{le=\"0.0005\"} 1\n", text);
        Assert.Contains("koinon_time_seconds_bucket{le=\"0.001\"} 2\n", text);
        Assert.Contains("koinon_time_seconds_bucket{le=\"0.5\"} 3\n", text);
        Assert.Contains("koinon_time_seconds_bucket{le=\"+Inf\"} 4\n", text);
        Assert.Contains("koinon_time_seconds_count 4\n", text);
    }

    [Fact]
    public void Histogram_WithBoundsOfItsOwn_CountsUpToThem()
    {
        using Meter meter = new("test");
        Histogram<long> histogram = meter.CreateHistogram(
            "koinon.depth", advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 8] });
        using PrometheusExporter exporter = new([meter]);
        histogram.Record(1);
        histogram.Record(5);
        histogram.Record(9);

        string text = Sorted(exporter);
        Assert.Contains("koinon_depth_bucket{le=\"1\"} 1\n", text);
        Assert.Contains("koinon_depth_bucket{le=\"8\"} 2\n", text);
        Assert.Contains("koinon_depth_bucket{le=\"+Inf\"} 3\n", text);
        Assert.DoesNotContain("0.0005", text);
    }

    /// <summary>The text, with the series of a family in order: a scrape has no order of its own.</summary>
    private static string Sorted(PrometheusExporter exporter)
    {
        ArrayBufferWriter<byte> output = new();
        exporter.WriteTo(output);
        string[] lines = Encoding.UTF8.GetString(output.WrittenSpan).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<string> sorted = lines
            .Select((line, index) => (line, family: lines[..(index + 1)].Count(static one => one.StartsWith("# HELP"))))
            .OrderBy(static one => one.family)
            .ThenBy(static one => one.line.StartsWith("# HELP") ? 0 : one.line.StartsWith('#') ? 1 : 2)
            .ThenBy(static one => one.line.Contains("_bucket") ? "" : one.line, StringComparer.Ordinal)
            .Select(static one => one.line + "\n");
        return string.Concat(sorted);
    }
}
