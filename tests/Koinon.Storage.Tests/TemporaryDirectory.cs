namespace Koinon.Storage.Tests;

/// <summary>A directory of its own that goes with the test.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    private int _next;

    public string Path { get; } = Directory.CreateTempSubdirectory("koinon-storage-").FullName;

    /// <summary>The path of another directory within it, not yet made.</summary>
    public string Next() => System.IO.Path.Combine(Path, $"d{_next++}");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
