using Koinon.Primitives;

namespace Koinon.Chain.Pool;

/// <summary>What one sender has waiting, each list in the order of nonces.</summary>
/// <param name="Sender">Who.</param>
/// <param name="Pending">In a row from the account's next nonce.</param>
/// <param name="Queued">Behind a gap.</param>
public sealed record PoolContent(
    Address Sender, IReadOnlyList<PooledTransaction> Pending, IReadOnlyList<PooledTransaction> Queued);
