using Koinon.Primitives;

namespace Koinon.Chain.Networks;

/// <summary>What sets a network apart: its number, when its forks begin, its contracts.</summary>
public sealed record NetworkParameters
{
    /// <summary>The number that transactions are signed for (EIP-155).</summary>
    public required UInt256 ChainId { get; init; }

    /// <summary>Other numbers that a development chain took since; <see langword="null"/> where it cannot.</summary>
    public ChainIdChanges? ChainIdChanges { get; init; }

    /// <summary>The number that the next transactions are signed for.</summary>
    public UInt256 ChainIdNow => ChainIdChanges?.Latest ?? ChainId;

    /// <summary>The forks and blob schedules in order; the first is active from the genesis on.</summary>
    public required IReadOnlyList<ForkActivation> Activations { get; init; }

    /// <summary>The contract whose logs are deposit requests (EIP-6110).</summary>
    public Address DepositContract { get; init; } = MainnetDepositContract;

    /// <summary>
    /// The block of the irregular change of state of 2016; <see langword="null"/> where there is none.
    /// </summary>
    public ulong? DaoForkNumber { get; init; }

    /// <summary>
    /// The number that parted the network from those that did not merge, for <see cref="ForkId"/> alone (EIP-3675);
    /// <see langword="null"/> where there is none.
    /// </summary>
    public ulong? MergeNetsplitNumber { get; init; }

    /// <summary>The difficulty of every block of proof of work, in place of the forks' formula.</summary>
    public UInt256? FixedDifficulty { get; init; }

    /// <summary>The deposit contract of mainnet, which a genesis that names none takes over.</summary>
    public static Address MainnetDepositContract { get; } =
        Address.Parse("0x00000000219ab540356cBB839Cbe05303d7705Fa");

    /// <summary>The number that the transactions of a block are signed for.</summary>
    public UInt256 ChainIdAt(ulong number) => ChainIdChanges?.At(number) ?? ChainId;
}
