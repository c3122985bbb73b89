using System.Text.Json;
using Koinon.Node.Development;
using Koinon.Node.Forking;
using Koinon.Primitives;
using Koinon.Rpc.Development.Manners;

namespace Koinon.Node.Tests.Forking;

public sealed class ForkedExecutionTests
{
    private const string Ether = "0xde0b6b3a7640000";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Send_OnAFork_ChangesTheForkAlone()
    {
        await using ForkPair pair = await ForkPair.StartAsync();
        DevelopmentNode fork = await pair.ForkAsync();

        string hash = await pair.KeepAsync(fork, 8);
        JsonElement receipt = await ForkPair.AskAsync(fork, "eth_getTransactionReceipt", hash);
        JsonElement trace = await ForkPair.AskAsync(
            fork, "debug_traceTransaction", hash, new { tracer = "prestateTracer" });

        Assert.Equal("0x4", receipt.GetProperty("blockNumber").GetString());
        Assert.Equal("0x1", receipt.GetProperty("status").GetString());
        Assert.Equal(ForkPair.Word(8), await pair.KeptAsync(fork));
        Assert.Equal(ForkPair.Word(7), await pair.KeptAsync(fork, "0x3"));
        Assert.Equal(ForkPair.Word(0), await pair.KeptAsync(fork, "0x1"));
        Assert.Equal(ForkPair.Word(7), await pair.KeptAsync(pair.Origin));
        Assert.Equal(
            ForkPair.Word(7),
            trace.GetProperty(pair.Contract).GetProperty("storage").GetProperty(ForkPair.Word(0)).GetString());
    }

    [Fact]
    public async Task Send_OfEtherFromTheRemote_ByImpersonation_MovesIt()
    {
        await using ForkPair pair = await ForkPair.StartAsync();
        await ForkPair.AskAsync(
            pair.Origin, "eth_sendTransaction", new { from = ForkPair.Alice, to = ForkPair.Carol, value = Ether });
        DevelopmentNode fork = await pair.ForkAsync();

        await ForkPair.AskAsync(fork, "anvil_impersonateAccount", ForkPair.Carol);
        await ForkPair.AskAsync(
            fork, "eth_sendTransaction", new { from = ForkPair.Carol, to = ForkPair.Contract1, value = "0x5" });

        Assert.Equal(
            "0x5", (await ForkPair.AskAsync(fork, "eth_getBalance", ForkPair.Contract1, "latest")).GetString());
    }

    [Fact]
    public async Task SnapshotAndEdits_OnAFork_LieOverTheRemote()
    {
        await using ForkPair pair = await ForkPair.StartAsync();
        DevelopmentNode fork = await pair.ForkAsync();
        JsonElement snapshot = await ForkPair.AskAsync(fork, "evm_snapshot");

        await ForkPair.AskAsync(fork, "anvil_setStorageAt", pair.Contract, "0x0", ForkPair.Word(77));
        await ForkPair.AskAsync(fork, "anvil_setBalance", ForkPair.Carol, "0x1");
        await pair.KeepAsync(fork, 8);
        Assert.Equal("0x1", (await ForkPair.AskAsync(fork, "eth_getBalance", ForkPair.Carol, "latest")).GetString());
        Assert.Equal(ForkPair.Word(77), await pair.KeptAsync(fork, "0x3"));

        Assert.True((await ForkPair.AskAsync(fork, "evm_revert", snapshot)).GetBoolean());
        Assert.Equal("0x64", (await ForkPair.AskAsync(fork, "eth_getBalance", ForkPair.Carol, "latest")).GetString());
        Assert.Equal(ForkPair.Word(7), await pair.KeptAsync(fork));
    }

