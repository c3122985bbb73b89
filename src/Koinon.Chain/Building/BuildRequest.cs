using Koinon.Chain.Ledger;
using Koinon.Evm;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;

namespace Koinon.Chain.Building;

/// <summary>What a new block is to be like.</summary>
public sealed record BuildRequest
{
    /// <summary>Who receives fees and reward.</summary>
    public Address Beneficiary { get; init; }

    /// <summary>The time in seconds; the second after the parent's where that is later.</summary>
    public ulong Timestamp { get; init; }

    /// <summary>
    /// Whether the time is taken as it is, even where the parent's is not before it: for development chains.
    /// </summary>
    public bool IsTimestampExact { get; init; }

    /// <summary>The gas limit; the parent's where it is left out.</summary>
    public ulong? GasLimit { get; init; }

    /// <summary>
    /// The gas limit that blocks are to come to, as near as one step allows, where <see cref="GasLimit"/> is left out.
    /// </summary>
    public ulong? GasLimitTarget { get; init; }

    /// <summary>Free bytes, at most 32.</summary>
    public ReadOnlyMemory<byte> ExtraData { get; init; }

    /// <summary>The beacon chain's randomness; consensus chooses where it is left out.</summary>
    public Hash256? PrevRandao { get; init; }

    /// <summary>Root of the parent's beacon block, in forks that have it.</summary>
    public Hash256 ParentBeaconBlockRoot { get; init; }

    /// <summary>Withdrawals, in forks that have them.</summary>
    public IReadOnlyList<Withdrawal> Withdrawals { get; init; } = [];

    /// <summary>The base fee in place of what follows from the parent: for development chains.</summary>
    public UInt256? BaseFeePerGas { get; init; }

    /// <summary>Hears of what transactions tell a console: for development chains.</summary>
    public ICallObserver? Observer { get; init; }

    /// <summary>
    /// Whether transactions wait whose state must be fetched first; else they hold the block up.
    /// </summary>
    public bool LeavesOutUnknown { get; init; }

    /// <summary>The most transactions.</summary>
    public int TransactionsMax { get; init; } = int.MaxValue;

    /// <summary>Who goes first, where transactions are taken from a pool.</summary>
    public TransactionOrder Order { get; init; }

    /// <summary>The blocks up to the parent that no ledger has yet, the lowest first; none where it has the parent.
    /// </summary>
    public IReadOnlyList<LedgerBlock> Unwritten { get; init; } = [];

    /// <summary>Whether a block without transactions is worth building.</summary>
    public bool AllowsEmpty { get; init; } = true;
}
