using Koinon.Primitives;

namespace Koinon.Rpc.Json;

/// <summary>An account as the state's trie holds it.</summary>
public sealed record AccountJson
{
    /// <summary>Transactions sent, or contracts made.</summary>
    public Quantity Nonce { get; init; }

    /// <summary>In wei.</summary>
    public Quantity Balance { get; init; }

    /// <summary>The root of its storage.</summary>
    public Hash256 StorageRoot { get; init; }

    /// <summary>The hash of its code.</summary>
    public Hash256 CodeHash { get; init; }
}
