using Koinon.Primitives;
using Koinon.Primitives.Transactions;

namespace Koinon.Chain.Building;

/// <summary>A transaction that is to run, so that what it will touch can be fetched ahead.</summary>
/// <param name="Transaction">The transaction; a call is one without a signature.</param>
/// <param name="Sender">Who sends it.</param>
public readonly record struct PlannedRun(Transaction Transaction, Address Sender);
