using System.Diagnostics.CodeAnalysis;
using Koinon.Chain.Forks;
using Koinon.Primitives;

namespace Koinon.Chain.Networks;

/// <summary>The public networks: their forks and blob schedules, as data.</summary>
/// <remarks>Their first states are too large to stand here; they come from a genesis file.</remarks>
public static class NamedNetworks
{
    private static readonly BlobParameters FirstBlobSchedule = new(10, 15, 8_346_193);
    private static readonly BlobParameters SecondBlobSchedule = new(14, 21, 11_684_671);

    /// <summary>The first public network.</summary>
    public static NetworkParameters Mainnet { get; } = new()
    {
        ChainId = 1,
        DaoForkNumber = 1_920_000,
        Activations =
        [
            At("Frontier", 0),
            At("Homestead", 1_150_000),
            At("EIP150", 2_463_000),
            At("EIP158", 2_675_000),
            At("Byzantium", 4_370_000),
            At("Constantinople", 7_280_000),
            At("ConstantinopleFix", 7_280_000),
            At("Istanbul", 9_069_000),
            At("MuirGlacier", 9_200_000),
            At("Berlin", 12_244_000),
            At("London", 12_965_000),
            At("ArrowGlacier", 13_773_000),
            At("GrayGlacier", 15_050_000),
            AtTotalDifficulty(58_750 * UInt256.Power(10, 18)),
            .. Since(1_681_338_455, 1_710_338_135, 1_746_612_311, 1_764_798_551, 1_765_290_071, 1_767_747_671),
        ],
    };

    /// <summary>The test network for applications.</summary>
    public static NetworkParameters Sepolia { get; } = new()
    {
        ChainId = 11_155_111,
        MergeNetsplitNumber = 1_735_371,
        DepositContract = Address.Parse("0x7f02C3E3c98b133055B8B348B2Ac625669Ed295D"),
        Activations =
        [
            At("London", 0),
            AtTotalDifficulty(17_000_000_000_000_000),
            .. Since(1_677_557_088, 1_706_655_072, 1_741_159_776, 1_760_427_360, 1_761_017_184, 1_761_607_008),
        ],
    };

    /// <summary>The former test network for validators.</summary>
    public static NetworkParameters Holesky { get; } = new()
    {
        ChainId = 17_000,
        DepositContract = Address.Parse("0x4242424242424242424242424242424242424242"),
        Activations =
        [
            At("Paris", 0),
            .. Since(1_696_000_704, 1_707_305_664, 1_740_434_112, 1_759_308_480, 1_759_800_000, 1_760_389_824),
        ],
    };

    /// <summary>The test network for validators.</summary>
    public static NetworkParameters Hoodi { get; } = new()
    {
        ChainId = 560_048,
        Activations =
        [
            At("Paris", 0),
            .. Since(0, 0, 1_742_999_832, 1_761_677_592, 1_762_365_720, 1_762_955_544),
        ],
    };

    /// <summary>Finds a network by the number that its transactions are signed for.</summary>
    /// <param name="chainId">The number.</param>
    /// <param name="network">The network where the number is known.</param>
    public static bool TryFind(ulong chainId, [NotNullWhen(true)] out NetworkParameters? network)
    {
        foreach (NetworkParameters candidate in (ReadOnlySpan<NetworkParameters>)[Mainnet, Sepolia, Holesky, Hoodi])
        {
            if (candidate.ChainId == chainId)
            {
                network = candidate;
                return true;
            }
        }

        network = null;
        return false;
    }

    /// <summary>Finds a network by its name.</summary>
    /// <param name="name">In any case of letters.</param>
    /// <param name="network">The network where the name is known.</param>
    public static bool TryFind(string name, [NotNullWhen(true)] out NetworkParameters? network)
    {
        network = name.ToUpperInvariant() switch
        {
            "MAINNET" => Mainnet,
            "SEPOLIA" => Sepolia,
            "HOLESKY" => Holesky,
            "HOODI" => Hoodi,
            _ => null,
        };
        return network is not null;
    }

    private static ForkActivation At(string fork, ulong number) =>
        new(ActivationKind.Number, number, BlockForkList.Get(fork));

    private static ForkActivation AtTotalDifficulty(in UInt256 total) =>
        new(ActivationKind.ParentTotalDifficulty, total, BlockForkList.Get("Paris"));

    private static ForkActivation[] Since(
        ulong shanghai, ulong cancun, ulong prague, ulong osaka, ulong firstSchedule, ulong secondSchedule) =>
    [
        new(ActivationKind.Time, shanghai, BlockForkList.Get("Shanghai")),
        new(ActivationKind.Time, cancun, BlockForkList.Get("Cancun")),
        new(ActivationKind.Time, prague, BlockForkList.Get("Prague")),
        new(ActivationKind.Time, osaka, BlockForkList.Get("Osaka")),
        new(ActivationKind.Time, firstSchedule, Rules: null, FirstBlobSchedule),
        new(ActivationKind.Time, secondSchedule, Rules: null, SecondBlobSchedule),
    ];
}
