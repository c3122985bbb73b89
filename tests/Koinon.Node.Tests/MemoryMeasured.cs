namespace Koinon.Node.Tests;

/// <summary>Tests that measure the process's memory: they run one after another, when all others have ended.</summary>
[CollectionDefinition(nameof(MemoryMeasured), DisableParallelization = true)]
public sealed class MemoryMeasured;
