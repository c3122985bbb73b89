using Koinon.Primitives;

namespace Koinon.Chain.Building;

/// <summary>What the next block alone is to be like, however it comes to be made.</summary>
/// <remarks>Forgotten when a block was made; what is left out follows from settings, clock and parent.</remarks>
public sealed record NextBlock
{
    /// <summary>Nothing special.</summary>
    public static NextBlock Usual { get; } = new();

    /// <summary>The time in seconds, taken as it is.</summary>
    public ulong? Timestamp { get; init; }

    /// <summary>The base fee.</summary>
    public UInt256? BaseFeePerGas { get; init; }

    /// <summary>The randomness that contracts see.</summary>
    public Hash256? PrevRandao { get; init; }

    /// <summary>Root of the parent's beacon block, in forks that have it.</summary>
    public Hash256? ParentBeaconBlockRoot { get; init; }

    /// <summary>Who receives the fees.</summary>
    public Address? Beneficiary { get; init; }

    /// <summary>The gas limit.</summary>
    public ulong? GasLimit { get; init; }
}
