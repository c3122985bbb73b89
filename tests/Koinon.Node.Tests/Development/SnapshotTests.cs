using System.Text.Json;
using System.Text.Json.Nodes;
using Koinon.Rpc.Development.Manners;

namespace Koinon.Node.Tests.Development;

/// <summary>Snapshots and reverts: complaints 6, 7, 16 and 17 of json-rpc.md.</summary>
public sealed class SnapshotTests
{
    private const string Alice = RunningChain.Alice;
    private const string Bob = RunningChain.Bob;

    // Complaint 7: blocks, receipts, states, pool and clock go back together.
    [Theory]
    [InlineData(Manner.Anvil)]
    [InlineData(Manner.Hardhat)]
    public async Task Revert_BringsBackBlocksStatesPoolFeesAndTime(Manner manner)
    {
        await using RunningChain chain = await RunningChain.StartAsync(manner);
        await chain.AskAsync("anvil_setCode", RunningChain.Contract, RunningChain.StoringCode);
        await chain.AskAsync("eth_sendTransaction", Store(1));
        await chain.AskAsync("anvil_setBalance", Bob, "0x64");
        await chain.AskAsync("anvil_setNextBlockBaseFeePerGas", "0x7");
        await chain.AskAsync("evm_increaseTime", 100);
        string id = await chain.TextAsync("evm_snapshot");

        await chain.AskAsync("anvil_setCoinbase", Bob);
        await chain.AskAsync("evm_increaseTime", 5000);
        string hash = await chain.TextAsync("eth_sendTransaction", Store(2));
        await chain.AskAsync("anvil_setBalance", Bob, "0x65");
        await chain.AskAsync("anvil_setStorageAt", RunningChain.Contract, "0x0", "0x" + RunningChain.Word(9));
        await chain.AskAsync("evm_setAutomine", false);
        await chain.AskAsync("eth_sendTransaction", Store(3));

        Assert.True((await chain.AskAsync("evm_revert", id)).GetBoolean());

        Assert.Equal(1, await chain.NumberAsync());
        Assert.Equal(1, await chain.SlotAsync(RunningChain.Contract));
        Assert.Equal("0x64", await chain.TextAsync("eth_getBalance", Bob, "latest"));
        Assert.Equal(JsonValueKind.Null, (await chain.AskAsync("eth_getTransactionReceipt", hash)).ValueKind);
        Assert.Equal("0x0", (await chain.AskAsync("txpool_status")).GetProperty("pending").GetString());
        long before = await chain.TimeAsync();
        await chain.AskAsync("evm_mine");
        JsonElement block = await chain.AskAsync("eth_getBlockByNumber", "latest", false);
        Assert.Equal(before + 100, await chain.TimeAsync());
        Assert.Equal("0x7", block.GetProperty("baseFeePerGas").GetString());
        Assert.NotEqual(Bob, block.GetProperty("miner").GetString());
    }

    [Fact]
    public async Task Revert_BringsBackWhatWaited()
    {
        await using RunningChain chain = await RunningChain.StartAsync();
        await chain.AskAsync("evm_setAutomine", false);
        string hash = await chain.TextAsync("eth_sendTransaction", RunningChain.Send(Alice, Bob, value: "0x1"));
        string id = await chain.TextAsync("evm_snapshot");
        await chain.AskAsync("evm_mine");
        Assert.Equal("0x0", (await chain.AskAsync("txpool_status")).GetProperty("pending").GetString());

        await chain.AskAsync("evm_revert", id);

        Assert.Equal("0x1", (await chain.AskAsync("txpool_status")).GetProperty("pending").GetString());
        await chain.AskAsync("evm_mine");
        JsonElement receipt = await chain.AskAsync("eth_getTransactionReceipt", hash);
        Assert.Equal("0x1", receipt.GetProperty("status").GetString());
    }

    // Complaint 6: the wire keeps the old contract. A snapshot and those after it are used up; ids begin with 0x1.
    [Fact]
    public async Task Revert_UsesUpTheSnapshotAndThoseAfterIt()
    {
        await using RunningChain chain = await RunningChain.StartAsync();
        Assert.Equal("0x1", await chain.TextAsync("evm_snapshot"));
        Assert.Equal("0x2", await chain.TextAsync("evm_snapshot"));
        Assert.Equal("0x3", await chain.TextAsync("evm_snapshot"));

        Assert.True((await chain.AskAsync("evm_revert", "0x2")).GetBoolean());
        Assert.False((await chain.AskAsync("evm_revert", "0x2")).GetBoolean());
        Assert.False((await chain.AskAsync("evm_revert", "0x3")).GetBoolean());
        Assert.False((await chain.AskAsync("evm_revert", "0x99")).GetBoolean());
        Assert.True((await chain.AskAsync("evm_revert", "0x1")).GetBoolean());
        Assert.Equal("0x4", await chain.TextAsync("evm_snapshot"));
    }

