using System.Text;
using Koinon.Chain.Forks;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.State;

namespace Koinon.Chain.Tests.Networks;

public class GenesisReaderTests
{
    private const string Config =
        """
        "config": {"chainId": 1337, "homesteadBlock": 0, "eip150Block": 0, "eip155Block": 0, "eip158Block": 0,
          "byzantiumBlock": 0, "constantinopleBlock": 0, "petersburgBlock": 0, "istanbulBlock": 0, "berlinBlock": 0,
          "londonBlock": 0, "terminalTotalDifficulty": 0, "shanghaiTime": 0, "cancunTime": 0, "pragueTime": 0,
          "osakaTime": 0, "bpo1Time": 10, "bpo2Time": 20, "bpo3Time": 30, "bpo4Time": 40, "bpo5Time": 50,
          "depositContractAddress": "0x4242424242424242424242424242424242424242",
          "blobSchedule": {
            "cancun": {"target": 3, "max": 6, "baseFeeUpdateFraction": 3338477},
            "prague": {"target": 6, "max": 9, "baseFeeUpdateFraction": 5007716},
            "bpo1": {"target": "0xa", "max": "15", "baseFeeUpdateFraction": 8346193},
            "bpo2": {"target": 14, "max": 21, "baseFeeUpdateFraction": 11684671},
            "bpo3": {"target": 21, "max": 32, "baseFeeUpdateFraction": 20609697},
            "bpo4": {"target": 14, "max": 21, "baseFeeUpdateFraction": 13739630},
            "bpo5": {"target": 48, "max": 72, "baseFeeUpdateFraction": 40000000}}}
        """;

    // The genesis block of mainnet, whose state has 8,893 accounts: here it is stated, not computed.
    [Fact]
    public void KeccakOf_MainnetsGenesisHeader_IsMainnetsGenesisHash()
    {
        HeaderDraft draft = new()
        {
            UnclesHash = BlockHeader.UnclesHashOf([]),
            StateRoot = Hash256.Parse("0xd7f8974fb5ac78d9ac099b9ad5018bedc2ce0a72dad1827a1709da30580f0544"),
            TransactionsRoot = BodyRoots.Empty,
            ReceiptsRoot = BodyRoots.Empty,
            Difficulty = 17_179_869_184,
            GasLimit = 5_000,
            Nonce = 66,
            ExtraData = Hex.Decode("0x11bbe8db4e347b4e8c937c1c8370e4b5ed33adb3db69cbdb7a38e1e50b1b82fa"),
        };

        Assert.Equal(
            Hash256.Parse("0xd4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3"),
            BlockHeader.KeccakOf(draft.ToHeader()));
    }

    [Fact]
    public void TryParse_OfEveryForkAtTheGenesis_GivesTheHeaderAllFields()
    {
        Genesis genesis = Parse("{" + Config + """, "difficulty": "0x0", "gasLimit": 30000000, "alloc": {}}""");

        BlockHeader header = genesis.Block.Header;
        Assert.Equal(1_000_000_000ul, header.BaseFeePerGas);
        Assert.Equal(BodyRoots.Empty, header.WithdrawalsRoot);
        Assert.Equal(0ul, header.BlobGasUsed);
        Assert.Equal(0ul, header.ExcessBlobGas);
        Assert.Equal(Hash256.Zero, header.ParentBeaconBlockRoot);
        Assert.Equal(
            Hash256.Parse("0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"), header.RequestsHash);
        Assert.Equal("Osaka", genesis.Rules.Rules.Name);
        Assert.Equal(Address.Parse("0x4242424242424242424242424242424242424242"), genesis.Network.DepositContract);
    }

    [Theory]
    [InlineData(9ul, 6ul, 9ul, 5_007_716ul)]
    [InlineData(10ul, 10ul, 15ul, 8_346_193ul)]
    [InlineData(20ul, 14ul, 21ul, 11_684_671ul)]
    [InlineData(30ul, 21ul, 32ul, 20_609_697ul)]
    [InlineData(40ul, 14ul, 21ul, 13_739_630ul)]
    [InlineData(50ul, 48ul, 72ul, 40_000_000ul)]
    public void At_OfFiveBlobSchedules_GivesEachInItsTime(ulong time, ulong target, ulong most, ulong fraction)
    {
        Genesis genesis = Parse("{" + Config + """, "difficulty": 0, "gasLimit": "0x1c9c380", "alloc": {}}""");

        Assert.Equal(new BlobParameters(target, most, fraction), genesis.Schedule.At(1, time, 0).Blobs);
    }

    [Fact]
    public void TryParse_OfAccountsInEveryForm_ReadsThem()
    {
        Genesis genesis = Parse(
            """
            {"config": {"chainId": 7}, "difficulty": "131072", "gasLimit": "0x1388", "nonce": "0x42", "alloc": {
              "0x1000000000000000000000000000000000000001": {"balance": "0x10", "nonce": "0x2"},
              "1000000000000000000000000000000000000002": {
                "balance": "16", "code": "0x6001", "storage": {"0x03": "0x07", "4": "0x"}},
              "0x1000000000000000000000000000000000000003": {"balance": 16}}}
            """);

        Assert.Equal(ReadStatus.Found, genesis.State.ReadAccount(
            Address.Parse("0x1000000000000000000000000000000000000001"), out Account first));
        Assert.Equal(new Account(2, 16, Account.NoCode), first);
        Address second = Address.Parse("0x1000000000000000000000000000000000000002");
        Assert.Equal(ReadStatus.Found, genesis.State.ReadAccount(second, out Account account));
        Assert.Equal(new Account(0, 16, Hash256.Keccak([0x60, 0x01])), account);
        Assert.Equal(ReadStatus.Found, genesis.State.ReadSlot(second, 3, out UInt256 value));
        Assert.Equal(7ul, value);
        Assert.Equal(ReadStatus.Absent, genesis.State.ReadSlot(second, 4, out _));
        Assert.Equal(66ul, genesis.Block.Header.Nonce);
        Assert.Equal("Frontier", genesis.Rules.Rules.Name);
        Assert.Equal(7ul, genesis.Network.ChainId);
    }

