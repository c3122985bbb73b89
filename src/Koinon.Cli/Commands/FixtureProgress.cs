using System.Diagnostics;
using Koinon.Fixtures;

namespace Koinon.Cli.Commands;

/// <summary>
/// Prints a run of fixtures: failures as they come, one live line on a terminal, the counts at the end.
/// </summary>
/// <param name="output">Where it prints.</param>
/// <param name="isLive">Whether the output is a terminal that can rewrite a line.</param>
/// <param name="results">The file of <c>--json</c>, where one is asked.</param>
internal sealed class FixtureProgress(TextWriter output, bool isLive, FixtureResultFile? results)
    : IRunListener, IDisposable
{
    private const string ClearLine = "\r\u001b[2K";
    private const int DrawnPerSecond = 4;
    private const int NameWidth = 60;

    private readonly Lock _gate = new();
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly List<string> _notTests = [];
    private readonly List<string> _unreadable = [];
    private long _passed;
    private long _failed;
    private long _lastDrawn;

    /// <inheritdoc/>
    public void CaseEnded(CaseResult result)
    {
        lock (_gate)
        {
            results?.Add(result);
            if (result.Passed)
            {
                _passed++;
                return;
            }

            _failed++;
            Clear();
            string fork = result.Fork.Length == 0 ? "" : $" [{result.Fork}]";
            output.WriteLine($"FAILED {result.File}::{result.Name}{fork}");
            foreach (string line in result.Failure!.Split('\n'))
            {
                output.WriteLine($"    {line}");
            }
        }
    }

    /// <inheritdoc/>
    public void FileEnded(string file)
    {
        if (!isLive) return;
        lock (_gate)
        {
            long now = Stopwatch.GetTimestamp();
            if (now - _lastDrawn < Stopwatch.Frequency / DrawnPerSecond) return;
            _lastDrawn = now;
            string name = file.Length <= NameWidth ? file
                : string.Concat("...", file.AsSpan(file.Length - NameWidth + 3));
            TimeSpan elapsed = Stopwatch.GetElapsedTime(_start);
            output.Write($"{ClearLine}{_passed} passed, {_failed} failed, {elapsed.TotalSeconds:F0} s  {name}");
        }
    }

    /// <inheritdoc/>
    public void NotATest(string file)
    {
        lock (_gate)
        {
            _notTests.Add(file);
        }
    }

    /// <inheritdoc/>
    public void Unreadable(string name, string reason)
    {
        lock (_gate)
        {
            _unreadable.Add($"{name}: {reason}");
        }
    }

    /// <summary>Prints what was no test, what could not be read, the time, and the plain line of counts.</summary>
    internal void WriteSummary(RunSummary summary, TimeSpan elapsed)
    {
        lock (_gate)
        {
            Clear();
            WriteList($"not tests: {_notTests.Count} {(_notTests.Count == 1 ? "file" : "files")}", _notTests);
            WriteList($"cannot be read: {_unreadable.Count}", _unreadable);
            if (summary.Passed + summary.Failed == 0)
            {
                output.WriteLine("no case was found: check the paths, --filter and --fork");
            }

            output.WriteLine($"{summary.Files} files in {elapsed.TotalSeconds:F1} s");
            output.WriteLine($"{summary.Passed} passed, {summary.Failed} failed, 0 skipped");
        }
    }

    /// <summary>Leaves the terminal on a line of its own.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            Clear();
            output.Flush();
        }
    }

    private void WriteList(string title, List<string> lines)
    {
        if (lines.Count == 0) return;
        output.WriteLine(title);
        lines.Sort(StringComparer.Ordinal);
        foreach (string line in lines)
        {
            output.WriteLine($"    {line}");
        }
    }

    private void Clear()
    {
        if (isLive) output.Write(ClearLine);
    }
}
