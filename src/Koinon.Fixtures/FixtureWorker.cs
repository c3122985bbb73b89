using Koinon.Evm;

namespace Koinon.Fixtures;

/// <summary>What one worker keeps from file to file: arenas, decoded code and an executor over them.</summary>
/// <remarks>One thread at a time.</remarks>
public sealed class FixtureWorker : IDisposable
{
    private const long CodeCacheBytes = 64L * 1024 * 1024;

    /// <summary>A worker with resources of its own.</summary>
    public FixtureWorker()
    {
        Resources = new ExecutionResources(CodeCacheBytes);
        Executor = new TransactionExecutor(Resources);
    }

    /// <summary>Arenas and decoded code.</summary>
    public ExecutionResources Resources { get; }

    /// <summary>Executes transactions and calls.</summary>
    public TransactionExecutor Executor { get; }

    /// <inheritdoc/>
    public void Dispose() => Resources.Dispose();
}