    [Fact]
    public async Task Call_OfManySlots_TakesFewExchanges()
    {
        await using ForkPair pair = await ForkPair.StartAsync();

        // Code that adds up the slots 0 to 59: PUSH1 n SLOAD ADD, sixty times.
        string sum = "0x5f" + string.Concat(Enumerable.Range(0, 60).Select(static n => $"60{n:x2}5401"))
            + "5f5260205ff3";
        await ForkPair.AskAsync(pair.Origin, "anvil_setCode", ForkPair.Contract1, sum);
        await ForkPair.AskAsync(
            pair.Origin, "anvil_setStorageAt", ForkPair.Contract1, ForkPair.Word(59), ForkPair.Word(5));
        DevelopmentNode fork = await pair.ForkAsync();
        int before = pair.Wire.Exchanges;

        JsonElement answer = await ForkPair.AskAsync(fork, "eth_call", new { to = ForkPair.Contract1 }, "latest");

        Assert.Equal(ForkPair.Word(5), answer.GetString());
        Assert.InRange(pair.Wire.Exchanges - before, 1, 5);
    }

    // Complaint 18 of json-rpc.md: a slow read of the remote freezes the node.
    [Theory]
    [InlineData(Manner.Anvil)]
    [InlineData(Manner.Hardhat)]
    public async Task SlowRemote_DelaysNobodyElse(Manner manner)
    {
        await using ForkPair pair = await ForkPair.StartAsync();
        DevelopmentNode fork = await pair.ForkAsync(manner: manner);
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        pair.Wire.Wait = (_, aborted) =>
        {
            reached.TrySetResult();
            return gate.Task.WaitAsync(aborted);
        };

        Task<string> call = pair.KeptAsync(fork);
        Task<string> sent = pair.KeepAsync(fork, 8);
        await reached.Task.WaitAsync(Cancellation);

        // Bob is known, and everything of his goes on: sends, blocks, reads, calls.
        for (int i = 0; i < 3; i++)
        {
            JsonElement hash = await PayAsync(fork);
            JsonElement receipt = await ForkPair.AskAsync(fork, "eth_getTransactionReceipt", hash);
            Assert.Equal("0x1", receipt.GetProperty("status").GetString());
        }

        await ForkPair.AskAsync(fork, "evm_snapshot");
        await ForkPair.AskAsync(fork, "eth_getBalance", ForkPair.Bob, "latest");
        Assert.False(call.IsCompleted);
        Assert.False(sent.IsCompleted);

        gate.SetResult();
        await call.WaitAsync(Cancellation);
        await sent.WaitAsync(Cancellation);
        Assert.Equal(ForkPair.Word(8), await pair.KeptAsync(fork));
    }

    // Complaint 19: the process dies with the connection.
    [Fact]
    public async Task DeadRemote_IsAnErrorWithItsCause_AndTheChainGoesOn()
    {
        await using ForkPair pair = await ForkPair.StartAsync();
        DevelopmentNode fork = await pair.ForkAsync();
        pair.Wire.Calls.Clear();
        await PayAsync(fork);
        Assert.Empty(pair.Wire.Calls);
        pair.Wire.Before = static (context, _) =>
        {
            context.Abort();
            return Task.FromResult(false);
        };

        JsonElement error = await ForkPair.ErrorAsync(fork, "eth_call", new { to = pair.Contract }, "latest");
        Assert.StartsWith("fork: the remote node cannot be asked", error.GetProperty("message").GetString());
        Assert.Equal(-32000, error.GetProperty("code").GetInt32());
        JsonElement block = await ForkPair.ErrorAsync(fork, "eth_getBlockByNumber", "0x1", false);
        Assert.StartsWith("fork: the remote node cannot be asked", block.GetProperty("message").GetString());
        await PayAsync(fork);

        pair.Wire.Before = static (_, _) => Task.FromResult(true);
        Assert.Equal(ForkPair.Word(7), await pair.KeptAsync(fork));
    }

