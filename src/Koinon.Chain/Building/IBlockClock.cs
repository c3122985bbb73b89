using Koinon.Chain.Ledger;

namespace Koinon.Chain.Building;

/// <summary>Says what time the next block states.</summary>
/// <remarks>Safe from any thread. A development chain has its own, which can be turned.</remarks>
public interface IBlockClock
{
    /// <summary>The time of a block that is to follow another, if it were made now.</summary>
    /// <param name="parent">The block before.</param>
    /// <returns>
    /// Seconds since 1970, taken as they are; asked any number of times before a block is really made.
    /// </returns>
    ulong NextTimestamp(LedgerBlock parent);

    /// <summary>Hears of each block that was made and is the head now, before anybody is answered.</summary>
    /// <param name="block">The block; its time may have been set by others.</param>
    void Committed(LedgerBlock block)
    {
    }
}
