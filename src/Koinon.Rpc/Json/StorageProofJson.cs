namespace Koinon.Rpc.Json;

/// <summary>A storage slot with its Merkle proof.</summary>
/// <param name="Key">The slot, as the caller named it.</param>
/// <param name="Value">What it holds.</param>
/// <param name="Proof">The nodes from the storage's root to the slot, or to where it would stand.</param>
public sealed record StorageProofJson(string Key, Quantity Value, IReadOnlyList<HexData> Proof);
