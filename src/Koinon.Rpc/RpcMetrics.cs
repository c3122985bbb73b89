using System.Diagnostics.Metrics;
using Koinon.Rpc.Subscriptions;

namespace Koinon.Rpc;

/// <summary>What JSON-RPC counts and measures (meter <c>Koinon.Rpc</c>).</summary>
public sealed class RpcMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Koinon.Rpc";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _durations;
    private readonly Counter<long> _logSteps;
    private readonly Counter<long> _logResults;

    /// <summary>A meter of its own, for one chain's methods.</summary>
    public RpcMetrics()
    {
        _requests = _meter.CreateCounter<long>(
            "koinon.rpc.requests", "{request}", "Requests that were answered, by method and code (0: no error).");
        _durations = _meter.CreateHistogram<double>(
            "koinon.rpc.request.duration", "s", "How long the answers took, by method.");
        _logSteps = _meter.CreateCounter<long>(
            "koinon.rpc.logs.steps", "{step}", "Places of the log index that searches looked up.");
        _logResults = _meter.CreateCounter<long>(
            "koinon.rpc.logs.results", "{log}", "Logs that searches found.");
    }

    /// <summary>The meter, for who listens.</summary>
    public Meter Meter => _meter;

    /// <summary>Whether anybody looks at requests.</summary>
    internal bool CountsRequests => _requests.Enabled || _durations.Enabled;

    /// <summary>Shows how many subscribe and how many filters there are.</summary>
    public void Show(ChainFeed feed, FilterStore filters)
    {
        _meter.CreateObservableGauge(
            "koinon.rpc.subscriptions",
            () => (long)Math.Max(feed.ListenerCount - filters.Count, 0),
            "{subscription}",
            "Subscriptions that are open.");
        _meter.CreateObservableGauge(
            "koinon.rpc.filters", () => (long)filters.Count, "{filter}", "Filters that are installed.");
    }

    /// <summary>Shows how many connections are open.</summary>
    public void ShowConnections(Func<int> read) => _meter.CreateObservableGauge(
        "koinon.rpc.connections", () => (long)read(), "{connection}", "Connections that are open.");

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    /// <summary>Counts a request.</summary>
    /// <param name="method">The method's name; one of those that are served.</param>
    /// <param name="code">The error's code; 0 where there is none.</param>
    /// <param name="duration">How long the answer took.</param>
    internal void Answered(string method, string code, TimeSpan duration)
    {
        KeyValuePair<string, object?> name = new("method", method);
        _requests.Add(1, name, new KeyValuePair<string, object?>("code", code));
        _durations.Record(duration.TotalSeconds, name);
    }

    /// <summary>Counts the work of a search for logs.</summary>
    internal void LogSearched(long steps, int results)
    {
        _logSteps.Add(steps);
        _logResults.Add(results);
    }
}
