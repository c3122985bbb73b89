using System.Collections.Concurrent;

namespace Koinon.Fixtures.Tests;

/// <summary>Keeps what a run says.</summary>
internal sealed class Recorder : IRunListener
{
    internal ConcurrentBag<CaseResult> Cases { get; } = [];

    internal ConcurrentBag<string> NotTests { get; } = [];

    internal ConcurrentBag<string> Refused { get; } = [];

    /// <summary>The failure of the only case.</summary>
    internal string? Failure => Assert.Single(Cases).Failure;

    public void CaseEnded(CaseResult result) => Cases.Add(result);

    public void FileEnded(string file)
    {
    }

    public void NotATest(string file) => NotTests.Add(file);

    public void Unreadable(string name, string reason) => Refused.Add($"{name}: {reason}");
}