    [Theory]
    [InlineData("nothing", GenesisErrorReason.NotJson, "")]
    [InlineData("[]", GenesisErrorReason.WrongKind, "")]
    [InlineData("""{"difficulty": 1, "gasLimit": 1, "alloc": {}}""", GenesisErrorReason.Missing, "config")]
    [InlineData(
        """{"config": {}, "difficulty": 1, "gasLimit": 1, "alloc": {}}""",
        GenesisErrorReason.Missing,
        "config.chainId")]
    [InlineData("""{"config": {"chainId": 1}, "difficulty": 1, "gasLimit": 1}""", GenesisErrorReason.Missing, "alloc")]
    [InlineData("""{"config": {"chainId": 1}, "difficulty": 1, "alloc": {}}""", GenesisErrorReason.Missing, "gasLimit")]
    [InlineData("""{"config": {"chainId": 1}, "gasLimit": 1, "alloc": {}}""", GenesisErrorReason.Missing, "difficulty")]
    [InlineData(
        """{"config": {"chainId": "x"}, "difficulty": 1, "gasLimit": 1, "alloc": {}}""",
        GenesisErrorReason.WrongKind,
        "config.chainId")]
    [InlineData(
        """{"config": {"chainId": 1}, "difficulty": 1, "gasLimit": "0x10000000000000000", "alloc": {}}""",
        GenesisErrorReason.OutOfRange,
        "gasLimit")]
    [InlineData(
        """{"config": {"chainId": 1}, "difficulty": 1, "gasLimit": 1, "mixHash": "0x12", "alloc": {}}""",
        GenesisErrorReason.OutOfRange,
        "mixHash")]
    [InlineData(
        """{"config": {"chainId": 1}, "difficulty": 1, "gasLimit": 1, "alloc": {"0x12": {}}}""",
        GenesisErrorReason.WrongKind,
        "alloc.0x12")]
    [InlineData(
        """{"config": {"chainId": 1, "londonBlock": 5}, "difficulty": 1, "gasLimit": 1, "alloc": {}}""",
        GenesisErrorReason.ForkOrder,
        "config.londonBlock")]
    [InlineData(
        """{"config": {"chainId": 1, "homesteadBlock": 5, "eip150Block": 4}, "difficulty": 1, "gasLimit": 1}""",
        GenesisErrorReason.ForkOrder,
        "config.eip150Block")]
    [InlineData(
        """{"config": {"chainId": 1, "shanghaiTime": 4}, "difficulty": 1, "gasLimit": 1, "alloc": {}}""",
        GenesisErrorReason.ForkOrder,
        "config.shanghaiTime")]
    [InlineData(
        """{"config": {"chainId": 1, "terminalTotalDifficulty": 4}, "difficulty": 1, "gasLimit": 1, "alloc": {}}""",
        GenesisErrorReason.ForkOrder,
        "config.terminalTotalDifficulty")]
    [InlineData(
        """{"config": {"chainId": 1, "verkleTime": 4}, "difficulty": 1, "gasLimit": 1, "alloc": {}}""",
        GenesisErrorReason.NotSupported,
        "config.verkleTime")]
    [InlineData(
        """{"config": {"chainId": 1, "clique": {}}, "difficulty": 1, "gasLimit": 1, "alloc": {}}""",
        GenesisErrorReason.NotSupported,
        "config.clique")]
    [InlineData(
        """{"config": {"chainId": 1, "daoForkSupport": 1}, "difficulty": 1, "gasLimit": 1, "alloc": {}}""",
        GenesisErrorReason.WrongKind,
        "config.daoForkSupport")]
    public void TryParse_OfAWrongGenesis_NamesTheField(string json, GenesisErrorReason reason, string field)
    {
        Assert.False(Genesis.TryParse(Encoding.UTF8.GetBytes(json), out _, out GenesisError? error));

        Assert.Equal(reason, error.Reason);
        Assert.Equal(field, error.Field);
    }

    [Fact]
    public void TryParse_OfAScheduleWithoutItsParameters_NamesThem()
    {
        string config = Config.Replace("\"bpo5\"", "\"bpo6\"", StringComparison.Ordinal);
        string json = "{" + config + """, "difficulty": 0, "gasLimit": 1, "alloc": {}}""";

        Assert.False(Genesis.TryParse(Encoding.UTF8.GetBytes(json), out _, out GenesisError? error));

        Assert.Equal(GenesisErrorReason.Missing, error.Reason);
        Assert.Equal("config.blobSchedule.bpo5", error.Field);
    }

    [Fact]
    public void TryParse_OfAnAccountTwice_NamesIt()
    {
        const string json =
            """
            {"config": {"chainId": 1}, "difficulty": 1, "gasLimit": 1, "alloc": {
              "0x1000000000000000000000000000000000000001": {}, "1000000000000000000000000000000000000001": {}}}
            """;

        Assert.False(Genesis.TryParse(Encoding.UTF8.GetBytes(json), out _, out GenesisError? error));

        Assert.Equal(GenesisErrorReason.Duplicate, error.Reason);
    }

    private static Genesis Parse(string json)
    {
        bool parsed = Genesis.TryParse(Encoding.UTF8.GetBytes(json), out Genesis? genesis, out GenesisError? error);
        Assert.True(parsed, error?.ToString());
        return genesis!;
    }
}
