using Koinon.Chain.Forks;
using Koinon.Primitives;

namespace Koinon.Chain.Networks;

/// <summary>Reads the <c>config</c> of geth's <c>genesis.json</c>: when the forks of a network begin.</summary>
internal static class NetworkReader
{
    private static readonly string[] NotSupported =
        ["amsterdamTime", "bogotaTime", "verkleTime", "ubtTime", "enableVerkleAtGenesis", "enableUBTAtGenesis"];

    private static readonly string[] OtherConsensus = ["clique", "qbft", "ibft2", "ibft", "aura", "istanbul"];

    /// <summary>Keys of the forks that begin at a block, with the fork's name and whether others stand on it.</summary>
    private static readonly (string Key, string Fork, bool IsOptional)[] ByNumber =
    [
        ("homesteadBlock", "Homestead", false),
        ("eip150Block", "EIP150", false),
        ("eip158Block", "EIP158", false),
        ("byzantiumBlock", "Byzantium", false),
        ("constantinopleBlock", "Constantinople", false),
        ("petersburgBlock", "ConstantinopleFix", true),
        ("istanbulBlock", "Istanbul", false),
        ("muirGlacierBlock", "MuirGlacier", true),
        ("berlinBlock", "Berlin", false),
        ("londonBlock", "London", false),
        ("arrowGlacierBlock", "ArrowGlacier", true),
        ("grayGlacierBlock", "GrayGlacier", true),
    ];

    /// <summary>Keys of the forks that begin at a time; without a fork's name, of blob schedules.</summary>
    private static readonly (string Key, string Schedule, string? Fork)[] ByTime =
    [
        ("shanghaiTime", "shanghai", "Shanghai"),
        ("cancunTime", "cancun", "Cancun"),
        ("pragueTime", "prague", "Prague"),
        ("osakaTime", "osaka", "Osaka"),
        ("bpo1Time", "bpo1", null),
        ("bpo2Time", "bpo2", null),
        ("bpo3Time", "bpo3", null),
        ("bpo4Time", "bpo4", null),
        ("bpo5Time", "bpo5", null),
    ];

    internal static NetworkParameters Read(GenesisFields config, GenesisFaults faults)
    {
        RefuseUnknown(config, faults);
        BlockRules first = BlockForkList.All[0];
        List<ForkActivation> activations = [new ForkActivation(ActivationKind.Number, UInt256.Zero, first)];
        ReadNumbers(config, activations, faults);
        ReadMerge(config, activations, faults);
        ReadTimes(config, activations, faults);
        return new NetworkParameters
        {
            ChainId = config.Number("chainId", required: true) ?? UInt256.Zero,
            Activations = activations,
            DepositContract = config.Address("depositContractAddress") ?? NetworkParameters.MainnetDepositContract,
            DaoForkNumber = SupportsDaoFork(config, faults) ? config.Number64("daoForkBlock") : null,
            MergeNetsplitNumber = config.Number64("mergeNetsplitBlock"),
            FixedDifficulty = config.Object("ethash").Number("fixeddifficulty"),
        };
    }

    private static void RefuseUnknown(GenesisFields config, GenesisFaults faults)
    {
        foreach (string key in NotSupported)
        {
            if (config.Has(key))
            {
                faults.Add(GenesisErrorReason.NotSupported, "config." + key, "Koinon does not know this fork");
            }
        }

        foreach (string key in OtherConsensus)
        {
            // After a merge at the genesis, what sealed blocks before it does not matter.
            if (config.Has(key) && config.Number("terminalTotalDifficulty") is not { IsZero: true })
            {
                faults.Add(GenesisErrorReason.NotSupported, "config." + key, "Koinon does not know this consensus");
            }
        }
    }

    private static bool SupportsDaoFork(GenesisFields config, GenesisFaults faults)
    {
        foreach (System.Text.Json.JsonProperty property in config.Properties())
        {
            if (property.Name.Equals("daoForkSupport", StringComparison.OrdinalIgnoreCase))
            {
                if (property.Value.ValueKind is System.Text.Json.JsonValueKind.True)
                {
                    return true;
                }

                if (property.Value.ValueKind is not (System.Text.Json.JsonValueKind.False
                    or System.Text.Json.JsonValueKind.Null))
                {
                    faults.Add(GenesisErrorReason.WrongKind, "config.daoForkSupport", "true or false is expected");
                }
            }
        }

        return false;
    }

