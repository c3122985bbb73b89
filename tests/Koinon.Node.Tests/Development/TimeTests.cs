using System.Text.Json;
using System.Text.Json.Nodes;
using Koinon.Rpc.Development.Manners;

namespace Koinon.Node.Tests.Development;

/// <summary>The one clock: what json-rpc.md's complaints 31 and 32 ask for.</summary>
public sealed class TimeTests
{
    private const long Start = 1_700_000_000;

    [Theory]
    [InlineData(Manner.Anvil)]
    [InlineData(Manner.Hardhat)]
    public async Task Blocks_WithinOneSecond_RiseByOne(Manner manner)
    {
        await using RunningChain chain = await RunningChain.StartAsync(manner);

        for (int i = 1; i <= 3; i++)
        {
            await chain.AskAsync("evm_mine");
            Assert.Equal(Start + i, await chain.TimeAsync());
        }
    }

    [Theory]
    [InlineData(Manner.Anvil)]
    [InlineData(Manner.Hardhat)]
    public async Task IncreaseTime_AfterManyBlocksInASecond_CountsFromTheLastOne(Manner manner)
    {
        await using RunningChain chain = await RunningChain.StartAsync(manner);
        await chain.AskAsync("anvil_mine", 50);
        long last = await chain.TimeAsync();

        await chain.AskAsync("evm_increaseTime", 1000);
        await chain.AskAsync("evm_mine");

        Assert.Equal(last + 1000, await chain.TimeAsync());
    }

    [Fact]
    public async Task Blocks_LaterThanTheSystemsTime_WaitForItInAnvilsManner()
    {
        await using RunningChain chain = await RunningChain.StartAsync();
        await chain.AskAsync("anvil_mine", 10);

        chain.Clock.Now += TimeSpan.FromSeconds(100);
        await chain.AskAsync("evm_mine");

        Assert.Equal(Start + 100, await chain.TimeAsync());
    }

    [Fact]
    public async Task Blocks_LaterThanTheSystemsTime_TakeTheirLeadAlongInHardhatsManner()
    {
        await using RunningChain chain = await RunningChain.StartAsync(Manner.Hardhat);
        await chain.AskAsync("hardhat_mine", 10);
        long last = await chain.TimeAsync();

        chain.Clock.Now += TimeSpan.FromSeconds(100);
        await chain.AskAsync("evm_mine");

        Assert.Equal(last + 100, await chain.TimeAsync());
    }

    [Fact]
    public async Task SetNextBlockTimestamp_HoldsForATransactionsBlockAndMovesTheClock()
    {
        await using RunningChain chain = await RunningChain.StartAsync(Manner.Hardhat);

        Assert.Equal("1700005000", await chain.TextAsync("evm_setNextBlockTimestamp", Start + 5000));
        await chain.AskAsync("eth_sendTransaction", RunningChain.Send(RunningChain.Alice, RunningChain.Bob));
        Assert.Equal(Start + 5000, await chain.TimeAsync());

        chain.Clock.Now += TimeSpan.FromSeconds(7);
        await chain.AskAsync("evm_mine");
        Assert.Equal(Start + 5007, await chain.TimeAsync());
    }

    [Fact]
    public async Task SetNextBlockTimestamp_BeforeTheHead_IsRefusedInBothManners()
    {
        await using RunningChain anvil = await RunningChain.StartAsync();
        await using RunningChain hardhat = await RunningChain.StartAsync(Manner.Hardhat);

        JsonElement one = await anvil.ErrorOfAsync("evm_setNextBlockTimestamp", 1);
        JsonElement other = await hardhat.ErrorOfAsync("evm_setNextBlockTimestamp", 1);

        Assert.Equal(-32602, one.GetProperty("code").GetInt32());
        Assert.StartsWith("Timestamp error: 1 is lower than previous block's timestamp", one.Message());
        Assert.Equal($"Timestamp 1 is lower than the previous block's timestamp {Start}", other.Message());
    }

    [Fact]
    public async Task Interval_PutsBlocksApart_UntilItIsRemoved()
    {
        await using RunningChain chain = await RunningChain.StartAsync();

        await chain.AskAsync("anvil_setBlockTimestampInterval", 15);
        await chain.AskAsync("anvil_mine", 4);
        Assert.Equal(Start + 60, await chain.TimeAsync());

        Assert.True((await chain.AskAsync("anvil_removeBlockTimestampInterval")).GetBoolean());
        await chain.AskAsync("evm_mine");
        Assert.Equal(Start + 61, await chain.TimeAsync());
        Assert.False((await chain.AskAsync("anvil_removeBlockTimestampInterval")).GetBoolean());
    }