    [Fact]
    public async Task Call_WhoseBlockIsTakenBackMeanwhile_Ends()
    {
        await using ForkPair pair = await ForkPair.StartAsync();
        DevelopmentNode fork = await pair.ForkAsync();
        JsonElement snapshot = await ForkPair.AskAsync(fork, "evm_snapshot");
        await PayAsync(fork);
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        pair.Wire.Wait = (_, aborted) =>
        {
            reached.TrySetResult();
            return gate.Task.WaitAsync(aborted);
        };

        Task<JsonElement> call = ForkPair.SendAsync(fork, "eth_call", new { to = pair.Contract }, "latest");
        await reached.Task.WaitAsync(Cancellation);
        await ForkPair.AskAsync(fork, "evm_revert", snapshot);
        gate.SetResult();

        // The state may stand for itself where it lies in memory; a run must not be made for ever where it does not.
        JsonElement answer = await call.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        Assert.True(
            answer.TryGetProperty("result", out JsonElement kept)
                ? kept.GetString() == ForkPair.Word(7)
                : answer.GetProperty("error").GetProperty("message").GetString()!.StartsWith("missing state"));
    }

    // Complaint 20: what was spent is counted.
    [Fact]
    public async Task Metrics_OfAFork_CountWhatIsAsked()
    {
        await using ForkPair pair = await ForkPair.StartAsync();
        DevelopmentNode fork = await pair.ForkAsync();

        await pair.KeptAsync(fork);

        Assert.Matches("koinon_fork_calls[a-z_]* [1-9]", await ForkPair.MetricsAsync(fork));
    }

