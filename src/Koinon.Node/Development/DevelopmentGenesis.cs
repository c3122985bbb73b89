using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Koinon.Chain;
using Koinon.Chain.Networks;
using Koinon.Evm.Forks;
using Koinon.Evm.Precompiles;
using Koinon.Node.Chains;
using Koinon.Primitives;
using Koinon.Rpc.Development.Manners;
using Koinon.Primitives.Blocks;

namespace Koinon.Node.Development;

/// <summary>
/// The genesis of a development chain: a file in geth's form with the system contracts, and accounts with ether.
/// </summary>
internal static class DevelopmentGenesis
{
    private const string Create2Deployer = "0x4e59b44847b379578588920ca78fbf26c0b4956c";

    private const string Create2DeployerCode =
        "0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039"
        + "578182fd5b8082525050506014600cf3";

    /// <summary>Forks that change nothing but blobs (EIP-7892), with mainnet's figures.</summary>
    private static readonly (string Name, int Target, int Most, int Fraction)[] BlobForks =
        [("bpo1", 10, 15, 8_346_193), ("bpo2", 14, 21, 11_684_671)];

    /// <summary>The highest number of a first block: whoever counts in 53 bits can count on from there.</summary>
    private const ulong NumberMax = (1UL << 53) - 1;

    /// <summary>Where signers are recovered.</summary>
    private static readonly Address RecoveryAddress = Address.FromWord(1);

    /// <summary>Makes the genesis.</summary>
    /// <param name="options">Chain id, fork, gas limit, base fee, balances, or the file to take instead.</param>
    /// <param name="accounts">Who has ether.</param>
    /// <param name="impersonation">Whose signatures are believed.</param>
    /// <param name="clock">Says what time it is, where the options do not.</param>
    /// <exception cref="DevelopmentOptionException">The file, or the name of the fork, cannot be used.</exception>
    /// <exception cref="Storage.StoreException">The data directory cannot be used.</exception>
    public static Genesis Create(
        DevelopmentOptions options,
        IReadOnlyList<Address> accounts,
        Impersonation impersonation,
        TimeProvider clock)
    {
        ulong time = options.Timestamp ?? (ulong)clock.GetUtcNow().ToUnixTimeSeconds();
        bool isGiven = options.Genesis is not null;
        JsonObject file = isGiven ? ReadGiven(options.Genesis!.Value) : ReadUsual(options, time);
        JsonObject alloc = AllocOf(file);
        foreach (Address account in accounts)
        {
            Fund(alloc, account, options.Balance);
        }

        foreach ((Address account, UInt256 balance) in options.Funded)
        {
            Fund(alloc, account, balance);
        }

        // A directory goes on with the genesis it was made with, whatever the time is now.
        ChainDirectory? directory = options.DataDirectory is { } path ? new ChainDirectory(path) : null;
        byte[] json = (isGiven ? null : directory?.ReadKept()) ?? Serialize(file);
        byte[] text = TakeNumber(json, out ulong number);
        bool isRead = Genesis.TryParse(text, out Genesis? genesis, out GenesisError? error);
        if (isRead && options.Hardfork is { } asked && !isGiven && BlobForkOf(asked) < 0)
        {
            isRead = Genesis.TryParse(text, Until(asked, genesis!.Network), out genesis, out error);
        }

        if (isRead) directory?.KeepFirst(json);

        return isRead
            ? WithVariant(WithNumber(genesis!, number), options, impersonation)
            : throw new DevelopmentOptionException($"the genesis is wrong at {error!.Field}: {error.Detail}");
    }

    private static int BlobForkOf(string? asked) => Array.FindIndex(
        BlobForks, fork => string.Equals(fork.Name, asked, StringComparison.OrdinalIgnoreCase));

