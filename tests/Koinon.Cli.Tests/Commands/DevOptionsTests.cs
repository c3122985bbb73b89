using System.CommandLine;
using Koinon.Chain.Building;
using Koinon.Cli.Commands;
using Koinon.Node.Development;
using Koinon.Primitives;
using Koinon.Rpc.Development.Manners;

namespace Koinon.Cli.Tests.Commands;

/// <summary>Anvil's flags and defaults (json-rpc.md section 2.1), and Hardhat's where they are asked for.</summary>
public sealed class DevOptionsTests
{
    [Fact]
    public void Defaults_AreAnvils()
    {
        DevelopmentOptions options = Read();

        Assert.Equal("127.0.0.1:8545", Assert.Single(options.Endpoints).ToString());
        Assert.Equal(10, options.SecretKeys.Count);
        Assert.Equal(UInt256.Parse("10000000000000000000000"), options.Balance);
        Assert.Equal((31337ul, 30_000_000ul), (options.ChainId, options.GasLimit));
        Assert.Equal((UInt256)1_000_000_000u, options.BaseFee);
        Assert.Equal(MiningMode.Automatic, options.Mining);
        Assert.Equal((TransactionOrder.Fees, 1_000), (options.Order, options.TransactionsMax));
        Assert.Equal((Manner.Anvil, 32ul), (options.Manner, options.SlotsInAnEpoch));
        Assert.Null(options.TransactionGasMax);
        Assert.True(options.HasCreate2Deployer);
    }

    [Fact]
    public void Compat_Hardhat_HasHardhatsDefaultsUnlessOthersAreNamed()
    {
        DevelopmentOptions options = Read("--compat", "hardhat");

        Assert.Equal((20, 60_000_000ul), (options.SecretKeys.Count, options.GasLimit));
        Assert.Equal("0xc014ba5ec014ba5ec014ba5ec014ba5ec014ba5e", options.Coinbase.ToString());
        Assert.Equal(3, Read("--compat", "hardhat", "-a", "3").SecretKeys.Count);
    }

