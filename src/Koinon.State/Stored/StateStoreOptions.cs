using Koinon.Primitives.State;

namespace Koinon.State.Stored;

/// <summary>What a store of states keeps.</summary>
public sealed record StateStoreOptions
{
    /// <summary>How many blocks below the newest states are kept; <see langword="null"/> for all.</summary>
    public ulong? HistoryBlocks { get; init; }

    /// <summary>How many blocks below the newest proofs are kept; <see langword="null"/> for all.</summary>
    public ulong? ProofBlocks { get; init; } = 128;

    /// <summary>What lies under the states where the store knows nothing.</summary>
    public IStateView? Beneath { get; init; }
}
