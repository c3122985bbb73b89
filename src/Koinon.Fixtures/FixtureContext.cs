using System.Diagnostics;
using System.Text.Json;
using Koinon.Fixtures.Reading;

namespace Koinon.Fixtures;

/// <summary>One file while it is run: what it holds, what of it is wanted, who hears of its cases.</summary>
/// <remarks>One worker, one thread.</remarks>
public sealed class FixtureContext
{
    private readonly FixtureOptions _options;
    private readonly IRunListener _listener;
    private readonly RunCounts _counts;

    internal FixtureContext(
        string file, JsonElement root, FixtureWorker worker, FixtureOptions options, IRunListener listener,
        RunCounts counts)
    {
        File = file;
        Root = root;
        Worker = worker;
        _options = options;
        _listener = listener;
        _counts = counts;
    }

    /// <summary>The file's name.</summary>
    public string File { get; }

    /// <summary>The file's content.</summary>
    public JsonElement Root { get; }

    /// <summary>The worker that runs it.</summary>
    public FixtureWorker Worker { get; }

    /// <summary>Whether cases of this fork are wanted.</summary>
    public bool WantsFork(string fork) =>
        _options.Fork is not { } wanted || wanted.Equals(fork, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a case is wanted.</summary>
    public bool Wants(string name, string fork) =>
        WantsFork(fork)
        && (_options.Filter is not { } filter
            || File.Contains(filter, StringComparison.OrdinalIgnoreCase)
            || name.Contains(filter, StringComparison.OrdinalIgnoreCase)
            || $"{File}::{name}".Contains(filter, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// Runs a case where it is wanted, and reports it; traces it again where it fails and traces are asked.
    /// </summary>
    /// <param name="name">The test's id, with the indexes of the case where a test has several.</param>
    /// <param name="fork">The fork or network; empty where there is none.</param>
    /// <param name="body">Runs the case.</param>
    public void Run(string name, string fork, CaseBody body)
    {
        if (!Wants(name, fork)) return;
        long start = Stopwatch.GetTimestamp();
        CaseVerdict verdict = Judge(body, trace: null);
        double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        _counts.Add(verdict.Failure is null);
        _listener.CaseEnded(new CaseResult(File, name, fork, verdict.Failure, verdict.Gas, milliseconds));
        if (verdict.Failure is not null && _options.Trace is { } writer)
        {
            lock (_counts)
            {
                Judge(body, writer);
                writer.Flush();
            }
        }
    }

    // The edge of a case: a defect of ours in one case is that case's failure, not the end of the run.
    private static CaseVerdict Judge(CaseBody body, TraceOutput? trace)
    {
        try
        {
            return body(trace);
        }
        catch (Exception exception) when (exception is not (FixtureFormatException or OutOfMemoryException))
        {
            return CaseVerdict.Fail($"unexpected exception\n{exception}");
        }
    }
}
