using Koinon.Primitives;
using Koinon.Primitives.Blocks;

namespace Koinon.Rpc.Requests;

/// <summary>What the block of a question is to be like; what is null follows from the block asked for.</summary>
public sealed record BlockOverride
{
    /// <summary>Nothing differs.</summary>
    public static BlockOverride None { get; } = new();

    /// <summary>The number.</summary>
    public ulong? Number { get; init; }

    /// <summary>The difficulty, before the merge.</summary>
    public UInt256? Difficulty { get; init; }

    /// <summary>The time in seconds.</summary>
    public ulong? Time { get; init; }

    /// <summary>The gas limit.</summary>
    public ulong? GasLimit { get; init; }

    /// <summary>Who receives the fees.</summary>
    public Address? FeeRecipient { get; init; }

    /// <summary>The beacon chain's randomness.</summary>
    public Hash256? PrevRandao { get; init; }

    /// <summary>The base fee.</summary>
    public UInt256? BaseFee { get; init; }

    /// <summary>The price of blob gas.</summary>
    public UInt256? BlobBaseFee { get; init; }

    /// <summary>The root of the parent's beacon block.</summary>
    public Hash256? BeaconRoot { get; init; }

    /// <summary>The withdrawals.</summary>
    public IReadOnlyList<Withdrawal>? Withdrawals { get; init; }
}
