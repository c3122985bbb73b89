using Koinon.Chain.Pool;

namespace Koinon.Chain.Building;

/// <summary>How a producer begins.</summary>
public sealed record ProducerOptions
{
    /// <summary>What makes it build.</summary>
    public MiningMode Mode { get; init; } = MiningMode.Automatic;

    /// <summary>What its blocks are to be like.</summary>
    public ProducerSettings Settings { get; init; } = new();

    /// <summary>Says what time blocks state; the system's time where it is left out.</summary>
    public IBlockClock? Clock { get; init; }

    /// <summary>Hears what contracts say; nobody listens where it is left out.</summary>
    public IBuildConsole? Console { get; init; }

    /// <summary>Fetches missing state; nothing can be fetched where it is left out.</summary>
    public IStateFetcher? Fetcher { get; init; }

    /// <summary>Keeps on disk what waits; it lives in memory alone where it is left out.</summary>
    public PoolJournal? Journal { get; init; }

    /// <summary>
    /// The most blocks of one command. Each is a real block with its hash and state: in memory an empty one takes about
    /// 3 KB.
    /// </summary>
    public ulong BlocksAtOnceMax { get; init; } = 200_000;

    /// <summary>Hears why a block that should have come by itself did not.</summary>
    public Action<BlockVerdict>? Failed { get; init; }
}
