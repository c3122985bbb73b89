using Koinon.Primitives;

namespace Koinon.Chain.Pool;

/// <summary>One thing that happened to a transaction in the pool, as it is announced.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Pooled">The transaction.</param>
/// <param name="By">What did it: the hash of the block that holds it, or of what took its place.</param>
public sealed record PoolChange(PoolChangeKind Kind, PooledTransaction Pooled, Hash256? By = null)
{
    /// <summary>Whether the transaction has left the pool.</summary>
    public bool IsDeparture => Kind >= PoolChangeKind.Included;
}
