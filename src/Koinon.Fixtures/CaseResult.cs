namespace Koinon.Fixtures;

/// <summary>What became of one case.</summary>
/// <param name="File">The file it stands in.</param>
/// <param name="Name">The test's id, with the indexes of the case where a test has several.</param>
/// <param name="Fork">The fork or network, as the file names it; empty where there is none.</param>
/// <param name="Failure">What differed, with expected and actual; <see langword="null"/> where it passed.</param>
/// <param name="Gas">Gas that it used.</param>
/// <param name="Milliseconds">How long it took.</param>
public sealed record CaseResult(
    string File, string Name, string Fork, string? Failure, ulong Gas, double Milliseconds)
{
    /// <summary>Whether it went as its file says.</summary>
    public bool Passed => Failure is null;
}
