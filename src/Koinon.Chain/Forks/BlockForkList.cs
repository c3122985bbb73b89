using Koinon.Evm.Forks;
using Koinon.Primitives;

namespace Koinon.Chain.Forks;

/// <summary>The blocks' half of every fork, oldest first: each the difference from its parent.</summary>
public static class BlockForkList
{
    private const ulong Ether = 1_000_000_000_000_000_000;

    /// <summary>Every fork, oldest first.</summary>
    public static IReadOnlyList<BlockRules> All { get; } = Build();

    /// <summary>Finds a fork by its name.</summary>
    /// <param name="name">As in <see cref="BlockRules.Name"/>, in any case of letters.</param>
    /// <param name="rules">The fork where it is found.</param>
    public static bool TryFind(string name, out BlockRules rules)
    {
        foreach (BlockRules candidate in All)
        {
            if (string.Equals(candidate.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                rules = candidate;
                return true;
            }
        }

        rules = All[0];
        return false;
    }

    /// <summary>The fork of a name that the code itself writes.</summary>
    /// <exception cref="ArgumentException">There is no such fork.</exception>
    public static BlockRules Get(string name) =>
        TryFind(name, out BlockRules rules)
            ? rules
            : throw new ArgumentException($"'{name}' is no fork.", nameof(name));

    private static BlockRules[] Build()
    {
        BlockRules frontier = new()
        {
            Name = "Frontier",
            Execution = ForkList.Get("Frontier"),
            Difficulty = new DifficultyRule(DifficultyAdjustment.Threshold, BombDelay: 0),
            BlockReward = 5 * Ether,
        };

        // EIP-2: the difficulty follows the time between blocks more closely.
        BlockRules homestead = Next(frontier, "Homestead") with
        {
            Difficulty = new DifficultyRule(DifficultyAdjustment.Homestead, BombDelay: 0),
        };
        BlockRules tangerineWhistle = Next(homestead, "EIP150");

        BlockRules spuriousDragon = Next(tangerineWhistle, "EIP158");

        // EIP-100, EIP-649, EIP-658.
        BlockRules byzantium = Next(spuriousDragon, "Byzantium") with
        {
            Difficulty = new DifficultyRule(DifficultyAdjustment.WithUncles, BombDelay: 3_000_000),
            BlockReward = 3 * Ether,
            ReceiptOutcome = ReceiptOutcome.Status,
        };

        // EIP-1234.
        BlockRules constantinople = Next(byzantium, "Constantinople") with
        {
            Difficulty = new DifficultyRule(DifficultyAdjustment.WithUncles, BombDelay: 5_000_000),
            BlockReward = 2 * Ether,
        };
        BlockRules petersburg = Next(constantinople, "ConstantinopleFix");
        BlockRules istanbul = Next(petersburg, "Istanbul");
        BlockRules muirGlacier = Delayed(istanbul, "MuirGlacier", 9_000_000);
        BlockRules berlin = Next(muirGlacier, "Berlin");

        // EIP-1559, EIP-3554.
        BlockRules london = Next(berlin, "London") with
        {
            Difficulty = new DifficultyRule(DifficultyAdjustment.WithUncles, BombDelay: 9_700_000),
            BaseFee = new BaseFeeRule(Initial: 1_000_000_000, Elasticity: 2, ChangeDenominator: 8),
        };
        BlockRules arrowGlacier = Delayed(london, "ArrowGlacier", 10_700_000);
        BlockRules grayGlacier = Delayed(arrowGlacier, "GrayGlacier", 11_400_000);

        // EIP-3675.
        BlockRules paris = Next(grayGlacier, "Paris") with { Difficulty = null, BlockReward = UInt256.Zero };

        // EIP-4895.
        BlockRules shanghai = Next(paris, "Shanghai") with { HasWithdrawals = true };

        // EIP-4844, EIP-4788.
        BlockRules cancun = Next(shanghai, "Cancun") with
        {
            Blobs = new BlobParameters(Target: 3, Maximum: 6, BaseFeeUpdateFraction: 3_338_477),
            BeaconRootsContract = Address.Parse("0x000F3df6D732807Ef1319fB7B8bB8522d0Beac02"),
        };

        // EIP-2935, EIP-6110, EIP-7002, EIP-7251, EIP-7685, EIP-7691.
        BlockRules prague = Next(cancun, "Prague") with
        {
            Blobs = new BlobParameters(Target: 6, Maximum: 9, BaseFeeUpdateFraction: 5_007_716),
            HistoryContract = Address.Parse("0x0000F90827F1C53a10cb7A02335B175320002935"),
            Requests =
            [
                new RequestSource(RequestSource.DepositType, Contract: null),
                new RequestSource(1, Address.Parse("0x00000961Ef480Eb55e80D19ad83579A64c007002")),
                new RequestSource(2, Address.Parse("0x0000BBdDc7CE488642fb579F8B00f3a590007251")),
            ],
        };

        // EIP-7594, EIP-7918; EIP-7934: 10 MiB less 2 MiB for the beacon block around it.
        BlockRules osaka = Next(prague, "Osaka") with
        {
            SidecarVersion = 1,
            HasBlobReservePrice = true,
            BlockBytesMax = (10 - 2) * 1024 * 1024,
        };

        return
        [
            frontier, homestead, tangerineWhistle, spuriousDragon, byzantium, constantinople, petersburg, istanbul,
            muirGlacier, berlin, london, arrowGlacier, grayGlacier, paris, shanghai, cancun, prague, osaka,
        ];
    }

    /// <summary>A fork with both halves of its own.</summary>
    private static BlockRules Next(BlockRules parent, string name) =>
        parent with { Name = name, Execution = ForkList.Get(name) };

    /// <summary>A fork that only puts off the exponential part of the difficulty.</summary>
    private static BlockRules Delayed(BlockRules parent, string name, ulong bombDelay) => parent with
    {
        Name = name,
        Difficulty = new DifficultyRule(DifficultyAdjustment.WithUncles, bombDelay),
    };
}
