namespace Koinon.Fixtures;

/// <summary>The counts of a run while it goes on; safe from any thread.</summary>
internal sealed class RunCounts
{
    private long _passed;
    private long _failed;
    private int _files;
    private int _notTests;
    private int _unreadable;

    /// <summary>Counts a case.</summary>
    internal void Add(bool passed)
    {
        if (passed)
        {
            Interlocked.Increment(ref _passed);
        }
        else
        {
            Interlocked.Increment(ref _failed);
        }
    }

    /// <summary>Counts a file that was run.</summary>
    internal void AddFile() => Interlocked.Increment(ref _files);

    /// <summary>Counts a file that is no test.</summary>
    internal void AddNotATest() => Interlocked.Increment(ref _notTests);

    /// <summary>Counts something that cannot be read.</summary>
    internal void AddUnreadable() => Interlocked.Increment(ref _unreadable);

    /// <summary>The counts as they stand.</summary>
    internal RunSummary Summarise() => new(_passed, _failed, _files, _notTests, _unreadable);
}
