using System.Diagnostics;
using System.Globalization;
using Koinon.Chain.Ledger;
using Koinon.Node.Chains;

namespace Koinon.Cli.Commands;

/// <summary>One line that tells how far an import is; nothing until its end where the output is no terminal.</summary>
/// <param name="output">Where it is written.</param>
/// <param name="isLive">Whether the output is a terminal that can rewrite a line.</param>
/// <param name="start">When it began.</param>
internal sealed class ImportLine(TextWriter output, bool isLive, long start)
{
    private const string ClearLine = "\r\u001b[2K";
    private const int DrawnPerSecond = 4;

    private long _lastDrawn;

    /// <summary>Rewrites the line, some times a second.</summary>
    public void Show(ImportProgress progress)
    {
        long now = Stopwatch.GetTimestamp();
        if (!isLive || now - _lastDrawn < Stopwatch.Frequency / DrawnPerSecond) return;

        _lastDrawn = now;
        double seconds = Stopwatch.GetElapsedTime(start, now).TotalSeconds;
        double part = progress.BytesTotal == 0 ? 1 : (double)progress.BytesRead / progress.BytesTotal;
        TimeSpan left = TimeSpan.FromSeconds(part <= 0 ? 0 : Math.Min(seconds * (1 - part) / part, 8_640_000));
        output.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"{ClearLine}block {progress.Number}  {part:P0}  {Rates(progress, seconds)}  {left:hh\\:mm\\:ss} left"));
    }

    /// <summary>Writes the last line.</summary>
    public void End(ImportProgress progress, LedgerBlock head)
    {
        if (isLive) output.Write(ClearLine);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        string known = progress.Known == 0 ? "" : $", {progress.Known} known before";
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{progress.Blocks} blocks in {seconds:F1} s ({Rates(progress, seconds)}){known}; head {head.Number} "
            + $"({head.Hash})"));
    }

    private static string Rates(ImportProgress progress, double seconds)
    {
        double time = Math.Max(seconds, 0.001);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{progress.Blocks / time:F0} blocks/s, {progress.Gas / time / 1e6:F1} Mgas/s");
    }
}
