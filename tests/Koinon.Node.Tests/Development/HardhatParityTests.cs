using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Koinon.Rpc.Development.Manners;

namespace Koinon.Node.Tests.Development;

/// <summary>What suites written for Hardhat found different here; compared with the node of Hardhat 2.29.</summary>
public sealed class HardhatParityTests
{
    private const string Alice = RunningChain.Alice;
    private const string Bob = RunningChain.Bob;

    [Fact]
    public async Task Filter_OfBlocks_HoldsTheHeadFromTheStart()
    {
        // web3.js 0.20 sends, then asks for a filter, then waits for the filter to name a block.
        await using RunningChain chain = await RunningChain.StartAsync(Manner.Hardhat);
        await chain.AskAsync("evm_mine");
        string head = await HashAsync(chain);

        string filter = await chain.TextAsync("eth_newBlockFilter");
        Assert.Equal([head], await ChangesAsync(chain, filter));
        Assert.Empty(await ChangesAsync(chain, filter));

        await chain.AskAsync("evm_mine");
        Assert.Equal([await HashAsync(chain)], await ChangesAsync(chain, filter));
    }

    [Fact]
    public async Task Filter_OfBlocks_IsEmptyAtFirstInAnvilsManner()
    {
        await using RunningChain chain = await RunningChain.StartAsync();
        Assert.Empty(await ChangesAsync(chain, await chain.TextAsync("eth_newBlockFilter")));
    }

    [Fact]
    public async Task Method_ThatIsUnknown_IsNotSupported()
    {
        await using RunningChain chain = await RunningChain.StartAsync(Manner.Hardhat);

        JsonElement error = await chain.ErrorOfAsync("hardhat_nothing", 1);

        Assert.Equal(-32004, error.GetProperty("code").GetInt32());
        Assert.Equal("Method hardhat_nothing is not supported", error.Message());
        Assert.Equal(
            "hardhat_nothing", error.GetProperty("data").GetProperty("data").GetProperty("method").GetString());
    }

    [Theory]
    [InlineData("""{"fromBlock":"0x0","toBlock":"0x100"}""", 1)]
    [InlineData("""{"fromBlock":"0x0","toBlock":"pending"}""", 1)]
    [InlineData("""{"fromBlock":"0x50","toBlock":"0x100"}""", 0)]
    [InlineData("""{"fromBlock":"0x1","toBlock":"0x0"}""", 0)]
    [InlineData("""{"fromBlock":"0x50"}""", 0)]
    public async Task Logs_OfBlocksThatAreNotThere_AreNone(string filter, int count)
    {
        await using RunningChain chain = await RunningChain.StartAsync(Manner.Hardhat);
        await chain.AskAsync("hardhat_setCode", RunningChain.Contract, "0x5f5fa000");
        await chain.AskAsync("eth_sendTransaction", RunningChain.Send(Alice, RunningChain.Contract));

        JsonElement logs = await chain.AskAsync("eth_getLogs", JsonNode.Parse(filter));

        Assert.Equal(count, logs.GetArrayLength());
    }

    [Fact]
    public async Task Block_ThatIsNotThere_IsNamedWithTheHead()
    {
        await using RunningChain chain = await RunningChain.StartAsync(Manner.Hardhat);
        string hash = "0x" + new string('1', 64);

        JsonElement numbered = await chain.ErrorOfAsync("eth_getBalance", Alice, "0x5");
        JsonElement hashed = await chain.ErrorOfAsync(
            "eth_call", RunningChain.Send(Alice, Bob), new JsonObject { ["blockHash"] = hash });

        Assert.Equal("Received invalid block tag 5. Latest block number is 0", numbered.Message());
        Assert.Equal($"Received invalid block tag {hash}. Latest block number is 0", hashed.Message());
    }

    [Fact]
    public async Task Call_WithTooLittleGas_IsRefusedInHardhatsWords()
    {
        await using RunningChain chain = await RunningChain.StartAsync(Manner.Hardhat);

        JsonElement error = await chain.ErrorOfAsync("eth_call", RunningChain.Send(Alice, Bob, gas: "0x5000"));

        Assert.Equal("Transaction requires at least 21000 gas but got 20480", error.Message());
    }

