using System.Diagnostics.Metrics;

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
            "koinon.rpc.requests", "{request}", "Requests that were answered, by method and outcome.");
        _durations = _meter.CreateHistogram<double>(
            "koinon.rpc.request.duration", "s", "How long the answers took, by method.");
        _logSteps = _meter.CreateCounter<long>(
            "koinon.rpc.logs.steps", "{step}", "Places of the log index that searches looked up.");
        _logResults = _meter.CreateCounter<long>(
            "koinon.rpc.logs.results", "{log}", "Logs that searches found.");
    }

    /// <summary>Whether anybody looks at requests.</summary>
    internal bool CountsRequests => _requests.Enabled || _durations.Enabled;

    /// <summary>Shows a number that somebody else keeps.</summary>
    public void Show(string name, string unit, string description, Func<long> read) =>
        _meter.CreateObservableGauge(name, read, unit, description);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    /// <summary>Counts a request.</summary>
    /// <param name="method">The method's name; one of those that are served.</param>
    /// <param name="outcome">The error's code, or <c>ok</c>.</param>
    /// <param name="duration">How long the answer took.</param>
    internal void Answered(string method, string outcome, TimeSpan duration)
    {
        _requests.Add(
            1, new KeyValuePair<string, object?>("method", method), new KeyValuePair<string, object?>("outcome", outcome));
        _durations.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("method", method));
    }

    /// <summary>Counts the work of a search for logs.</summary>
    internal void LogSearched(long steps, int results)
    {
        _logSteps.Add(steps);
        _logResults.Add(results);
    }
}
