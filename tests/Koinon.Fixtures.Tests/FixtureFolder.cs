namespace Koinon.Fixtures.Tests;

/// <summary>A folder of its own for a test, gone when the test ends.</summary>
internal sealed class FixtureFolder : IDisposable
{
    /// <summary>Where it is.</summary>
    internal string FullName { get; } = Directory.CreateTempSubdirectory("koinon-fixtures-").FullName;

    /// <summary>Writes a file and gives its path.</summary>
    internal string Write(string name, string text)
    {
        string path = Path.Combine(FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Runs the whole folder.</summary>
    internal async Task<(RunSummary Summary, Recorder Heard)> RunAsync(FixtureOptions? options = null)
    {
        Recorder recorder = new();
        RunSummary summary = await new FixtureRun(options ?? new FixtureOptions(), recorder).RunAsync(
            [FullName], TestContext.Current.CancellationToken);
        return (summary, recorder);
    }

    public void Dispose() => Directory.Delete(FullName, recursive: true);
}
