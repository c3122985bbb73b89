using System.Text.Json;
using Koinon.Node.Development;

namespace Koinon.Node.Tests.Forking;

/// <summary>
/// A state that is loaded into a fork never replaces the remote's blocks: complaint 11 of json-rpc.md.
/// </summary>
public sealed class ForkStateTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Load_OfBlocksOnTheForkBlock_PutsThemThere(bool isAtStart)
    {
        await using ForkPair pair = await ForkPair.StartAsync();
        DevelopmentNode first = await pair.ForkAsync(AtThree);
        await ForkPair.AskAsync(first, "anvil_setBalance", ForkPair.Carol, "0x77");
        string hash = await pair.KeepAsync(first, 42);
        await ForkPair.AskAsync(first, "evm_mine");
        JsonElement head = await ForkPair.AskAsync(first, "eth_getBlockByNumber", "latest", false);

        using MemoryStream state = new();
        await first.WriteStateAsync(state, isPacked: false, Cancellation);
        state.Position = 0;
        DevelopmentNode second = await pair.ForkAsync(AtThree, state: isAtStart ? state : null);
        if (!isAtStart)
        {
            JsonElement dump = await ForkPair.AskAsync(first, "anvil_dumpState");
            Assert.True((await ForkPair.AskAsync(second, "anvil_loadState", dump)).GetBoolean());
        }

        Assert.Equal(
            head.GetRawText(),
            (await ForkPair.AskAsync(second, "eth_getBlockByNumber", "latest", false)).GetRawText());
        Assert.Equal(
            "0x1",
            (await ForkPair.AskAsync(second, "eth_getTransactionReceipt", hash)).GetProperty("status").GetString());
        Assert.Equal(ForkPair.Word(42), await pair.KeptAsync(second));
        Assert.Equal(ForkPair.Word(7), await pair.KeptAsync(second, "0x3"));
        Assert.Equal("0x77", (await ForkPair.AskAsync(second, "eth_getBalance", ForkPair.Carol, "latest")).GetString());
        Assert.Equal(
            (await ForkPair.AskAsync(pair.Origin, "eth_getBlockByNumber", "0x2", false)).GetRawText(),
            (await ForkPair.AskAsync(second, "eth_getBlockByNumber", "0x2", false)).GetRawText());
        await ForkPair.AskAsync(second, "evm_mine");
    }

    [Fact]
    public async Task Load_OfBlocksOfAnotherChain_IsRefusedAndLeavesTheRemotes()
    {
        await using ForkPair pair = await ForkPair.StartAsync();
        using MemoryStream state = new();
        await pair.Origin.WriteStateAsync(state, isPacked: false, Cancellation);
        state.Position = 0;
        JsonElement dump = await ForkPair.AskAsync(pair.Origin, "anvil_dumpState");
        DevelopmentNode fork = await pair.ForkAsync(AtThree);
        JsonElement before = await ForkPair.AskAsync(fork, "eth_getBlockByNumber", "latest", false);

        JsonElement error = await ForkPair.ErrorAsync(fork, "anvil_loadState", dump);
        DevelopmentOptionException atStart = await Assert.ThrowsAsync<DevelopmentOptionException>(
            () => pair.ForkAsync(AtThree, state: state));

        Assert.Contains("this chain forks off at block 3", error.GetProperty("message").GetString());
        Assert.Contains("this chain forks off at block 3", atStart.Message);
        Assert.Equal(
            before.GetRawText(),
            (await ForkPair.AskAsync(fork, "eth_getBlockByNumber", "latest", false)).GetRawText());
    }

    [Fact]
    public async Task Load_OfBlocksWhereTheForkHasOthers_IsRefused()
    {
        await using ForkPair pair = await ForkPair.StartAsync();
        DevelopmentNode first = await pair.ForkAsync(AtThree);
        await pair.KeepAsync(first, 42);
        JsonElement dump = await ForkPair.AskAsync(first, "anvil_dumpState");
        DevelopmentNode second = await pair.ForkAsync(AtThree);
        await ForkPair.AskAsync(second, "evm_mine");

        JsonElement error = await ForkPair.ErrorAsync(second, "anvil_loadState", dump);

        Assert.Contains("reset it before", error.GetProperty("message").GetString());
    }

    // Files of other programs have no blocks that could be put anywhere: their accounts lie over the remote's.
    [Fact]
    public async Task Load_OfAccountsAlone_LaysThemOverTheRemotes()
    {
        await using ForkPair pair = await ForkPair.StartAsync();
        const string State = """
            {"accounts":{"0x00000000000000000000000000000000000ca401":
                {"nonce":3,"balance":"0x9","code":"0x","storage":{}}}}
            """;
        using MemoryStream state = new(System.Text.Encoding.UTF8.GetBytes(State));

        DevelopmentNode fork = await pair.ForkAsync(AtThree, state: state);

        Assert.Equal("0x3", (await ForkPair.AskAsync(fork, "eth_blockNumber")).GetString());
        Assert.Equal("0x9", (await ForkPair.AskAsync(fork, "eth_getBalance", ForkPair.Carol, "latest")).GetString());
        Assert.Equal(ForkPair.Word(7), await pair.KeptAsync(fork));
    }

    private static Koinon.Node.Forking.ForkOptions AtThree(Koinon.Node.Forking.ForkOptions options) =>
        options with { BlockNumber = 3 };
}
