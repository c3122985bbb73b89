using Koinon.Primitives;

namespace Koinon.Node.Forking;

/// <summary>Where a chain forks off a remote one.</summary>
public sealed record ForkOptions
{
    /// <summary>The remote node.</summary>
    public required RemoteOptions Remote { get; init; }

    /// <summary>The fork block; a negative number counts back from the remote's head, which is taken where it is left
    /// out.</summary>
    public long? BlockNumber { get; init; }

    /// <summary>
    /// A transaction after which the chain forks off: the transactions of its block up to and with it are run on the
    /// block before.
    /// </summary>
    public Hash256? Transaction { get; init; }

    /// <summary>The remote chain's number, so that it need not be asked.</summary>
    public ulong? ChainId { get; init; }

    /// <summary>The number that local transactions are signed for; the remote chain's where it is left out.</summary>
    public ulong? SignedFor { get; init; }

    /// <summary>The gas that a local block's transactions may use together; the fork block's where it is left out.
    /// </summary>
    public ulong? GasLimit { get; init; }

    /// <summary>The base fee of the first local block; what follows from the fork block where it is left out.</summary>
    public UInt256? BaseFee { get; init; }

    /// <summary>The name of the fork whose rules hold; that of the fork block where it is left out.</summary>
    public string? Hardfork { get; init; }

    /// <summary>The folder of the caches; the user's own where it is left out.</summary>
    public string? CacheRoot { get; init; }

    /// <summary>What of the remote's state is held in memory, in bytes: what was not asked for in a long time goes.
    /// </summary>
    public long MemoryBytesMax { get; init; } = RemoteState.BytesMaxUsual;

    /// <summary>
    /// How often the remote is asked for a newer head, at which the chain then forks off anew as long as it has nothing
    /// of its own; never where it is left out.
    /// </summary>
    public TimeSpan? Following { get; init; }

    /// <summary>Whether what is fetched about a given block is kept on disk.</summary>
    public bool IsCached { get; init; } = true;
}
