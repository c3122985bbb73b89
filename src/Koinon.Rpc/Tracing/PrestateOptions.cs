namespace Koinon.Rpc.Tracing;

/// <summary>What the prestate tracer shows.</summary>
internal sealed record PrestateOptions
{
    /// <summary>Whether the state after the run is shown beside the one before, each with what changed alone.</summary>
    public bool DiffMode { get; init; }

    /// <summary>Whether code is left out.</summary>
    public bool DisableCode { get; init; }

    /// <summary>Whether storage is left out.</summary>
    public bool DisableStorage { get; init; }

    /// <summary>Whether accounts that did not exist are shown.</summary>
    public bool IncludeEmpty { get; init; }
}