    /// <summary>The bytes of a file; the serializer would look types up for what needs none.</summary>
    private static byte[] Serialize(JsonObject file)
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter json = new(bytes))
        {
            file.WriteTo(json);
        }

        return bytes.WrittenSpan.ToArray();
    }

    private static JsonObject ReadUsual(DevelopmentOptions options, ulong time)
    {
        using Stream stream = typeof(DevelopmentGenesis).Assembly.GetManifestResourceStream("genesis.json")!;
        JsonObject file = JsonNode.Parse(stream)!.AsObject();
        file["config"]!["chainId"] = options.ChainId;
        file["gasLimit"] = Number(options.GasLimit);
        file["baseFeePerGas"] = Number(
            options.Manner == Manner.Anvil ? FeeBeforeEmptyBlock(options.BaseFee) : options.BaseFee);
        file["timestamp"] = Number(time);
        file["number"] = Number(options.GenesisNumber);
        for (int i = 0; i <= BlobForkOf(options.Hardfork); i++)
        {
            (string name, int target, int most, int fraction) = BlobForks[i];
            file["config"]![name + "Time"] = 0;
            file["config"]!["blobSchedule"]![name] = new JsonObject
            {
                ["target"] = target,
                ["max"] = most,
                ["baseFeeUpdateFraction"] = fraction,
            };
        }

        if (options.HasCreate2Deployer)
        {
            file["alloc"]![Create2Deployer] = new JsonObject
            {
                ["nonce"] = "0x1",
                ["balance"] = "0x0",
                ["code"] = Create2DeployerCode,
            };
        }

        return file;
    }

    /// <summary>
    /// Takes the first block's number out of a file: a genesis proper has none but 0, a development chain may begin
    /// wherever it is wanted.
    /// </summary>
    private static byte[] TakeNumber(byte[] json, out ulong number)
    {
        number = 0;
        JsonObject file = JsonNode.Parse(json)!.AsObject();
        if (file["number"] is not { } named)
        {
            return json;
        }

        if (!UInt256.TryParse(named.ToJsonString().Trim('"'), out UInt256 value) || value > NumberMax)
        {
            throw new DevelopmentOptionException(
                $"the genesis is wrong at number: {named.ToJsonString()} is not a number of up to {NumberMax}");
        }

        number = value.U0;
        file.Remove("number");
        return Serialize(file);
    }

    private static Genesis WithNumber(Genesis genesis, ulong number)
    {
        if (number == 0)
        {
            return genesis;
        }

        HeaderDraft header = HeaderDraft.Of(genesis.Block.Header);
        header.Number = number;
        return new Genesis(
            genesis.Network,
            new Block { Header = header.ToHeader(), Withdrawals = genesis.Block.Withdrawals },
            genesis.State);
    }

    /// <summary>
    /// The base fee of an empty block after which the next one asks a given one (EIP-1559): in anvil the fee that is
    /// named is the first block's, in Hardhat the genesis's.
    /// </summary>
    private static UInt256 FeeBeforeEmptyBlock(in UInt256 fee) => fee + (fee / 7u);

    private static JsonObject ReadGiven(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonNode.Parse(json.Span) as JsonObject
                ?? throw new DevelopmentOptionException("the genesis file holds no JSON object");
        }
        catch (JsonException reason)
        {
            throw new DevelopmentOptionException($"the genesis file is not JSON: {reason.Message}");
        }
    }

    private static JsonObject AllocOf(JsonObject file)
    {
        if (file["alloc"] is JsonObject alloc)
        {
            return alloc;
        }

        JsonObject made = [];
        file["alloc"] = made;
        return made;
    }

    private static void Fund(JsonObject alloc, in Address account, in UInt256 balance)
    {
        string name = account.ToString();
        if (alloc[name] is JsonObject given)
        {
            given["balance"] ??= Number(balance);
        }
        else
        {
            alloc[name] = new JsonObject { ["balance"] = Number(balance) };
        }
    }

    /// <summary>The network of the file, without the forks after the one that is asked for.</summary>
    private static NetworkParameters Until(string asked, NetworkParameters network)
    {
        int last = -1;
        string wanted = HardforkNames.Compared(asked);
        for (int i = 0; i < network.Activations.Count; i++)
        {
            last = network.Activations[i].Rules is { } rules && HardforkNames.Compared(rules.Execution.Name) == wanted
                ? i
                : last;
        }

        return last >= 0
            ? network with { Activations = [.. network.Activations.Take(last + 1)] }
            : throw new DevelopmentOptionException(
                $"--hardfork {asked} is not known; known are "
                + string.Join(", ", network.Activations.Select(static one => one.Rules?.Execution.Name).Distinct()));
    }

    private static string Number(UInt256 value) => value.ToString("x", null);

    /// <summary>What a development chain's rules have of their own, in every fork.</summary>
    internal static Genesis WithVariant(Genesis genesis, DevelopmentOptions options, Impersonation impersonation)
    {
        ForkActivation[] activations = [.. genesis.Network.Activations];
        for (int i = 0; i < activations.Length; i++)
        {
            if (activations[i].Rules is { } rules)
            {
                activations[i] = activations[i] with
                {
                    Rules = rules with { Execution = WithVariant(rules.Execution, options, impersonation) },
                };
            }
        }

        NetworkParameters network = genesis.Network with
        {
            Activations = activations,
            ChainIdChanges = new ChainIdChanges(),
        };
        return new Genesis(network, genesis.Block, genesis.State)
        {
            BlockHash = genesis.BlockHash,
        };
    }

    private static Fork WithVariant(Fork fork, DevelopmentOptions options, Impersonation impersonation)
    {
        int codeSize = options.CodeSizeMax ?? fork.CodeSizeMax;
        bool isLonger = codeSize > fork.CodeSizeMax;
        return fork with
        {
            AllowsUnsigned = true,
            Precompiles = fork.Precompiles.TryGet(RecoveryAddress, out Precompile? recovery)
                ? fork.Precompiles.With(new ImpersonatedRecovery(recovery, impersonation))
                : fork.Precompiles,
            TransactionGasMax = options.TransactionGasMax ?? ulong.MaxValue,
            CodeSizeMax = codeSize,

            // Initialisation code may be twice as long as code (EIP-3860).
            InitCodeSizeMax = isLonger && fork.InitCodeSizeMax != int.MaxValue
                ? (int)Math.Min(2L * codeSize, int.MaxValue)
                : fork.InitCodeSizeMax,
        };
    }
}
