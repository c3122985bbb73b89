using Koinon.Primitives.State;

namespace Koinon.State.Stored;

/// <summary>What a stored state keeps.</summary>
public sealed record StateStoreOptions
{
    /// <summary>For how many blocks before the newest the state can be read; <see langword="null"/> for all.</summary>
    public ulong? HistoryBlocks { get; init; }

    /// <summary>For how many blocks before the newest proofs can be made; <see langword="null"/> for all.</summary>
    public ulong? ProofBlocks { get; init; } = 128;

    /// <summary>
    /// Is asked for what was never written here: the remote state under a forked chain. Roots and proofs cover what was
    /// written here alone.
    /// </summary>
    public IStateView? Beneath { get; init; }

    /// <summary>Whether addresses and slots can be listed, by keeping them beside their hashes.</summary>
    public bool Preimages { get; init; } = true;

    /// <summary>Whether the window of proofs is so long that looking for a node block by block would take too long.
    /// </summary>
    internal bool IndexesNodes => ProofBlocks is null or > 1024;

    /// <summary>About how many bytes of trie nodes stay decoded in memory; <see langword="null"/> for 64 MiB, 8 MiB
    /// where the store is in memory itself.</summary>
    public long? NodeCacheBytes { get; init; }
}
