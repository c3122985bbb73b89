using Koinon.Evm.Forks;
using Koinon.Primitives;

namespace Koinon.Chain.Forks;

/// <summary>What a fork demands of blocks: the half of a fork that execution of a transaction does not see.</summary>
/// <remarks>Immutable. Each fork is written as the difference from its parent in <see cref="BlockForkList"/>.</remarks>
public sealed record BlockRules
{
    /// <summary>The fork's name, as networks and official tests spell it.</summary>
    public required string Name { get; init; }

    /// <summary>The other half: what execution follows.</summary>
    public required Fork Execution { get; init; }

    /// <summary>The difficulty formula; <see langword="null"/> after the merge, where it is zero (EIP-3675).</summary>
    public required DifficultyRule? Difficulty { get; init; }

    /// <summary>What the author of a block earns, in wei; an uncle's and its includer's share derive from it.</summary>
    public UInt256 BlockReward { get; init; }

    /// <summary>What receipts state.</summary>
    public ReceiptOutcome ReceiptOutcome { get; init; }

    /// <summary>The base fee's rule; <see langword="null"/> where blocks have none (EIP-1559).</summary>
    public BaseFeeRule? BaseFee { get; init; }

    /// <summary>Whether proof of work is over: no difficulty, nonce, uncles and rewards (EIP-3675).</summary>
    public bool IsMerged => Difficulty is null;

    /// <summary>Whether blocks carry withdrawals (EIP-4895).</summary>
    public bool HasWithdrawals { get; init; }

    /// <summary>
    /// The blob parameters where a network's schedule is silent; <see langword="null"/> without blobs.
    /// </summary>
    public BlobParameters? Blobs { get; init; }

    /// <summary>
    /// What proves the blobs that travel with a transaction: 0 a proof for each, 1 one for each cell (EIP-7594).
    /// </summary>
    public byte SidecarVersion { get; init; }

    /// <summary>Whether the price of blobs has a floor in execution gas (EIP-7918).</summary>
    public bool HasBlobReservePrice { get; init; }

    /// <summary>The contract that keeps beacon roots, called before the transactions (EIP-4788).</summary>
    public Address? BeaconRootsContract { get; init; }

    /// <summary>The contract that keeps block hashes, called before the transactions (EIP-2935).</summary>
    public Address? HistoryContract { get; init; }

    /// <summary>Where requests come from, in order; <see langword="null"/> where blocks have none (EIP-7685).</summary>
    public IReadOnlyList<RequestSource>? Requests { get; init; }

    /// <summary>The most bytes of a block's RLP; <see langword="null"/> where there is no bound (EIP-7934).</summary>
    public int? BlockBytesMax { get; init; }
}
