using Koinon.Chain.Ledger;

namespace Koinon.Chain.Building;

/// <summary>The time of the system, and a second after the parent's where that is later.</summary>
/// <param name="time">Says what time it is.</param>
public sealed class SystemBlockClock(TimeProvider time) : IBlockClock
{
    /// <inheritdoc/>
    public ulong NextTimestamp(LedgerBlock parent)
    {
        ulong now = (ulong)Math.Max(0, time.GetUtcNow().ToUnixTimeSeconds());
        return Math.Max(now, checked(parent.Header.Timestamp + 1));
    }
}
