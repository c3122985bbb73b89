namespace Koinon.Fixtures;

/// <summary>What of the named files is run, and how.</summary>
public sealed record FixtureOptions
{
    /// <summary>Only cases whose file and name, joined by <c>::</c>, hold this text in any case of letters.</summary>
    public string? Filter { get; init; }

    /// <summary>Only cases of this fork or network, named as the tests name it, in any case of letters.</summary>
    public string? Fork { get; init; }

    /// <summary>Files that are run at once.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>Where the EIP-3155 lines of failing cases go; <see langword="null"/> for nowhere.</summary>
    public TraceOutput? Trace { get; init; }
}
