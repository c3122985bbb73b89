namespace Koinon.Storage.Tests.Faults;

/// <summary>Tests that stand between the library and the system run alone.</summary>
[CollectionDefinition(nameof(DiskTap), DisableParallelization = true)]
public sealed class DiskTapCollection;
