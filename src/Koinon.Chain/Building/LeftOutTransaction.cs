using Koinon.Primitives.Transactions;

namespace Koinon.Chain.Building;

/// <summary>A transaction that was tried and does not stand in the block.</summary>
/// <param name="Transaction">The transaction.</param>
/// <param name="Error">Why it could not be executed; none where the block had no room for its bytes.</param>
/// <param name="Detail">What was found and what would be right, for people.</param>
public readonly record struct LeftOutTransaction(Transaction Transaction, TransactionError Error, string? Detail);
