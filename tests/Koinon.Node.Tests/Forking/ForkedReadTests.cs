using System.Text.Json;
using System.Text.Json.Nodes;
using Koinon.Node.Development;

namespace Koinon.Node.Tests.Forking;

public sealed class ForkedReadTests
{
    [Fact]
    public async Task Reads_OfWhatIsUntouched_AreTheRemotes()
    {
        await using ForkPair pair = await ForkPair.StartAsync();
        DevelopmentNode fork = await pair.ForkAsync();

        Assert.Equal("0x1092", (await ForkPair.AskAsync(fork, "eth_chainId")).GetString());
        Assert.Equal("0x3", (await ForkPair.AskAsync(fork, "eth_blockNumber")).GetString());
        Assert.Equal("0x64", (await ForkPair.AskAsync(fork, "eth_getBalance", ForkPair.Carol, "latest")).GetString());
        Assert.Equal("0x3", (await ForkPair.AskAsync(fork, "eth_getTransactionCount", ForkPair.Alice, "latest"))
            .GetString());
        Assert.Equal(ForkPair.Word(7), (await ForkPair.AskAsync(
            fork, "eth_getStorageAt", pair.Contract, "0x0", "latest")).GetString());
        Assert.Equal(ForkPair.Word(7), await pair.KeptAsync(fork));
        Assert.Equal(
            await TextAsync(pair.Origin, "eth_getCode", pair.Contract, "latest"),
            await TextAsync(fork, "eth_getCode", pair.Contract, "latest"));
    }

    [Theory]
    [InlineData("eth_getBlockByNumber", "0x3", true)]
    [InlineData("eth_getBlockByNumber", "latest", true)]
    [InlineData("eth_getBlockByNumber", "earliest", false)]
    [InlineData("eth_getBlockByNumber", "0x2", false)]
    [InlineData("eth_getBlockReceipts", "0x2")]
    [InlineData("eth_getBlockReceipts", "latest")]
    [InlineData("eth_getBlockTransactionCountByNumber", "0x3")]
    [InlineData("eth_getTransactionByBlockNumberAndIndex", "0x2", "0x0")]
    [InlineData("eth_getBalance", ForkPair.Carol, "0x2")]
    [InlineData("eth_getBalance", ForkPair.Alice, "0x1")]
    [InlineData("debug_traceBlockByNumber", "0x2")]
    [InlineData("trace_block", "0x2")]
    public async Task Questions_BelowTheFork_AreAnsweredAsTheRemoteDoes(string method, params object[] parameters)
    {
        await using ForkPair pair = await ForkPair.StartAsync();
        DevelopmentNode fork = await pair.ForkAsync();

        Assert.Equal(
            await TextAsync(pair.Origin, method, parameters), await TextAsync(fork, method, parameters));
    }

    // Complaint 38: traces before the fork differ.
    [Theory]
    [InlineData("eth_getTransactionByHash")]
    [InlineData("eth_getTransactionReceipt")]
    [InlineData("eth_getRawTransactionByHash")]
    [InlineData("debug_traceTransaction")]
    [InlineData("trace_transaction")]
    public async Task Transactions_BelowTheFork_AreTheRemotes(string method)
    {
        await using ForkPair pair = await ForkPair.StartAsync();
        string hash = await pair.KeepAsync(pair.Origin, 8);
        DevelopmentNode fork = await pair.ForkAsync();

        string answer = await TextAsync(fork, method, hash);

        Assert.Equal(await TextAsync(pair.Origin, method, hash), answer);
        Assert.NotEqual("null", answer);
    }

    [Fact]
    public async Task WhatTheRemoteDoesLater_IsNotSeen()
    {
        await using ForkPair pair = await ForkPair.StartAsync();
        DevelopmentNode fork = await pair.ForkAsync();
        string hash = await pair.KeepAsync(pair.Origin, 9);
        string block = (await ForkPair.AskAsync(pair.Origin, "eth_getBlockByNumber", "latest", false))
            .GetProperty("hash").GetString()!;

        Assert.Equal("null", await TextAsync(fork, "eth_getTransactionByHash", hash));
        Assert.Equal("null", await TextAsync(fork, "eth_getTransactionReceipt", hash));
        Assert.Equal("null", await TextAsync(fork, "eth_getBlockByNumber", "0x4", true));
        Assert.Equal("null", await TextAsync(fork, "eth_getBlockByHash", block, true));
        Assert.Equal(ForkPair.Word(7), await pair.KeptAsync(fork));
    }