    [Fact]
    public async Task Snapshots_AHundredTimesTakenAndGoneBackTo_LeaveTheChainAsItWas()
    {
        await using RunningChain chain = await RunningChain.StartAsync(Manner.Hardhat);
        await chain.AskAsync("hardhat_setCode", RunningChain.Contract, RunningChain.StoringCode);
        string id = await chain.TextAsync("evm_snapshot");
        for (int round = 1; round <= 100; round++)
        {
            await chain.AskAsync("eth_sendTransaction", Store(round));
            await chain.AskAsync("hardhat_setBalance", Bob, "0x" + round.ToString("x"));
            Assert.True((await chain.AskAsync("evm_revert", id)).GetBoolean());
            id = await chain.TextAsync("evm_snapshot");
        }

        Assert.Equal(0, await chain.NumberAsync());
        Assert.Equal(0, await chain.SlotAsync(RunningChain.Contract));
    }

    // Complaints 16 and 17: everything goes, no fork is needed, and tools can see that it is another chain.
    [Fact]
    public async Task Reset_BeginsAnew()
    {
        await using RunningChain chain = await RunningChain.StartAsync();
        string instance = (await chain.AskAsync("anvil_metadata")).GetProperty("instanceId").GetString()!;
        string balance = await chain.TextAsync("eth_getBalance", Alice, "latest");
        await chain.AskAsync("anvil_setBalance", Bob, "0x1");
        await chain.AskAsync("anvil_impersonateAccount", RunningChain.Stranger);
        await chain.AskAsync("evm_snapshot");
        await chain.AskAsync("eth_sendTransaction", RunningChain.Send(Alice, Bob));
        await chain.AskAsync("evm_setAutomine", false);
        await chain.AskAsync("eth_sendTransaction", RunningChain.Send(Alice, Bob));

        Assert.Equal(JsonValueKind.Null, (await chain.AskAsync("anvil_reset")).ValueKind);

        Assert.Equal(0, await chain.NumberAsync());
        Assert.Equal(balance, await chain.TextAsync("eth_getBalance", Alice, "latest"));
        Assert.Equal(balance, await chain.TextAsync("eth_getBalance", Bob, "latest"));
        Assert.Equal("0x0", (await chain.AskAsync("txpool_status")).GetProperty("pending").GetString());
        Assert.True((await chain.AskAsync("anvil_getAutomine")).GetBoolean());
        Assert.Equal("0x1", await chain.TextAsync("evm_snapshot"));
        Assert.StartsWith(
            "unknown account",
            (await chain.ErrorOfAsync("eth_sendTransaction", RunningChain.Send(RunningChain.Stranger, Bob))).Message());
        Assert.NotEqual(instance, (await chain.AskAsync("anvil_metadata")).GetProperty("instanceId").GetString());
        string hash = await chain.TextAsync("eth_sendTransaction", RunningChain.Send(Alice, Bob));
        JsonElement receipt = await chain.AskAsync("eth_getTransactionReceipt", hash);
        Assert.Equal("0x1", receipt.GetProperty("status").GetString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rollback_GivesUpBlocks_AndReorgPutsOthersInTheirPlace(bool isByPosition)
    {
        await using RunningChain chain = await RunningChain.StartAsync();
        await chain.AskAsync("anvil_setCode", RunningChain.Contract, RunningChain.StoringCode);
        await chain.AskAsync("eth_sendTransaction", Store(1));
        string second = await chain.TextAsync("eth_sendTransaction", Store(2));
        await chain.AskAsync("eth_sendTransaction", Store(3));

        await chain.AskAsync("anvil_rollback", 1);
        Assert.Equal(2, await chain.NumberAsync());
        Assert.Equal(2, await chain.SlotAsync(RunningChain.Contract));

        string before = await HashAsync(chain, "0x2");
        JsonObject other = RunningChain.Send(Bob, RunningChain.Contract, "0x" + RunningChain.Word(9));
        JsonArray pairs = [new JsonArray(other, 0)];
        JsonNode?[] asked = isByPosition
            ? [1, pairs]
            : [new JsonObject { ["depth"] = 1, ["tx_block_pairs"] = pairs }];
        await chain.AskAsync("anvil_reorg", asked);

        Assert.Equal(2, await chain.NumberAsync());
        Assert.Equal(9, await chain.SlotAsync(RunningChain.Contract));
        Assert.NotEqual(before, await HashAsync(chain, "0x2"));
        Assert.Equal(JsonValueKind.Null, (await chain.AskAsync("eth_getTransactionReceipt", second)).ValueKind);
        Assert.Equal(-32602, (await chain.ErrorOfAsync("anvil_rollback", 99)).GetProperty("code").GetInt32());
    }

    private static async Task<string> HashAsync(RunningChain chain, string number) =>
        (await chain.AskAsync("eth_getBlockByNumber", number, false)).GetProperty("hash").GetString()!;

    private static JsonObject Store(int value) =>
        RunningChain.Send(Alice, RunningChain.Contract, "0x" + RunningChain.Word(value), gas: "0x186a0");
}
