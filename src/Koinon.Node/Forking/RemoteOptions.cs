namespace Koinon.Node.Forking;

/// <summary>How a remote node is asked; the defaults are anvil's.</summary>
public sealed record RemoteOptions
{
    /// <summary>Where it is; several serve in turn, and for one another when one fails.</summary>
    public required IReadOnlyList<Uri> Endpoints { get; init; }

    /// <summary>Sent with every request, such as a key of the provider.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>How long one request may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>How often a request is made again that failed for a reason that passes.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>The wait before the first repetition; it doubles each time. The remote's own word stands above it.
    /// </summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// What may be spent in a second, in the units that providers count; <see langword="null"/> for no limit.
    /// </summary>
    public int? UnitsPerSecond { get; init; } = DefaultUnitsPerSecond;

    /// <summary>Most requests of one batch.</summary>
    public int BatchMax { get; init; } = 100;

    /// <summary>Most exchanges with the remote at once.</summary>
    public int ExchangesMax { get; init; } = 16;

    /// <summary>What a free plan of the largest provider allows.</summary>
    public const int DefaultUnitsPerSecond = 330;
}
