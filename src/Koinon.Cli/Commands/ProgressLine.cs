using System.Diagnostics;

namespace Koinon.Cli.Commands;

/// <summary>One line of a terminal that is rewritten some times a second; nothing where the output is none.</summary>
/// <param name="output">Where it is written.</param>
/// <param name="isLive">Whether the output is a terminal that can rewrite a line.</param>
internal sealed class ProgressLine(TextWriter output, bool isLive)
{
    private const string ClearLine = "\r\u001b[2K";
    private const int DrawnPerSecond = 4;

    private long _lastDrawn;

    /// <summary>Rewrites the line unless that was just done.</summary>
    public void Show(string text)
    {
        if (IsDue()) output.Write(ClearLine + text);
    }

    /// <summary>Whether the line should be rewritten now.</summary>
    public bool IsDue()
    {
        long now = Stopwatch.GetTimestamp();
        if (!isLive || now - _lastDrawn < Stopwatch.Frequency / DrawnPerSecond) return false;

        _lastDrawn = now;
        return true;
    }

    /// <summary>Leaves the terminal on an empty line.</summary>
    public void Clear()
    {
        if (isLive) output.Write(ClearLine);
    }
}
