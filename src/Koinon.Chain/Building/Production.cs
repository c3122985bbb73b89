using Koinon.Chain.Ledger;
using Koinon.Primitives.Transactions;

namespace Koinon.Chain.Building;

/// <summary>What came of a command to build.</summary>
/// <param name="Count">How many blocks were made and are canonical now.</param>
/// <param name="Last">The last of them.</param>
/// <param name="Verdict">Why there are no more, where that is a fault.</param>
public sealed record Production(ulong Count, LedgerBlock? Last, BlockVerdict Verdict)
{
    /// <summary>Nothing was built, and nothing is wrong.</summary>
    public static Production None { get; } = new(0, null, BlockVerdict.Valid);

    /// <summary>Transactions of the request that could not be executed, and why.</summary>
    public IReadOnlyList<(Transaction Transaction, TransactionError Error)> Refused { get; init; } = [];
}