    [Fact]
    public async Task Fork_AtABlockBelowTheHead_HasItsState()
    {
        await using ForkPair pair = await ForkPair.StartAsync();
        await pair.KeepAsync(pair.Origin, 9);

        DevelopmentNode given = await pair.ForkAsync(static options => options with { BlockNumber = 3 });
        DevelopmentNode back = await pair.ForkAsync(static options => options with { BlockNumber = -3 });

        Assert.Equal(ForkPair.Word(7), await pair.KeptAsync(given));
        Assert.Equal(ForkPair.Word(0), await pair.KeptAsync(back));
        Assert.Equal("0x1", (await ForkPair.AskAsync(back, "eth_blockNumber")).GetString());
    }

    [Fact]
    public async Task Blocks_OfShapesThatAreNotKnown_ArePassedThrough()
    {
        await using ForkPair pair = await ForkPair.StartAsync();
        pair.Wire.Answer = (method, parameters) =>
        {
            string answer = ForkPair.Forward(pair.Origin, method, parameters);
            if (method == "eth_getBlockByNumber")
            {
                JsonObject block = JsonNode.Parse(answer)!.AsObject();
                block["l1BlockNumber"] = "0x77";
                block["sendRoot"] = ForkPair.Word(5);
                block.Remove("withdrawalsRoot");
                block["transactions"] = parameters[1].GetBoolean()
                    ? new JsonArray(new JsonObject { ["type"] = "0x7e", ["sourceHash"] = ForkPair.Word(1) })
                    : new JsonArray(ForkPair.Word(1));
                answer = block.ToJsonString();
            }

            return answer;
        };

        DevelopmentNode fork = await pair.ForkAsync();
        JsonElement block = await ForkPair.AskAsync(fork, "eth_getBlockByNumber", "latest", true);
        await pair.KeepAsync(fork, 12);

        Assert.Equal("0x77", block.GetProperty("l1BlockNumber").GetString());
        Assert.Equal("0x7e", block.GetProperty("transactions")[0].GetProperty("type").GetString());
        JsonElement head = await ForkPair.AskAsync(fork, "eth_getBlockByNumber", "latest", true);
        Assert.Equal(block.GetProperty("hash").GetString(), head.GetProperty("parentHash").GetString());
        Assert.Equal(ForkPair.Word(12), await pair.KeptAsync(fork));
    }

    [Fact]
    public async Task Call_OfBlockhash_SeesTheRemotesBlocks()
    {
        await using ForkPair pair = await ForkPair.StartAsync();
        DevelopmentNode fork = await pair.ForkAsync();
        await pair.KeepAsync(fork, 8);
        await pair.KeepAsync(fork, 9);
        string remote = (await ForkPair.AskAsync(pair.Origin, "eth_getBlockByNumber", "0x1", false))
            .GetProperty("hash").GetString()!;

        // PUSH1 1 BLOCKHASH PUSH0 MSTORE PUSH1 32 PUSH0 RETURN, as the code of an account.
        Dictionary<string, object> code = new() { [ForkPair.Carol] = new { code = "0x6001405f5260205ff3" } };
        JsonElement seen = await ForkPair.AskAsync(fork, "eth_call", new { to = ForkPair.Carol }, "latest", code);

        Assert.Equal(remote, seen.GetString());
    }

    // Complaint 27: the fork block is missed.
    [Fact]
    public async Task Logs_AcrossTheFork_AreOneList()
    {
        await using ForkPair pair = await ForkPair.StartAsync();
        DevelopmentNode fork = await pair.ForkAsync();
        await pair.KeepAsync(fork, 8);
        await pair.KeepAsync(pair.Origin, 99);

        JsonElement all = await ForkPair.AskAsync(
            fork, "eth_getLogs", new { fromBlock = "0x0", toBlock = "latest", address = pair.Contract });
        JsonElement below = await ForkPair.AskAsync(
            fork, "eth_getLogs", new { fromBlock = "earliest", toBlock = "0x3", topics = new[] { ForkPair.Topic } });
        JsonElement above = await ForkPair.AskAsync(fork, "eth_getLogs", new { fromBlock = "0x4" });

        Assert.Equal(["0x2", "0x4"], Numbers(all));
        Assert.Equal(["0x2"], Numbers(below));
        Assert.Equal(["0x4"], Numbers(above));
        Assert.Equal(ForkPair.Word(8), all[1].GetProperty("data").GetString());
        JsonElement filter = await ForkPair.AskAsync(
            fork,
            "eth_newFilter",
            new { fromBlock = "0x0", address = pair.Contract, topics = new[] { ForkPair.Topic } });
        Assert.Equal(["0x2", "0x4"], Numbers(await ForkPair.AskAsync(fork, "eth_getFilterLogs", filter)));
        JsonElement error = await ForkPair.ErrorAsync(fork, "eth_getLogs", new { fromBlock = "0x0", toBlock = "0x9" });
        Assert.Equal(-32602, error.GetProperty("code").GetInt32());
    }