    private static void ReadNumbers(GenesisFields config, List<ForkActivation> activations, GenesisFaults faults)
    {
        ulong former = 0;
        string? absent = null;
        DifficultyRule? bomb = null;
        foreach ((string key, string fork, bool isOptional) in ByNumber)
        {
            ulong? at = config.Number64(key);
            if (at is not { } number)
            {
                absent = isOptional ? absent : absent ?? key;
                continue;
            }

            if (absent is not null)
            {
                faults.Add(GenesisErrorReason.ForkOrder, "config." + key, $"it stands on {absent}, which is absent");
            }
            else if (number < former)
            {
                faults.Add(
                    GenesisErrorReason.ForkOrder, "config." + key, $"{number} is before the former's {former}");
            }

            former = number;
            BlockRules rules = BlockForkList.Get(fork);

            // A network without Muir Glacier keeps the bomb where it was until London sets it anew.
            bool keepsBomb = fork == "Berlin" && !config.Has("muirGlacierBlock");
            rules = keepsBomb ? rules with { Difficulty = bomb } : rules;
            bomb = rules.Difficulty;
            activations.Add(new ForkActivation(ActivationKind.Number, number, rules));
            if (fork == "Constantinople" && !config.Has("petersburgBlock"))
            {
                // As in geth, Constantinople alone means the one that was mended.
                activations.Add(
                    new ForkActivation(ActivationKind.Number, number, BlockForkList.Get("ConstantinopleFix")));
            }
        }

        if (config.Number64("eip155Block") is { } replay && replay != config.Number64("eip158Block"))
        {
            faults.Add(
                GenesisErrorReason.NotSupported, "config.eip155Block", "eip155Block and eip158Block are one fork");
        }
    }

    private static void ReadMerge(GenesisFields config, List<ForkActivation> activations, GenesisFaults faults)
    {
        if (config.Number("terminalTotalDifficulty") is not { } total)
        {
            return;
        }

        if (!config.Has("londonBlock"))
        {
            faults.Add(
                GenesisErrorReason.ForkOrder,
                "config.terminalTotalDifficulty",
                "it stands on londonBlock, which is absent");
        }

        activations.Add(
            new ForkActivation(ActivationKind.ParentTotalDifficulty, total, BlockForkList.Get("Paris")));
    }

    private static void ReadTimes(GenesisFields config, List<ForkActivation> activations, GenesisFaults faults)
    {
        GenesisFields schedule = config.Object("blobSchedule");
        string? absent = config.Has("terminalTotalDifficulty") ? null : "terminalTotalDifficulty";
        ulong former = 0;
        foreach ((string key, string name, string? fork) in ByTime)
        {
            if (config.Number64(key) is not { } time)
            {
                absent = fork is null ? absent : absent ?? key;
                continue;
            }

            if (absent is not null)
            {
                faults.Add(GenesisErrorReason.ForkOrder, "config." + key, $"it stands on {absent}, which is absent");
            }
            else if (time < former)
            {
                faults.Add(
                    GenesisErrorReason.ForkOrder, "config." + key, $"{time} is before the former's {former}");
            }

            former = time;
            BlobParameters? blobs = schedule.Has(name) ? ReadBlobs(schedule.Object(name), name, faults) : null;
            BlockRules? rules = fork is null ? null : BlockForkList.Get(fork);
            if (rules is null && blobs is null)
            {
                faults.Add(
                    GenesisErrorReason.Missing, "config.blobSchedule." + name, $"{key} needs its blob parameters");
            }

            activations.Add(new ForkActivation(ActivationKind.Time, time, rules, blobs));
        }
    }

    private static BlobParameters ReadBlobs(GenesisFields fields, string name, GenesisFaults faults)
    {
        BlobParameters blobs = new(
            fields.Number64("target", required: true) ?? 0,
            fields.Number64("max", required: true) ?? 0,
            fields.Number64("baseFeeUpdateFraction", required: true) ?? 0);
        bool isCountWrong = blobs.Maximum is 0 or > MaximumBlobs || blobs.Target > blobs.Maximum;
        if (isCountWrong || blobs.BaseFeeUpdateFraction == 0)
        {
            faults.Add(
                GenesisErrorReason.OutOfRange,
                "config.blobSchedule." + name,
                $"target is at most max, max is 1 to {MaximumBlobs}, the fraction at least 1; found {blobs}");
        }

        return blobs;
    }

    /// <summary>More blobs than any network will see; keeps blob gas far below 2⁶⁴.</summary>
    private const ulong MaximumBlobs = 1 << 20;
}
