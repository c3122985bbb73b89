using Koinon.Primitives;

namespace Koinon.Rpc.Json;

/// <summary>An account and some of its slots, with their Merkle proofs (EIP-1186).</summary>
public sealed record AccountProofJson
{
    /// <summary>Whose.</summary>
    public Address Address { get; init; }

    /// <summary>The nodes from the state's root to the account, or to where it would stand.</summary>
    public required IReadOnlyList<HexData> AccountProof { get; init; }

    /// <summary>In wei.</summary>
    public Quantity Balance { get; init; }

    /// <summary>The hash of its code.</summary>
    public Hash256 CodeHash { get; init; }

    /// <summary>Transactions sent, or contracts made.</summary>
    public Quantity Nonce { get; init; }

    /// <summary>The root of its storage.</summary>
    public Hash256 StorageHash { get; init; }

    /// <summary>The slots, in the order in which they were asked for.</summary>
    public required IReadOnlyList<StorageProofJson> StorageProof { get; init; }
}
