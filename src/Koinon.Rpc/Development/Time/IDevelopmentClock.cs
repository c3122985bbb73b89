namespace Koinon.Rpc.Development.Time;

/// <summary>The clock of a development chain, as its methods turn it. Docs: development-chain.md, "Time".</summary>
/// <remarks>Safe from any thread. All times are whole seconds.</remarks>
public interface IDevelopmentClock
{
    /// <summary>By how much the chain's time is ahead of the system's.</summary>
    long Offset { get; }

    /// <summary>The fixed distance between blocks; <see langword="null"/> where there is none.</summary>
    ulong? Interval { get; set; }

    /// <summary>When, by the system's time, the last block was made; nothing before the first one.</summary>
    DateTimeOffset? LastMade { get; }

    /// <summary>Moves the chain's time forward.</summary>
    /// <param name="seconds">By how much.</param>
    /// <returns>The whole offset from the system's time.</returns>
    long Increase(ulong seconds);

    /// <summary>Names the time of the next block, however it is made; time goes on from there.</summary>
    /// <param name="timestamp">Above the head's time.</param>
    void SetNext(ulong timestamp);

    /// <summary>Sets the chain's time.</summary>
    /// <param name="timestamp">Any time: before the head's it only takes effect when it has passed that.</param>
    /// <returns>The whole offset from the system's time.</returns>
    long Set(ulong timestamp);
}
