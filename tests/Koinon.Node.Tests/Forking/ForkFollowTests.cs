using System.Text.Json;
using Koinon.Node.Development;

namespace Koinon.Node.Tests.Forking;

/// <summary>A fork that follows its remote's head: complaint 24 of json-rpc.md.</summary>
public sealed class ForkFollowTests
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Follow_OfARemoteThatGoesOn_ForksOffAtItsHead()
    {
        await using ForkPair pair = await ForkPair.StartAsync();
        DevelopmentNode fork = await pair.ForkAsync(static options => options with { Following = Often });
        Assert.Equal(ForkPair.Word(7), await pair.KeptAsync(fork));

        await pair.KeepAsync(pair.Origin, 8);

        await UntilAsync(async () => await NumberAsync(fork) == await NumberAsync(pair.Origin));
        Assert.Equal(ForkPair.Word(8), await pair.KeptAsync(fork));
        Assert.Equal(
            (await ForkPair.AskAsync(pair.Origin, "eth_getBlockByNumber", "latest", false)).GetProperty("hash")
                .GetString(),
            (await ForkPair.AskAsync(fork, "eth_getBlockByNumber", "latest", false)).GetProperty("hash").GetString());
    }

    [Theory]
    [InlineData("evm_mine")]
    [InlineData("anvil_setBalance", ForkPair.Carol, "0x1")]
    [InlineData("evm_snapshot")]
    [InlineData("anvil_impersonateAccount", ForkPair.Carol)]
    public async Task Follow_OfAChainWithSomethingOfItsOwn_WaitsForAReset(string method, params object[] parameters)
    {
        await using ForkPair pair = await ForkPair.StartAsync();
        DevelopmentNode fork = await pair.ForkAsync(static options => options with { Following = Often });
        await ForkPair.AskAsync(fork, method, parameters);
        string before = await NumberAsync(fork);

        await pair.KeepAsync(pair.Origin, 8);
        await Task.Delay(Often * 5, Cancellation);

        Assert.Equal(before, await NumberAsync(fork));
        Assert.Equal(ForkPair.Word(7), await pair.KeptAsync(fork));

        await ForkPair.AskAsync(fork, "anvil_reset", new { forking = new { jsonRpcUrl = pair.Wire.Address } });
        await pair.KeepAsync(pair.Origin, 9);
        await UntilAsync(async () => await pair.KeptAsync(fork) == ForkPair.Word(9));
    }

    // What is sent while the chain moves is on the one that it moved to, or holds it.
    [Fact]
    public async Task Send_WhileTheChainMoves_IsNotLost()
    {
        await using ForkPair pair = await ForkPair.StartAsync();
        DevelopmentNode fork = await pair.ForkAsync(
            static options => options with { Following = TimeSpan.FromMilliseconds(1) });
        for (int round = 0; round < 5; round++)
        {
            using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            Task mining = Task.Run(
                async () =>
                {
                    while (!over.IsCancellationRequested)
                    {
                        await ForkPair.AskAsync(pair.Origin, "evm_mine");
                    }
                },
                Cancellation);
            await Task.Delay(Often, Cancellation);

            string hash = await pair.KeepAsync(fork, 50);
            JsonElement receipt = await ForkPair.AskAsync(fork, "eth_getTransactionReceipt", hash);

            await over.CancelAsync();
            await mining;
            Assert.Equal(JsonValueKind.Object, receipt.ValueKind);
            Assert.Equal(ForkPair.Word(50), await pair.KeptAsync(fork));
            await ForkPair.AskAsync(fork, "anvil_reset", new { forking = new { jsonRpcUrl = pair.Wire.Address } });
        }
    }

    private static async Task<string> NumberAsync(DevelopmentNode node) =>
        (await ForkPair.AskAsync(node, "eth_blockNumber")).GetString()!;

    private static async Task UntilAsync(Func<Task<bool>> isReached)
    {
        while (!await isReached())
        {
            await Task.Delay(Often, Cancellation);
        }
    }
}
