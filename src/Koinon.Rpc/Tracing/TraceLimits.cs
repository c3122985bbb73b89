namespace Koinon.Rpc.Tracing;

/// <summary>What bounds the tracing of all callers together.</summary>
public sealed record TraceLimits
{
    /// <summary>Most traces that run at once; others wait for their turn, those whose readers are slow among
    /// them.</summary>
    public int ConcurrentMax { get; init; } = Math.Max(2, Environment.ProcessorCount);

    /// <summary>Most traces that wait for their turn.</summary>
    public int WaitingMax { get; init; } = 64;

    /// <summary>The time that a run may take where the request names none (geth's figure).</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The same for a run whose trace is written while it arises.</summary>
    public TimeSpan StreamedTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The longest time that a request may name.</summary>
    public TimeSpan TimeMax { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Most blocks of a <c>trace_filter</c>.</summary>
    public ulong FilterBlocksMax { get; init; } = 1_000;

    /// <summary>Most traces of a <c>trace_filter</c>.</summary>
    public int FilterTracesMax { get; init; } = 10_000;

    /// <summary>Most blocks that are looked through for the transactions of an address.</summary>
    public ulong SearchBlocksMax { get; init; } = 10_000;

    /// <summary>Most accounts or slots of one answer.</summary>
    public int RangeMax { get; init; } = 10_000;
}
