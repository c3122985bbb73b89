using System.Text.Json;
using Koinon.Rpc.Development.Manners;

namespace Koinon.Node.Tests.Development;

/// <summary>A chain that takes another number while it runs.</summary>
public sealed class ChainIdTests
{
    /// <summary>Returns the chain's number.</summary>
    private const string ChainIdCode = "0x465f5260205ff3";

    [Theory]
    [InlineData(Manner.Anvil)]
    [InlineData(Manner.Hardhat)]
    public async Task SetChainId_OfARunningChain_HoldsForAnswersCallsAndSends(Manner manner)
    {
        await using RunningChain chain = await RunningChain.StartAsync(manner);
        await chain.AskAsync("anvil_setCode", RunningChain.Contract, ChainIdCode);
        string before = await chain.TextAsync(
            "eth_sendTransaction", RunningChain.Send(RunningChain.Alice, RunningChain.Bob));

        await chain.AskAsync("anvil_setChainId", 777);

        Assert.Equal("0x309", await chain.TextAsync("eth_chainId"));
        Assert.Equal("777", await chain.TextAsync("net_version"));
        Assert.Equal(777, (await chain.AskAsync("anvil_metadata")).GetProperty("chainId").GetInt32());
        Assert.Equal(
            777,
            (await chain.AskAsync("anvil_nodeInfo")).GetProperty("environment").GetProperty("chainId").GetInt32());
        Assert.Equal(
            777, RunningChain.Quantity("0x" + (await chain.TextAsync("eth_call", To(RunningChain.Contract)))[^8..]));
        string after = await chain.TextAsync(
            "eth_sendTransaction", RunningChain.Send(RunningChain.Alice, RunningChain.Bob));
        Assert.Equal("0x309", await ChainIdOfAsync(chain, after));

        // What was made before stays what it was, and can be run again.
        Assert.Equal("0x7a69", await ChainIdOfAsync(chain, before));
        Assert.False((await chain.AskAsync("debug_traceTransaction", before)).GetProperty("failed").GetBoolean());
        Assert.False((await chain.AskAsync("debug_traceTransaction", after)).GetProperty("failed").GetBoolean());
    }

    [Fact]
    public async Task SetChainId_AndARollBackBelowIt_HoldsForTheBlocksThatCome()
    {
        await using RunningChain chain = await RunningChain.StartAsync();
        await chain.AskAsync("anvil_mine", 3);
        await chain.AskAsync("anvil_setChainId", "0x309");
        await chain.AskAsync("evm_mine");

        await chain.AskAsync("anvil_rollback", 3);
        string hash = await chain.TextAsync(
            "eth_sendTransaction", RunningChain.Send(RunningChain.Alice, RunningChain.Bob));

        Assert.Equal("0x309", await ChainIdOfAsync(chain, hash));
        Assert.Equal(
            "0x1", (await chain.AskAsync("eth_getTransactionReceipt", hash)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task SetChainId_WhileTransactionsWait_DropsThoseOfTheOldNumber()
    {
        await using RunningChain chain = await RunningChain.StartAsync();
        await chain.AskAsync("evm_setAutomine", false);
        await chain.AskAsync("eth_sendTransaction", RunningChain.Send(RunningChain.Alice, RunningChain.Bob));

        await chain.AskAsync("anvil_setChainId", 777);

        Assert.Equal("0x0", (await chain.AskAsync("txpool_status")).GetProperty("pending").GetString());
    }

    [Fact]
    public async Task SetChainId_OfZero_IsRefused()
    {
        await using RunningChain chain = await RunningChain.StartAsync();

        JsonElement error = await chain.ErrorOfAsync("anvil_setChainId", 0);

        Assert.Equal(-32602, error.GetProperty("code").GetInt32());
        Assert.Equal("0x7a69", await chain.TextAsync("eth_chainId"));
    }

    private static System.Text.Json.Nodes.JsonObject To(string contract) => new() { ["to"] = contract };

    private static async Task<string> ChainIdOfAsync(RunningChain chain, string hash) =>
        (await chain.AskAsync("eth_getTransactionByHash", hash)).GetProperty("chainId").GetString()!;
}
