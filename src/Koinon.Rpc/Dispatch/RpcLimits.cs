namespace Koinon.Rpc.Dispatch;

/// <summary>What a caller may ask at once.</summary>
public sealed record RpcLimits
{
    /// <summary>Longest body of a request, in bytes; a blob transaction of six blobs takes 1.6 MB.</summary>
    public int BodyBytesMax { get; init; } = 5 * 1024 * 1024;

    /// <summary>Most requests in a batch.</summary>
    public int BatchItemsMax { get; init; } = 1000;

    /// <summary>Longest answer, a batch's answers together, in bytes.</summary>
    public int ResponseBytesMax { get; init; } = 25 * 1000 * 1000;

    /// <summary>Deepest nesting of a request's JSON.</summary>
    public int DepthMax { get; init; } = 32;

    /// <summary>Most subscriptions of one connection.</summary>
    public int SubscriptionsMax { get; init; } = 1000;

    /// <summary>Most events that wait for one connection's reader (geth's figure).</summary>
    public int NotificationsMax { get; init; } = 20_000;

    /// <summary>Most bytes of events that wait for one connection's reader.</summary>
    public long NotificationBytesMax { get; init; } = 64 * 1024 * 1024;

    /// <summary>
    /// Most requests of one connection that are worked on at once; what comes after them waits unread.
    /// </summary>
    public int ConcurrentRequestsMax { get; init; } = 64;

    /// <summary>Most filters of all callers together.</summary>
    public int FiltersMax { get; init; } = 1000;

    /// <summary>Most gas of a call, and of all calls of a simulation together, whatever they ask for.</summary>
    public ulong CallGasMax { get; init; } = 50_000_000;

    /// <summary>Longest time of a call, of an estimate and of a simulation.</summary>
    public TimeSpan CallTimeMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Most blocks of a simulation.</summary>
    public int SimulatedBlocksMax { get; init; } = 256;

    /// <summary>Most storage slots of one question.</summary>
    public int SlotsMax { get; init; } = 1024;

    /// <summary>Most bytes of events that a filter holds until its owner asks.</summary>
    public int FilterBytesMax { get; init; } = 16 * 1024 * 1024;

    /// <summary>
    /// Most logs of one answer (the limit of reth and Erigon); one block is answered whatever it has.
    /// </summary>
    public int LogsMax { get; init; } = 20_000;

    /// <summary>Most blocks of one search for logs; any number where it is 0.</summary>
    public ulong LogRangeMax { get; init; }

    /// <summary>Longest time of one search for logs.</summary>
    public TimeSpan LogsTimeMax { get; init; } = TimeSpan.FromSeconds(10);
}
