using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Koinon.Node.Development;
using Koinon.Rpc.Development.Manners;

namespace Koinon.Node.Tests.Development;

/// <summary>State files: complaints 8, 9, 10, 12 and 35 of json-rpc.md.</summary>
public sealed class StateFileTests
{
    private const string Alice = RunningChain.Alice;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> OldFiles =>
    [
        """
        {"accounts":{"0x00000000000000000000000000000000000000aa":
            {"nonce":3,"balance":"0x64","code":"0x6001","storage":{"0x1":"0x2"}}}}
        """,
        """
        {"accounts":{"0x00000000000000000000000000000000000000aa":
            {"nonce":"3","balance":"100","code":"6001","storage":{"1":"2"}}},"historical_states":null}
        """,
        """
        {"block":{"number":"7","coinbase":"0x00000000000000000000000000000000000000bb","timestamp":"1700000500",
            "gas_limit":"0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff","basefee":"0x7",
            "difficulty":"0x0","prevrandao":null,"blob_excess_gas_and_price":null},
        "accounts":{"0x00000000000000000000000000000000000000aa":
            {"nonce":"0x3","balance":"0x064","code":"0x6001","storage":{"0x01":"0x02"},"unknown":[{}]}},
        "best_block_number":"0x7","blocks":[],"transactions":[]}
        """,
    ];

    // Complaints 8, 9 and 12: blocks, receipts, logs, states of old blocks and nonces are there again.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Dump_LoadedByAnotherChain_IsTheWholeChain(bool isPacked)
    {
        await using RunningChain first = await RunningChain.StartAsync();
        await first.AskAsync("anvil_setCode", RunningChain.Contract, RunningChain.StoringCode);
        string hash = await first.TextAsync("eth_sendTransaction", Store(1));
        await first.AskAsync("anvil_setStorageAt", RunningChain.Contract, "0x1", "0x" + RunningChain.Word(77));
        await first.AskAsync("eth_sendTransaction", Store(2));
        MemoryStream file = new();
        await first.Node.WriteStateAsync(file, isPacked, Cancellation);
        file.Position = 0;

        await using RunningChain second = await RunningChain.StartAsync(options => options with { State = file });

        foreach ((string method, string[] parameters) in Questions(hash))
        {
            Assert.Equal(
                (await first.AskAsync(method, [.. parameters])).GetRawText(),
                (await second.AskAsync(method, [.. parameters])).GetRawText());
        }

        await second.AskAsync("anvil_rollback", 1);
        Assert.Equal(1, await second.SlotAsync(RunningChain.Contract));
        await second.AskAsync("eth_sendTransaction", Store(5));
        Assert.Equal(5, await second.SlotAsync(RunningChain.Contract));
    }

    // Complaint 35: under every prefix.
    [Theory]
    [InlineData("anvil_dumpState", "hardhat_loadState")]
    [InlineData("hardhat_dumpState", "anvil_loadState")]
    public async Task DumpState_LoadedOverAnotherState_MergesIt(string dump, string load)
    {
        await using RunningChain first = await RunningChain.StartAsync();
        await first.AskAsync("anvil_setBalance", RunningChain.Stranger, "0x5");
        string state = await first.TextAsync(dump);
        await using RunningChain second = await RunningChain.StartAsync(Manner.Hardhat);
        await second.AskAsync("anvil_setBalance", RunningChain.Contract, "0x6");

        Assert.True((await second.AskAsync(load, state)).GetBoolean());

        Assert.Equal("0x5", await second.TextAsync("eth_getBalance", RunningChain.Stranger, "latest"));
        Assert.Equal("0x6", await second.TextAsync("eth_getBalance", RunningChain.Contract, "latest"));
    }

    // Complaints 8 and 9: over the wire, too, a dump is the whole chain where nothing would be lost.
    [Fact]
    public async Task LoadState_IntoAChainWithNothingOfItsOwn_BringsItsBlocks()
    {
        await using RunningChain first = await RunningChain.StartAsync();
        await first.AskAsync("anvil_setCode", RunningChain.Contract, RunningChain.StoringCode);
        string hash = await first.TextAsync("eth_sendTransaction", Store(3));
        await first.AskAsync("evm_mine");
        string state = await first.TextAsync("anvil_dumpState");
        await using RunningChain second = await RunningChain.StartAsync();
        await second.AskAsync("evm_setAutomine", false);

        Assert.True((await second.AskAsync("anvil_loadState", state)).GetBoolean());

        Assert.Equal(2, await second.NumberAsync());
        Assert.Equal(
            (await first.AskAsync("eth_getBlockByNumber", "0x1", true)).GetRawText(),
            (await second.AskAsync("eth_getBlockByNumber", "0x1", true)).GetRawText());
        Assert.Equal(
            "0x1", (await second.AskAsync("eth_getTransactionReceipt", hash)).GetProperty("status").GetString());
        Assert.False((await second.AskAsync("anvil_getAutomine")).GetBoolean());
        await second.AskAsync("anvil_rollback", 2);
        Assert.Equal(0, await second.SlotAsync(RunningChain.Contract));

        await second.AskAsync("anvil_reset");
        Assert.Equal(0, await second.NumberAsync());
        Assert.Equal("0x", await second.TextAsync("eth_getCode", RunningChain.Contract, "latest"));
    }

