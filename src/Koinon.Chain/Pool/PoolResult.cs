using Koinon.Evm;
using Koinon.Primitives.Transactions;

namespace Koinon.Chain.Pool;

/// <summary>What came of offering a transaction to the pool.</summary>
/// <param name="Error">Why it was not taken, if so.</param>
/// <param name="Transaction">Why it may not be executed, where that is the reason.</param>
/// <param name="Detail">What was found and what would be right, for people.</param>
public readonly record struct PoolResult(
    PoolError Error, TransactionError Transaction = TransactionError.None, string? Detail = null)
{
    /// <summary>
    /// What must be fetched before it can be judged, with <see cref="TransactionError.StateUnavailable"/>.
    /// </summary>
    public StateKey? MissingKey { get; init; }

    /// <summary>Whether it was taken.</summary>
    public bool IsTaken => Error == PoolError.None;
}