    [Theory]
    [InlineData("-b", "0.5", 500, false)]
    [InlineData("--block-time", "12", 12_000, false)]
    [InlineData("--mixed-mining", "-b=2", 2_000, true)]
    public void BlockTime_TakesFractionsOfASecond(string one, string other, int milliseconds, bool isAutomatic)
    {
        MiningMode mode = Read(one, other).Mining;

        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), mode.IntervalMin);
        Assert.Equal(isAutomatic, mode.IsAutomatic);
    }

    [Fact]
    public void Options_ByTheirNamesAndShortForms_AreTaken()
    {
        DevelopmentOptions options = Read(
            "-p", "0", "--host", "127.0.0.1", "--chain-id", "7", "--no-mining", "--order", "fifo", "--timestamp", "5",
            "--enable-tx-gas-limit", "--disable-code-size-limit", "--auto-impersonate", "--steps-tracing", "--number",
            "9", "--gas-limit", "1000000", "--base-fee", "3", "--slots-in-an-epoch", "1", "--keep-blocks", "50",
            "--quiet",
            "--fund-accounts", "0x00000000000000000000000000000000000000aa:2", "--prune-history",
            "--impersonated-balance",
            "4");

        Assert.Equal(MiningMode.Manual, options.Mining);
        Assert.Equal(TransactionOrder.Arrival, options.Order);
        Assert.Equal((7ul, 5ul, 9ul), (options.ChainId, options.Timestamp, options.GenesisNumber));
        Assert.Equal(16_777_216ul, options.TransactionGasMax);
        Assert.Equal(int.MaxValue, options.CodeSizeMax);
        Assert.Equal((50ul, 1ul), (options.BlocksKept, options.StatesKept));
        Assert.True(options.ImpersonatesAll);
        Assert.False(options.PrintsRequests);
        Assert.Equal(UInt256.Parse("2000000000000000000"), Assert.Single(options.Funded).Value);
        Assert.Equal(UInt256.Parse("4000000000000000000"), options.ImpersonatedBalance);
    }

    // What `anvil --help` lists, its aliases included: taken, whether there is something to switch or not.
    [Theory]
    [InlineData("--blockTime 1")]
    [InlineData("--ipcpath /tmp/x.ipc")]
    [InlineData("-j 2")]
    [InlineData("--jobs 2")]
    [InlineData("--threads 2")]
    [InlineData("--max-persisted-states 5")]
    [InlineData("--preserve-historical-states")]
    [InlineData("--color always")]
    [InlineData("--json")]
    [InlineData("--md")]
    [InlineData("-v")]
    [InlineData("-vvvvv")]
    [InlineData("--no-priority-fee")]
    [InlineData("--tx-gas-limit")]
    [InlineData("--gas-price 5")]
    [InlineData("--auto-unlock")]
    [InlineData("--no-console-log")]
    [InlineData("--no-create2")]
    [InlineData("--memory-limit 100000")]
    [InlineData("--enable-trace-printing")]
    [InlineData("--network ethereum")]
    [InlineData("-n ethereum")]
    [InlineData("--hostname 127.0.0.1")]
    public void Options_OfAnvil_AreTaken(string arguments)
    {
        Read(arguments.Split(' '));
    }

    [Theory]
    [InlineData("--network optimism")]
    [InlineData("--optimism")]
    [InlineData("--celo")]
    public void Options_OfOtherFamilies_AreRefusedWithTheReason(string arguments)
    {
        string error = ErrorOf(arguments.Split(' '));

        Assert.Contains("Ethereum's rules alone", error, StringComparison.Ordinal);
    }

    // Complaint 39: wallets keep nonces of earlier runs; another chain id makes them forget.
    [Fact]
    public void ChainId_Random_IsAnotherEachTime()
    {
        ulong one = Read("--chain-id", "random").ChainId;

        Assert.InRange(one, 1ul << 24, (ulong)int.MaxValue);
        Assert.Contains(Enumerable.Range(0, 3), _ => Read("--chain-id", "random").ChainId != one);
    }

    [Fact]
    public void MnemonicSeed_GivesTheSameKeysEachTime()
    {
        Assert.Equal(
            Read("--mnemonic-seed-unsafe", "5").SecretKeys[0].ToArray(),
            Read("--mnemonic-seed-unsafe", "5").SecretKeys[0].ToArray());
        Assert.NotEqual(
            Read("--mnemonic-seed-unsafe", "5").SecretKeys[0].ToArray(),
            Read("--mnemonic-random").SecretKeys[0].ToArray());
    }

    [Theory]
    [InlineData("--compat", "ganache", "anvil or hardhat")]
    [InlineData("--port", "70000", "0 to 65535")]
    [InlineData("--host", "here", "IP address")]
    [InlineData("--chain-id", "0", "above 0")]
    [InlineData("--block-time", "0", "from 0.001")]
    [InlineData("--order", "chance", "fees or fifo")]
    [InlineData("--accounts", "-1", "0 to 1000")]
    [InlineData("--mnemonic", "one two", "mnemonic")]
    [InlineData("--mnemonic-random", "11", "12, 15, 18, 21 or 24")]
    [InlineData("--coinbase", "0x12", "40 hex digits")]
    [InlineData("--fund-accounts", "0x12:5", "ADDRESS:ETHER")]
    [InlineData("--durability", "some", "full or normal")]
    [InlineData("--init", "/nowhere/genesis.json", "--init")]
    [InlineData("--load-state", "/nowhere/state.json", "--load-state")]
    [InlineData("--dump-state", "/proc/nowhere/state.json", "/proc/nowhere")]
    [InlineData("--gas-limit", "0", "from 21000")]
    [InlineData("--code-size-limit", "-5", "from 0")]
    [InlineData("--keep-blocks", "0", "from 1")]
    public void Options_ThatCannotBeUsed_AreRefusedByNameWithWhatWouldBeRight(string name, string value, string text)
    {
        string error = ErrorOf(name, value);

        Assert.Contains(name, error);
        Assert.Contains(text, error);
    }

    [Fact]
    public void MixedMining_WithoutABlockTime_IsRefused() =>
        Assert.Contains("--block-time", ErrorOf("--mixed-mining"));

    private static DevelopmentOptions Read(params string[] arguments)
    {
        (DevelopmentOptions options, string? error) = Apply(arguments);
        Assert.Null(error);
        return options;
    }

    private static string ErrorOf(params string[] arguments) => Apply(arguments).Error!;

    private static (DevelopmentOptions Options, string? Error) Apply(string[] arguments)
    {
        IDevOptions[] groups =
        [
            new DevServerOptions(), new DevChainOptions(), new DevAccountOptions(), new DevMiningOptions(),
            new DevStateOptions(), new DevPrintOptions(),
        ];
        Command command = new("dev");
        foreach (Option option in groups.SelectMany(static group => group.All))
        {
            command.Options.Add(option);
        }

        ParseResult parsed = command.Parse(arguments);
        Assert.Empty(parsed.Errors);
        DevelopmentOptions options = new();
        foreach (IDevOptions group in groups)
        {
            options = group.Apply(parsed, options, out string? error);
            if (error is not null)
            {
                return (options, error);
            }
        }

        return (options, null);
    }
}
