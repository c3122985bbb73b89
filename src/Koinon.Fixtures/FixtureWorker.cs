namespace Koinon.Fixtures;

/// <summary>What one worker keeps from file to file.</summary>
/// <remarks>One thread at a time.</remarks>
public sealed class FixtureWorker : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
