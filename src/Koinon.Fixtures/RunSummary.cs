namespace Koinon.Fixtures;

/// <summary>The counts of a run.</summary>
/// <param name="Passed">Cases that went as their files say.</param>
/// <param name="Failed">Cases that did not.</param>
/// <param name="Files">Files that were run.</param>
/// <param name="NotTests">Files that are no tests: schemata, texts, indexes.</param>
/// <param name="Unreadable">Files, archives and paths that could not be read.</param>
public sealed record RunSummary(long Passed, long Failed, int Files, int NotTests, int Unreadable)
{
    /// <summary>What a program ends with: 1 where a case failed, 2 where something could not be read, else 0.</summary>
    /// <remarks>A run of no case at all is one that was not read.</remarks>
    public int ExitCode => Failed > 0 ? 1 : Unreadable > 0 || Passed == 0 ? 2 : 0;
}