    [Fact]
    public async Task Send_ThatCostsMoreThanThereCanBe_NamesTheMostThereCanBe()
    {
        await using RunningChain chain = await RunningChain.StartAsync(Manner.Hardhat);

        JsonElement error = await chain.ErrorOfAsync(
            "eth_sendTransaction", RunningChain.Send(Alice, Bob, value: "0x" + new string('f', 64)));

        Assert.StartsWith(
            "Sender doesn't have enough funds to send tx. The max upfront cost is: "
            + "115792089237316195423570985008687907853269984665640564039457584007913129639935 and the sender's balance",
            error.Message());
    }

    [Fact]
    public async Task Send_OfCodeThatIsTooLong_IsRefusedInHardhatsWords()
    {
        await using RunningChain chain = await RunningChain.StartAsync(Manner.Hardhat);
        JsonObject request = new() { ["from"] = Alice, ["data"] = "0x" + new string('5', 100_000) };

        JsonElement error = await chain.ErrorOfAsync("eth_sendTransaction", request);

        Assert.Equal(-32602, error.GetProperty("code").GetInt32());
        Assert.Contains("init code length is 50000. The max length allowed by EIP-3860 is 49152.", error.Message());
    }

    [Fact]
    public async Task Account_WhoseKeyIsNotHere_IsNamedWithItsChecksum()
    {
        await using RunningChain chain = await RunningChain.StartAsync(Manner.Hardhat);

        JsonElement error = await chain.ErrorOfAsync(
            "eth_sendTransaction", RunningChain.Send("0x00000000000000000000000000000000000b0b0b", Bob));

        Assert.Equal("Unknown account 0x00000000000000000000000000000000000b0B0b", error.Message());
    }

    [Fact]
    public async Task Mine_AtTheTimeOfTheHead_ComesASecondLater()
    {
        await using RunningChain chain = await RunningChain.StartAsync(Manner.Hardhat);
        await chain.AskAsync("evm_mine");
        long head = await chain.TimeAsync();

        await chain.AskAsync("evm_mine", head);

        Assert.Equal(head + 1, await chain.TimeAsync());
        Assert.Equal(
            $"Timestamp {head + 1} is equal to the previous block's timestamp. Enable the "
            + "'allowBlocksWithSameTimestamp' option to allow this",
            (await chain.ErrorOfAsync("evm_setNextBlockTimestamp", head + 1)).Message());
    }

