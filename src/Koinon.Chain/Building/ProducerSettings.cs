using Koinon.Primitives;

namespace Koinon.Chain.Building;

/// <summary>What all blocks of a producer are to be like, until it is told otherwise.</summary>
public sealed record ProducerSettings
{
    /// <summary>Who receives the fees.</summary>
    public Address Beneficiary { get; init; }

    /// <summary>The gas limit; the parent's where it is left out.</summary>
    public ulong? GasLimit { get; init; }

    /// <summary>Free bytes, at most 32.</summary>
    public ReadOnlyMemory<byte> ExtraData { get; init; }

    /// <summary>The base fee in place of what follows from the parent.</summary>
    public UInt256? BaseFeePerGas { get; init; }

    /// <summary>Root of the parent's beacon block, in forks that have it.</summary>
    public Hash256 ParentBeaconBlockRoot { get; init; }

    /// <summary>The most transactions of a block.</summary>
    public int TransactionsMax { get; init; } = int.MaxValue;

    /// <summary>Who goes first.</summary>
    public TransactionOrder Order { get; init; }
}