    // Files of other programs name their block, and have a state alone that can be used here.
    [Fact]
    public async Task LoadState_OfAnvilsFile_StandsAtItsBlock()
    {
        await using RunningChain chain = await RunningChain.StartAsync();
        const string State = """
            {"block":{"number":"0x5","timestamp":"0x77359400","gas_limit":30000000,"basefee":7,"difficulty":"0x0"},
            "best_block_number":5,"accounts":{"0x00000000000000000000000000000000000000aa":
            {"nonce":3,"balance":"0x9","code":"0x","storage":{}}},"blocks":[],"transactions":[]}
            """;

        Assert.True((await chain.AskAsync(
            "anvil_loadState", "0x" + Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(State)))).GetBoolean());

        Assert.Equal(5, await chain.NumberAsync());
        Assert.Equal("0x9", await chain.TextAsync("eth_getBalance", RunningChain.Stranger, "latest"));
        Assert.NotEqual("0x0", await chain.TextAsync("eth_getBalance", RunningChain.Alice, "latest"));
        await chain.AskAsync("eth_sendTransaction", RunningChain.Send(RunningChain.Alice, RunningChain.Bob));
        Assert.Equal(6, await chain.NumberAsync());
        Assert.InRange(await chain.TimeAsync(), 2_000_000_000, 2_000_000_010);
    }

    // Complaint 10: old files. Accounts alone; numbers in decimal; short keys; code without its 0x; null storage.
    [Theory]
    [MemberData(nameof(OldFiles))]
    public async Task Load_OfFilesOfOldVersions_IsTaken(string json)
    {
        foreach (bool isPacked in (bool[])[true, false])
        {
            byte[] file = Encoding.UTF8.GetBytes(json);
            await using RunningChain chain = await RunningChain.StartAsync(options => options with
            {
                State = new MemoryStream(isPacked ? Pack(file) : file),
            });

            Assert.Equal("0x64", await chain.TextAsync("eth_getBalance", RunningChain.Stranger, "latest"));
            Assert.Equal("0x3", await chain.TextAsync("eth_getTransactionCount", RunningChain.Stranger, "latest"));
            Assert.Equal("0x6001", await chain.TextAsync("eth_getCode", RunningChain.Stranger, "latest"));
            Assert.Equal(
                "0x" + RunningChain.Word(2),
                await chain.TextAsync("eth_getStorageAt", RunningChain.Stranger, "0x1", "latest"));
            bool namesBlock = json.Contains("\"number\"", StringComparison.Ordinal);
            Assert.Equal(namesBlock ? 7 : 0, await chain.NumberAsync());
            await chain.AskAsync("evm_mine");
        }
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"accounts":{"0x12":{}}}""")]
    [InlineData("""{"accounts":{"0x00000000000000000000000000000000000000aa":{"balance":"many"}}}""")]
    [InlineData("""{"accounts":{"0x00000000000000000000000000000000000000aa":7}}""")]
    public async Task Load_OfWhatIsNoState_IsRefusedAndChangesNothing(string json)
    {
        await using RunningChain chain = await RunningChain.StartAsync();
        string root = await RootAsync(chain);

        JsonElement error = await chain.ErrorOfAsync(
            "anvil_loadState", "0x" + Convert.ToHexString(Encoding.UTF8.GetBytes(json)));

        Assert.Equal(-32602, error.GetProperty("code").GetInt32());
        Assert.Equal(root, await RootAsync(chain));
        await Assert.ThrowsAsync<DevelopmentOptionException>(() => RunningChain.StartAsync(options => options with
        {
            State = new MemoryStream(Encoding.UTF8.GetBytes(json)),
        }));
    }

    private static IEnumerable<(string Method, string[] Parameters)> Questions(string hash)
    {
        yield return ("eth_blockNumber", []);
        yield return ("eth_getBlockByNumber", ["0x0"]);
        yield return ("eth_getBlockByNumber", ["0x1"]);
        yield return ("eth_getBlockByNumber", ["latest"]);
        yield return ("eth_getTransactionReceipt", [hash]);
        yield return ("eth_getTransactionByHash", [hash]);
        yield return ("eth_getTransactionCount", [Alice, "latest"]);
        yield return ("eth_getTransactionCount", [Alice, "0x1"]);
        yield return ("eth_getBalance", [Alice, "0x0"]);
        yield return ("eth_getBalance", [Alice, "0x1"]);
        yield return ("eth_getStorageAt", [RunningChain.Contract, "0x0", "0x1"]);
        yield return ("eth_getStorageAt", [RunningChain.Contract, "0x1", "0x1"]);
        yield return ("eth_getStorageAt", [RunningChain.Contract, "0x0", "latest"]);
        yield return ("eth_getCode", [RunningChain.Contract, "0x0"]);
        yield return ("debug_traceTransaction", [hash]);
    }

    private static async Task<string> RootAsync(RunningChain chain) =>
        (await chain.AskAsync("eth_getProof", RunningChain.Stranger, new System.Text.Json.Nodes.JsonArray(), "latest"))
            .GetProperty("accountProof")[0].GetString()!;

    private static System.Text.Json.Nodes.JsonObject Store(int value) =>
        RunningChain.Send(Alice, RunningChain.Contract, "0x" + RunningChain.Word(value), gas: "0x186a0");

    private static byte[] Pack(byte[] bytes)
    {
        MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }
}
