using Koinon.Primitives;
using Koinon.Primitives.State;

namespace Koinon.State.Proofs;

/// <summary>The proof of an account and some of its slots, or of their absence.</summary>
/// <param name="Address">Whose.</param>
/// <param name="Account">The account; <see langword="null"/> where there is none.</param>
/// <param name="StorageRoot">The root of its storage; that of the empty trie where there is no account.</param>
/// <param name="Nodes">The nodes on its way, from the state root; none where the state is empty.</param>
/// <param name="Storage">A proof for each slot asked for, in that order.</param>
/// <remarks>Source: EIP-1186.</remarks>
public sealed record AccountProof(
    Address Address,
    Account? Account,
    Hash256 StorageRoot,
    IReadOnlyList<ReadOnlyMemory<byte>> Nodes,
    IReadOnlyList<StorageProof> Storage);