    [Fact]
    public async Task Mine_WithAnInterval_PutsItBeforeOrBetweenTheBlocks()
    {
        await using RunningChain anvil = await RunningChain.StartAsync();
        await using RunningChain hardhat = await RunningChain.StartAsync(Manner.Hardhat);

        await anvil.AskAsync("anvil_mine", "0x3", "0xa");
        await hardhat.AskAsync("hardhat_mine", "0x3", "0xa");

        Assert.Equal(Start + 30, await anvil.TimeAsync());
        Assert.Equal(Start + 21, await hardhat.TimeAsync());
    }

    [Fact]
    public async Task Mine_OfThousandsAtOnce_GivesEachItsNumberAndHash()
    {
        await using RunningChain chain = await RunningChain.StartAsync(Manner.Hardhat);

        Assert.True((await chain.AskAsync("hardhat_mine", "0x7d0")).GetBoolean());

        Assert.Equal(2000, await chain.NumberAsync());
        JsonElement block = await chain.AskAsync("eth_getBlockByNumber", "0x7cf", false);
        Assert.Equal(
            block.GetProperty("hash").GetString(),
            (await chain.AskAsync("eth_getBlockByNumber", "latest", false)).GetProperty("parentHash").GetString());
    }

    [Fact]
    public async Task SetTime_InMillisecondsAndBackwards_IsTaken()
    {
        await using RunningChain chain = await RunningChain.StartAsync();

        Assert.Equal(1000, (await chain.AskAsync("evm_setTime", (Start + 1000) * 1000)).GetInt64());
        await chain.AskAsync("evm_mine");
        Assert.Equal(Start + 1000, await chain.TimeAsync());

        Assert.Equal(0, (await chain.AskAsync("evm_setTime", Start)).GetInt64());
        await chain.AskAsync("evm_mine");
        Assert.Equal(Start + 1001, await chain.TimeAsync());
    }

    // Complaint 32: numbers as hex only, or as numbers only.
    [Theory]
    [InlineData("0x3e8")]
    [InlineData("0x03e8")]
    [InlineData("1000")]
    [InlineData(1000)]
    public async Task IncreaseTime_TakesNumbersOfEveryForm(object number)
    {
        await using RunningChain chain = await RunningChain.StartAsync();

        JsonElement total = await chain.AskAsync(
            "evm_increaseTime", number is int whole ? JsonValue.Create(whole) : JsonValue.Create((string)number));

        Assert.Equal(1000, total.GetInt64());
    }

    [Fact]
    public async Task IncreaseTime_InHardhatsManner_AnswersADecimalText()
    {
        await using RunningChain chain = await RunningChain.StartAsync(Manner.Hardhat);

        Assert.Equal("10", await chain.TextAsync("evm_increaseTime", 10));
        Assert.Equal("26", await chain.TextAsync("evm_increaseTime", "0x10"));
    }

    // Tests move the clock and send at once: what is estimated must see the next block's time.
    [Fact]
    public async Task EstimateGas_AfterTheClockWasMoved_SeesTheNextBlocksTime()
    {
        await using RunningChain chain = await RunningChain.StartAsync(Manner.Hardhat);

        // Reverts while the time is below Start + 500: PUSH4 t, TIMESTAMP, LT, ISZERO, PUSH1 0e, JUMPI, revert; ok.
        await chain.AskAsync(
            "hardhat_setCode", RunningChain.Contract, $"0x63{Start + 500:x8}421015600e575f5ffd5b00");
        JsonObject call = RunningChain.Send(RunningChain.Alice, RunningChain.Contract);
        JsonElement early = await chain.ErrorOfAsync("eth_estimateGas", call.DeepClone());
        Assert.Equal(-32603, early.GetProperty("code").GetInt32());

        await chain.AskAsync("evm_increaseTime", 600);

        Assert.StartsWith("0x52", await chain.TextAsync("eth_estimateGas", call.DeepClone()));
        await chain.AskAsync("eth_sendTransaction", call.DeepClone());
    }
}
