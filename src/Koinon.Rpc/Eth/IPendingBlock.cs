using Koinon.Chain.Ledger;

namespace Koinon.Rpc.Eth;

/// <summary>Knows what <c>pending</c> means: the block that would be built now.</summary>
public interface IPendingBlock
{
    /// <summary>Builds it, or gives the one that was built before where nothing has changed since.</summary>
    /// <returns>The block, in no chain; <see langword="null"/> where none can be built.</returns>
    LedgerBlock? Build();
}