    [Fact]
    public async Task Revert_WithACustomErrorOfTheProject_NamesItWithItsArguments()
    {
        DirectoryInfo project = Directory.CreateTempSubdirectory("koinon-project-");
        try
        {
            await using RunningChain chain = await RunningChain.StartAsync(options => options with
            {
                Manner = Manner.Hardhat,
                ProjectDirectory = project.FullName,
            });
            string data = "a1819e31" + RunningChain.Word(1) + new string('f', 63) + "b"
                + RunningChain.Word(0xaa) + RunningChain.Word(0x80) + RunningChain.Word(1) + RunningChain.Word(0x20)
                + RunningChain.Word(7) + RunningChain.Word(0x40) + RunningChain.Word(2) + "686d".PadRight(64, '0');
            await chain.AskAsync("hardhat_setCode", RunningChain.Contract, RunningChain.RevertingCode(data));
            JsonObject request = RunningChain.Send(Alice, RunningChain.Contract);
            Assert.Contains(
                "reverted with an unrecognized custom error",
                (await chain.ErrorOfAsync("eth_call", request.DeepClone())).Message());

            // Compiled while the chain runs.
            await File.WriteAllTextAsync(
                Path.Combine(project.FullName, "hardhat.config.js"), "", TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(
                Path.Combine(project.CreateSubdirectory("artifacts").FullName, "Odd.json"),
                """
                {"abi":[{"type":"error","name":"Odd","inputs":[
                  {"type":"bool"},{"type":"int256"},{"type":"address"},
                  {"type":"tuple[]","components":[{"type":"uint8"},{"type":"string"}]}]}]}
                """,
                TestContext.Current.CancellationToken);
            chain.Clock.Now += TimeSpan.FromSeconds(2);

            const string Expected = "Error: VM Exception while processing transaction: reverted with custom error "
                + "'Odd(true, -5, \"0x00000000000000000000000000000000000000AA\", [[7, \"hm\"]])'";
            Assert.Equal(Expected, (await chain.ErrorOfAsync("eth_call", request.DeepClone())).Message());
            Assert.Equal(Expected, (await chain.ErrorOfAsync("eth_sendTransaction", request.DeepClone())).Message());
        }
        finally
        {
            project.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Trace_OfSteps_HasPlainWordsMemoryAndStorage()
    {
        await using RunningChain chain = await RunningChain.StartAsync(Manner.Hardhat);

        // Memory 0 becomes 42, slot 0 becomes 1 and is read; the word at 0 is returned.
        await chain.AskAsync("hardhat_setCode", RunningChain.Contract, "0x602a5f5260015f555f545060205ff3");
        string hash = await chain.TextAsync("eth_sendTransaction", RunningChain.Send(Alice, RunningChain.Contract));

        JsonElement[] steps = [.. (await chain.AskAsync("debug_traceTransaction", hash))
            .GetProperty("structLogs").EnumerateArray()];
        Assert.Equal("[]", steps[0].GetProperty("memory").GetRawText());
        Assert.Equal("{}", steps[0].GetProperty("storage").GetRawText());
        JsonElement last = steps[^1];
        Assert.Equal("RETURN", last.GetProperty("op").GetString());
        Assert.Equal(
            [RunningChain.Word(0x20), RunningChain.Word(0)],
            last.GetProperty("stack").EnumerateArray().Select(static word => word.GetString()));
        Assert.Equal($"[\"{RunningChain.Word(42)}\"]", last.GetProperty("memory").GetRawText());
        Assert.Equal(
            $$"""{"{{RunningChain.Word(0)}}":"{{RunningChain.Word(1)}}"}""", last.GetProperty("storage").GetRawText());

        JsonElement bare = (await chain.AskAsync(
            "debug_traceTransaction",
            hash,
            JsonNode.Parse("""{"disableMemory":true,"disableStack":true,"disableStorage":true}""")))
            .GetProperty("structLogs")[0];
        Assert.Equal(
            ["pc", "op", "gas", "depth", "gasCost"], bare.EnumerateObject().Select(static member => member.Name));
    }

    [Theory]
    [InlineData(Manner.Anvil)]
    [InlineData(Manner.Hardhat)]
    public async Task Drop_ByHardhatsName_AnswersTrueOrFalseInBothManners(Manner manner)
    {
        // The helpers of Hardhat 3 fail at anything else.
        await using RunningChain chain = await RunningChain.StartAsync(manner);
        await chain.AskAsync("evm_setAutomine", false);
        string hash = await chain.TextAsync("eth_sendTransaction", RunningChain.Send(Alice, Bob));

        Assert.Equal(JsonValueKind.True, (await chain.AskAsync("hardhat_dropTransaction", hash)).ValueKind);
        Assert.Equal(JsonValueKind.False, (await chain.AskAsync("hardhat_dropTransaction", hash)).ValueKind);
        hash = await chain.TextAsync("eth_sendTransaction", RunningChain.Send(Alice, Bob));
        Assert.Equal(hash, await chain.TextAsync("anvil_dropTransaction", hash));
    }

    [Theory]
    [InlineData(Manner.Anvil)]
    [InlineData(Manner.Hardhat)]
    public async Task Block_InHardhatsManner_HasItsTotalDifficulty(Manner manner)
    {
        await using RunningChain chain = await RunningChain.StartAsync(manner);

        JsonElement block = await chain.AskAsync("eth_getBlockByNumber", "latest", false);

        Assert.Equal(manner == Manner.Hardhat, block.TryGetProperty("totalDifficulty", out _));
    }

    [Fact]
    public async Task Connections_OfASuiteThatPollsForThousandsOfReceipts_AreTaken()
    {
        await using RunningChain chain = await RunningChain.StartAsync(Manner.Hardhat);
        List<TcpClient> open = [];
        try
        {
            for (int index = 0; index < 1_100; index++)
            {
                TcpClient client = new();
                open.Add(client);
                await client.ConnectAsync(chain.Node.Server.Endpoint, TestContext.Current.CancellationToken);
            }

            Assert.Equal(0, await chain.NumberAsync());
        }
        finally
        {
            open.ForEach(static client => client.Dispose());
        }
    }

    private static async Task<string> HashAsync(RunningChain chain) =>
        (await chain.AskAsync("eth_getBlockByNumber", "latest", false)).GetProperty("hash").GetString()!;

    private static async Task<string[]> ChangesAsync(RunningChain chain, string filter) =>
        [.. (await chain.AskAsync("eth_getFilterChanges", filter)).EnumerateArray().Select(hash => hash.GetString()!)];
}
