using Koinon.Primitives;

namespace Koinon.State.Proofs;

/// <summary>The proof of one slot's value, or of its absence.</summary>
/// <param name="Slot">The key as the contract names it.</param>
/// <param name="Value">What it holds; zero where it is absent.</param>
/// <param name="Nodes">The nodes on its way, from the root of the storage trie; none where that is empty.</param>
/// <remarks>Source: EIP-1186.</remarks>
public sealed record StorageProof(UInt256 Slot, UInt256 Value, IReadOnlyList<ReadOnlyMemory<byte>> Nodes);