    // Complaint 23: first runs are slow, and so is every other.
    [Fact]
    public async Task Fork_WithACache_AsksOnlyOnce()
    {
        string root = Directory.CreateTempSubdirectory("koinon-fork").FullName;
        try
        {
            await using ForkPair pair = await ForkPair.StartAsync();
            for (int run = 0; run < 2; run++)
            {
                pair.Wire.Calls.Clear();
                DevelopmentNode fork = await pair.ForkAsync(options => options with
                {
                    BlockNumber = 3,
                    IsCached = true,
                    CacheRoot = root,
                });
                Assert.Equal(ForkPair.Word(7), await pair.KeptAsync(fork));
                await pair.KeepAsync(fork, 8);
                await ForkPair.AskAsync(fork, "eth_getBlockByNumber", "0x2", true);
            }

            // What is left: the chain's number, the fork block, and what the remote can do.
            Assert.All(
                pair.Wire.Calls,
                static call => Assert.Contains(
                    call.Method, (string[])["eth_chainId", "eth_getBlockByNumber", "eth_getBalance"]));
            Assert.Equal(5, pair.Wire.Calls.Count);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public async Task Fork_WithACacheAndItsNumbers_StartsWithoutTheRemote()
    {
        string root = Directory.CreateTempSubdirectory("koinon-fork").FullName;
        try
        {
            await using ForkPair pair = await ForkPair.StartAsync();
            Func<ForkOptions, ForkOptions> change = options => options with
            {
                BlockNumber = 3,
                ChainId = 4242,
                IsCached = true,
                CacheRoot = root,
            };
            DevelopmentNode first = await pair.ForkAsync(change);
            Assert.Equal(ForkPair.Word(7), await pair.KeptAsync(first));
            pair.Wire.Before = static (context, _) =>
            {
                context.Abort();
                return Task.FromResult(false);
            };

            DevelopmentNode second = await pair.ForkAsync(change);

            Assert.Equal(ForkPair.Word(7), await pair.KeptAsync(second));
            Assert.Single(second.Fork!.Warnings);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    // Complaint 22: "missing trie node".
    [Fact]
    public async Task Fork_OfANodeThatKeepsNoOldStates_SaysSoWithTheAge()
    {
        await using ForkPair pair = await ForkPair.StartAsync();
        pair.Wire.Answer = (method, parameters) => method == "eth_getBalance"
            ? """!{"code":-32000,"message":"missing trie node 1234 (path ) state 0x12 is not available"}"""
            : ForkPair.Forward(pair.Origin, method, parameters);

        ForkException failure = await Assert.ThrowsAsync<ForkException>(
            () => pair.ForkAsync(static options => options with { BlockNumber = 2 }));

        Assert.Matches("does not keep the state of block 2, which is [0-9]+ seconds old", failure.Message);
    }

    // Complaint 21: states by number only.
    [Fact]
    public async Task Fork_OfANodeThatKnowsStatesByNumberOnly_AsksByNumber()
    {
        await using ForkPair pair = await ForkPair.StartAsync();
        pair.Wire.Answer = (method, parameters) =>
            parameters.EnumerateArray().LastOrDefault() is { ValueKind: JsonValueKind.Object }
                && parameters.GetArrayLength() > 1
                ? """!{"code":-32602,"message":"invalid argument 1: json: cannot unmarshal object"}"""
                : ForkPair.Forward(pair.Origin, method, parameters);
        DevelopmentNode fork = await pair.ForkAsync();

        Assert.Equal(ForkPair.Word(7), await pair.KeptAsync(fork));
        Assert.Empty(fork.Fork!.Warnings);
    }

    [Fact]
    public async Task Fork_AtATransaction_HasRunItAndThoseBeforeIt()
    {
        await using ForkPair pair = await ForkPair.StartAsync();
        await ForkPair.AskAsync(pair.Origin, "evm_setAutomine", false);
        string[] hashes =
        [
            await pair.KeepAsync(pair.Origin, 21),
            await pair.KeepAsync(pair.Origin, 22),
            await pair.KeepAsync(pair.Origin, 23),
        ];
        await ForkPair.AskAsync(pair.Origin, "evm_mine");

        DevelopmentNode fork = await pair.ForkAsync(
            options => options with { Transaction = Hash256.Parse(hashes[1]) });

        Assert.Equal("0x4", (await ForkPair.AskAsync(fork, "eth_blockNumber")).GetString());
        Assert.Equal(ForkPair.Word(22), await pair.KeptAsync(fork));
        Assert.Equal(
            "0x1",
            (await ForkPair.AskAsync(fork, "eth_getTransactionReceipt", hashes[1])).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Callers_SideBySide_ShareExchanges()
    {
        await using ForkPair pair = await ForkPair.StartAsync();
        DevelopmentNode fork = await pair.ForkAsync();

        string[] kept = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => pair.KeptAsync(fork)));

        Assert.All(kept, static word => Assert.Equal(ForkPair.Word(7), word));
        foreach (string method in (string[])["eth_getStorageAt", "eth_getCode"])
        {
            Assert.Single(
                pair.Wire.Calls, call => call.Method == method && call.Parameters.Contains(pair.Contract));
        }
    }

    [Fact]
    public async Task Reset_ToOtherForks_IsAnotherChainEachTime()
    {
        await using ForkPair pair = await ForkPair.StartAsync();
        DevelopmentNode node = await pair.ForkAsync(static options => options with { BlockNumber = 3 });
        await pair.KeepAsync(node, 8);
        string address = pair.Wire.Address.ToString();
        string instance = await InstanceAsync(node);

        // The same block: the chain goes back to it.
        await ForkPair.AskAsync(
            node, "anvil_reset", new { forking = new { jsonRpcUrl = address, blockNumber = 3 } });
        Assert.Equal("0x3", (await ForkPair.AskAsync(node, "eth_blockNumber")).GetString());
        Assert.Equal(ForkPair.Word(7), await pair.KeptAsync(node));
        Assert.NotEqual(instance, await InstanceAsync(node));

        // Another block, then none named, then no fork at all, and a fork again.
        await ForkPair.AskAsync(node, "hardhat_reset", new { forking = new { blockNumber = 1 } });
        Assert.Equal("0x1", (await ForkPair.AskAsync(node, "eth_blockNumber")).GetString());
        Assert.Equal(ForkPair.Word(0), await pair.KeptAsync(node));
        JsonElement info = await ForkPair.AskAsync(node, "anvil_nodeInfo");
        Assert.Equal(1, info.GetProperty("forkConfig").GetProperty("forkBlockNumber").GetInt32());
        Assert.Equal(address, info.GetProperty("forkConfig").GetProperty("forkUrl").GetString());

        await pair.KeepAsync(pair.Origin, 30);
        await ForkPair.AskAsync(node, "anvil_reset", new { forking = new { jsonRpcUrl = address } });
        Assert.Equal("0x4", (await ForkPair.AskAsync(node, "eth_blockNumber")).GetString());
        Assert.Equal(ForkPair.Word(30), await pair.KeptAsync(node));

        await ForkPair.AskAsync(node, "anvil_reset");
        Assert.Equal("0x0", (await ForkPair.AskAsync(node, "eth_blockNumber")).GetString());
        Assert.Equal("0x7a69", (await ForkPair.AskAsync(node, "eth_chainId")).GetString());
        JsonElement metadata = await ForkPair.AskAsync(node, "anvil_metadata");
        Assert.Equal(JsonValueKind.Null, metadata.GetProperty("forkedNetwork").ValueKind);

        await ForkPair.AskAsync(
            node, "anvil_reset", new { forking = new { jsonRpcUrl = address, blockNumber = "0x3" } });
        metadata = await ForkPair.AskAsync(node, "hardhat_metadata");
        Assert.Equal(3, metadata.GetProperty("forkedNetwork").GetProperty("forkBlockNumber").GetInt32());
        Assert.Equal(4242, metadata.GetProperty("forkedNetwork").GetProperty("chainId").GetInt32());
        Assert.Equal(ForkPair.Word(7), await pair.KeptAsync(node));
    }

    [Fact]
    public async Task Reset_ToWhatCannotBeForkedFrom_LeavesTheChain()
    {
        await using ForkPair pair = await ForkPair.StartAsync();
        DevelopmentNode node = await pair.ForkAsync();

        JsonElement far = await ForkPair.ErrorAsync(
            node, "anvil_reset", new { forking = new { blockNumber = 99 } });
        JsonElement wrong = await ForkPair.ErrorAsync(
            node, "anvil_reset", new { forking = new { jsonRpcUrl = "nowhere" } });

        Assert.Contains("has no block 0x63; its newest is 3", far.GetProperty("message").GetString());
        Assert.Equal(-32602, wrong.GetProperty("code").GetInt32());
        Assert.Equal(ForkPair.Word(7), await pair.KeptAsync(node));
    }

    [Fact]
    public async Task SetRpcUrl_HasTheOtherAddressAsked()
    {
        await using ForkPair pair = await ForkPair.StartAsync();
        DevelopmentNode fork = await pair.ForkAsync();
        await using FakeRemote other = await FakeRemote.StartAsync();
        other.Answer = (method, parameters) => ForkPair.Forward(pair.Origin, method, parameters);
        pair.Wire.Calls.Clear();

        await ForkPair.AskAsync(fork, "anvil_setRpcUrl", other.Address.ToString());
        Assert.Equal(ForkPair.Word(7), await pair.KeptAsync(fork));

        Assert.Empty(pair.Wire.Calls);
        Assert.NotEmpty(other.Calls);
    }

    private static async Task<string> InstanceAsync(DevelopmentNode node) =>
        (await ForkPair.AskAsync(node, "anvil_metadata")).GetProperty("instanceId").GetString()!;

    private static Task<JsonElement> PayAsync(DevelopmentNode fork) => ForkPair.AskAsync(
        fork,
        "eth_sendTransaction",
        new { from = ForkPair.Bob, to = ForkPair.Alice, value = "0x1", gas = "0x5208" });
}
