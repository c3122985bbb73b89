using System.Text.Json;
using Koinon.Node.Development;

namespace Koinon.Node.Tests.Forking;

/// <summary>Searches that reach over the fork: pages of an address's transactions, traces, senders and nonces.
/// </summary>
public sealed class ForkedSearchTests
{
    private const string Nonce = "eth_getTransactionBySenderAndNonce";

    [Theory]
    [InlineData("ots_searchTransactionsBefore", 0, "5,4,3,2,1", true, true)]
    [InlineData("ots_searchTransactionsBefore", 5, "4,3,2,1", false, true)]
    [InlineData("ots_searchTransactionsBefore", 3, "2,1", false, true)]
    [InlineData("ots_searchTransactionsAfter", 0, "5,4,3,2,1", true, true)]
    [InlineData("ots_searchTransactionsAfter", 2, "5,4,3", true, false)]
    [InlineData("ots_searchTransactionsAfter", 4, "5", true, false)]
    public async Task Search_OverTheFork_IsOnePage(string method, int block, string expected, bool isFirst, bool isLast)
    {
        await using ForkPair pair = await ForkPair.StartAsync();
        DevelopmentNode fork = await ForkAsync(pair);

        JsonElement page = await ForkPair.AskAsync(fork, method, ForkPair.Alice, block, 25);

        Assert.Equal(expected, NumbersOf(page.GetProperty("txs")));
        Assert.Equal(expected, NumbersOf(page.GetProperty("receipts")));
        Assert.Equal(
            (isFirst, isLast), (page.GetProperty("firstPage").GetBoolean(), page.GetProperty("lastPage").GetBoolean()));
    }

    [Theory]
    [InlineData("ots_searchTransactionsBefore", 0, 2, "5,4")]
    [InlineData("ots_searchTransactionsBefore", 0, 3, "5,4,3")]
    [InlineData("ots_searchTransactionsAfter", 1, 3, "4,3,2")]
    public async Task Search_OfShortPages_TakesWhatComesNext(string method, int block, int size, string expected)
    {
        await using ForkPair pair = await ForkPair.StartAsync();
        DevelopmentNode fork = await ForkAsync(pair);

        JsonElement page = await ForkPair.AskAsync(fork, method, ForkPair.Alice, block, size);

        Assert.Equal(expected, NumbersOf(page.GetProperty("txs")));
        Assert.False(page.GetProperty(method.EndsWith("Before", StringComparison.Ordinal) ? "lastPage" : "firstPage")
            .GetBoolean());
    }

    [Theory]
    [InlineData(0, "0x1")]
    [InlineData(2, "0x3")]
    [InlineData(3, "0x4")]
    [InlineData(9, null)]
    public async Task SenderAndNonce_OnEitherSide_IsFound(int nonce, string? block)
    {
        await using ForkPair pair = await ForkPair.StartAsync();
        DevelopmentNode fork = await ForkAsync(pair);

        JsonElement found = await ForkPair.AskAsync(fork, Nonce, ForkPair.Alice, nonce);
        JsonElement hash = await ForkPair.AskAsync(fork, "ots_getTransactionBySenderAndNonce", ForkPair.Alice, nonce);

        bool isThere = found.ValueKind == JsonValueKind.Object;
        Assert.Equal(block, isThere ? found.GetProperty("blockNumber").GetString() : null);
        Assert.Equal(isThere ? found.GetProperty("hash").GetString() : null, hash.GetString());
    }

    // What the remote does after the fork is not seen.
    [Fact]
    public async Task SenderAndNonce_OfWhatTheRemoteDidLater_IsNotFound()
    {
        await using ForkPair pair = await ForkPair.StartAsync();
        DevelopmentNode fork = await pair.ForkAsync(static options => options with { BlockNumber = 3 });
        await pair.KeepAsync(pair.Origin, 8);

        Assert.Equal(
            JsonValueKind.Null, (await ForkPair.AskAsync(fork, Nonce, ForkPair.Alice, 3)).ValueKind);
        Assert.Equal(
            "3,2,1",
            NumbersOf((await ForkPair.AskAsync(fork, "ots_searchTransactionsAfter", ForkPair.Alice, 0, 25))
                .GetProperty("txs")));
    }

    [Fact]
    public async Task ContractCreator_OfARemoteContract_IsTheRemotes()
    {
        await using ForkPair pair = await ForkPair.StartAsync();
        DevelopmentNode fork = await ForkAsync(pair);

        JsonElement creator = await ForkPair.AskAsync(fork, "ots_getContractCreator", pair.Contract);

        Assert.Equal(ForkPair.Alice, creator.GetProperty("creator").GetString());
    }

    [Theory]
    [InlineData(0, 100, "1,2,3,4,5")]
    [InlineData(2, 2, "3,4")]
    [InlineData(4, 5, "5")]
    [InlineData(0, 1, "1")]
    public async Task TraceFilter_OfAPageOverTheFork_CountsOnBothSides(int after, int count, string expected)
    {
        await using ForkPair pair = await ForkPair.StartAsync();
        DevelopmentNode fork = await ForkAsync(pair);

        JsonElement traces = await ForkPair.AskAsync(fork, "trace_filter", new
        {
            fromBlock = "0x1",
            toBlock = "latest",
            fromAddress = new[] { ForkPair.Alice },
            after,
            count,
        });

        Assert.Equal(expected, string.Join(',', traces.EnumerateArray().Select(
            static trace => trace.GetProperty("blockNumber").GetInt32())));
    }

    /// <summary>Blocks 1 to 3 are the remote's, 4 and 5 the fork's: a transaction of Alice in each.</summary>
    private static async Task<DevelopmentNode> ForkAsync(ForkPair pair)
    {
        DevelopmentNode fork = await pair.ForkAsync();
        await pair.KeepAsync(fork, 8);
        await pair.KeepAsync(fork, 9);
        return fork;
    }

    private static string NumbersOf(JsonElement items) => string.Join(',', items.EnumerateArray().Select(
        static item => Convert.ToInt32(item.GetProperty("blockNumber").GetString(), 16)));
}
