namespace Koinon.Rpc.Json;

/// <summary>How many transactions wait.</summary>
/// <param name="Pending">In a row from each account's next nonce.</param>
/// <param name="Queued">Behind a gap.</param>
public sealed record PoolStatusJson(Quantity Pending, Quantity Queued);
