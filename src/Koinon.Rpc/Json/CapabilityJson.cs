namespace Koinon.Rpc.Json;

/// <summary>Whether and since when a kind of data is kept.</summary>
/// <param name="Disabled">Whether it is not served at all.</param>
/// <param name="OldestBlock">The number of the oldest block it is kept of.</param>
public sealed record CapabilityJson(bool Disabled, Quantity OldestBlock);
