using Koinon.Primitives;

namespace Koinon.Chain.Pool;

/// <summary>What the one who hands in a transaction demands of it, above what the pool does.</summary>
public sealed record AdmissionTerms
{
    /// <summary>Nothing.</summary>
    public static AdmissionTerms None { get; } = new();

    /// <summary>The most wei that its gas and blob gas may cost.</summary>
    public UInt256? FeeMax { get; init; }

    /// <summary>Whether a legacy transaction must name its chain (EIP-155).</summary>
    public bool RequiresReplayProtection { get; init; }

    /// <summary>Whether a nonce that is not the next is refused instead of waiting for those before it.</summary>
    public bool RefusesGaps { get; init; }

    /// <summary>The gas limit that the next block will have; the head's where it is left out.</summary>
    public ulong? BlockGasLimit { get; init; }
}