    [Theory]
    [InlineData("query returned more than 10000 results. Try with this block range [0x0, 0x1].")]
    [InlineData("exceed maximum block range: 2")]
    [InlineData("Log response size exceeded.")]
    public async Task Logs_OfARangeThatIsTooWideForTheRemote_AreAskedForInParts(string refusal)
    {
        await using ForkPair pair = await ForkPair.StartAsync();
        for (ulong number = 10; number < 16; number++)
        {
            await pair.KeepAsync(pair.Origin, number);
        }

        pair.Wire.Answer = (method, parameters) =>
        {
            if (method == "eth_getLogs"
                && Convert.ToUInt64(parameters[0].GetProperty("toBlock").GetString(), 16)
                - Convert.ToUInt64(parameters[0].GetProperty("fromBlock").GetString(), 16) >= 2)
            {
                return $$"""!{"code":-32005,"message":"{{refusal}}"}""";
            }

            return ForkPair.Forward(pair.Origin, method, parameters);
        };
        DevelopmentNode fork = await pair.ForkAsync();
        await pair.KeepAsync(fork, 16);

        JsonElement logs = await ForkPair.AskAsync(fork, "eth_getLogs", new { fromBlock = "0x0", toBlock = "latest" });

        Assert.Equal(["0x2", "0x4", "0x5", "0x6", "0x7", "0x8", "0x9", "0xa"], Numbers(logs));
    }

    // Complaint 43: proofs on forks.
    [Fact]
    public async Task Proof_OfWhatIsUntouched_IsTheRemotes()
    {
        await using ForkPair pair = await ForkPair.StartAsync();
        DevelopmentNode fork = await pair.ForkAsync();
        string before = await TextAsync(pair.Origin, "eth_getProof", pair.Contract, new[] { ForkPair.Word(0) }, "0x3");

        Assert.Equal(
            before, await TextAsync(fork, "eth_getProof", pair.Contract, new[] { ForkPair.Word(0) }, "latest"));

        await pair.KeepAsync(fork, 8);
        JsonElement error = await ForkPair.ErrorAsync(
            fork, "eth_getProof", pair.Contract, new[] { ForkPair.Word(0) }, "latest");
        Assert.StartsWith("no proof: slot 0x0 of account", error.GetProperty("message").GetString());
        Assert.Equal(before, await TextAsync(fork, "eth_getProof", pair.Contract, new[] { ForkPair.Word(0) }, "0x3"));
    }

    [Fact]
    public async Task FeeHistory_AcrossTheFork_IsOne()
    {
        await using ForkPair pair = await ForkPair.StartAsync();
        DevelopmentNode fork = await pair.ForkAsync();
        await pair.KeepAsync(fork, 8);

        JsonElement history = await ForkPair.AskAsync(fork, "eth_feeHistory", "0x3", "latest", new[] { 50 });

        Assert.Equal("0x2", history.GetProperty("oldestBlock").GetString());
        Assert.Equal(4, history.GetProperty("baseFeePerGas").GetArrayLength());
        Assert.Equal(3, history.GetProperty("gasUsedRatio").GetArrayLength());
        Assert.Equal(3, history.GetProperty("reward").GetArrayLength());
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(
                (await ForkPair.AskAsync(fork, "eth_getBlockByNumber", $"0x{i + 2}", false))
                    .GetProperty("baseFeePerGas").GetString(),
                history.GetProperty("baseFeePerGas")[i].GetString());
        }
    }

    private static IEnumerable<string> Numbers(JsonElement logs) =>
        logs.EnumerateArray().Select(static log => log.GetProperty("blockNumber").GetString()!);

    private static async Task<string> TextAsync(DevelopmentNode node, string method, params object?[] parameters) =>
        (await ForkPair.AskAsync(node, method, parameters)).GetRawText();
}
