namespace Koinon.Rpc.Json;

/// <summary>What waits in the pool, by whether the next block can take it.</summary>
/// <typeparam name="T">What stands for each name.</typeparam>
/// <param name="Pending">In a row from each account's next nonce.</param>
/// <param name="Queued">Behind a gap.</param>
public sealed record PoolContentJson<T>(
    IReadOnlyDictionary<string, T> Pending, IReadOnlyDictionary<string, T> Queued);
