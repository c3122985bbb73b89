namespace Koinon.Storage.Tests.Memory;

/// <summary>Tests that measure the heap: alone, since it is everybody's.</summary>
[CollectionDefinition(nameof(MemoryMeasured), DisableParallelization = true)]
public sealed class MemoryMeasured;
