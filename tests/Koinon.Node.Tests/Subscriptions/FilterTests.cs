using System.Text.Json;
using Koinon.Rpc.Dispatch;

namespace Koinon.Node.Tests.Subscriptions;

public sealed class FilterTests
{
    [Fact]
    public async Task BlockFilter_HoldsTheHashesOfNewBlocksAlone()
    {
        await using WatchedChain chain = await WatchedChain.StartAsync();
        await chain.LogAsync(1);
        string id = (await chain.AskAsync("\"eth_newBlockFilter\"")).GetString()!;
        Assert.Empty(await ChangesAsync(chain, id));
        await chain.LogAsync(2);
        await chain.LogAsync(3);
        string[] hashes = [.. (await ChangesAsync(chain, id)).Select(static hash => hash.GetString()!)];
        Assert.Equal(2, hashes.Length);
        Assert.Equal(chain.Ledger.Head.Hash.ToString(), hashes[1]);
        Assert.Empty(await ChangesAsync(chain, id));
    }

    [Fact]
    public async Task LogFilter_HoldsNewLogs_AndFindsAll()
    {
        await using WatchedChain chain = await WatchedChain.StartAsync();
        await chain.LogAsync(5);
        string id = (await chain.AskAsync(
            $$"""
            "eth_newFilter","params":[{"fromBlock":"0x0","topics":["{{WatchedChain.Topic(5)}}"]}]
            """)).GetString()!;
        await chain.LogAsync(6);
        await chain.LogAsync(5);
        JsonElement change = Assert.Single(await ChangesAsync(chain, id));
        Assert.Equal("0x3", change.GetProperty("blockNumber").GetString());
        JsonElement all = await chain.AskAsync($"\"eth_getFilterLogs\",\"params\":[\"{id}\"]");
        Assert.Equal(2, all.GetArrayLength());
    }

    [Theory]
    [InlineData("eth_getFilterChanges")]
    [InlineData("eth_getFilterLogs")]
    public async Task Filter_ThatIsNot_IsNotFound(string method)
    {
        await using WatchedChain chain = await WatchedChain.StartAsync();
        JsonElement error = (await chain.PostAsync($"\"{method}\",\"params\":[\"0x1\"]")).GetProperty("error");
        Assert.Equal(-32000, error.GetProperty("code").GetInt32());
        Assert.Equal("filter not found", error.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Logs_OfAFilterOfBlocks_AreNotFound()
    {
        await using WatchedChain chain = await WatchedChain.StartAsync();
        string id = (await chain.AskAsync("\"eth_newBlockFilter\"")).GetString()!;
        JsonElement answer = await chain.PostAsync($"\"eth_getFilterLogs\",\"params\":[\"{id}\"]");
        Assert.Equal("filter not found", answer.GetProperty("error").GetProperty("message").GetString());
    }

    [Fact]
    public async Task Uninstall_EndsIt()
    {
        await using WatchedChain chain = await WatchedChain.StartAsync();
        string id = (await chain.AskAsync("\"eth_newPendingTransactionFilter\",\"params\":[true]")).GetString()!;
        Assert.True((await chain.AskAsync($"\"eth_uninstallFilter\",\"params\":[\"{id}\"]")).GetBoolean());
        Assert.False((await chain.AskAsync($"\"eth_uninstallFilter\",\"params\":[\"{id}\"]")).GetBoolean());
    }

    [Fact]
    public async Task Filter_ThatNobodyAsks_IsGoneAfterFiveMinutes()
    {
        await using WatchedChain chain = await WatchedChain.StartAsync();
        string id = (await chain.AskAsync("\"eth_newBlockFilter\"")).GetString()!;
        for (int asked = 0; asked < 3; asked++)
        {
            chain.Clock.Now += TimeSpan.FromMinutes(4);
            Assert.Empty(await ChangesAsync(chain, id));
        }

        chain.Clock.Now += TimeSpan.FromMinutes(5);
        JsonElement answer = await chain.PostAsync($"\"eth_getFilterChanges\",\"params\":[\"{id}\"]");
        Assert.Equal("filter not found", answer.GetProperty("error").GetProperty("message").GetString());
    }

    [Fact]
    public async Task Filter_OverItsBytes_SaysThatItIsGone()
    {
        await using WatchedChain chain = await WatchedChain.StartAsync(new RpcLimits { FilterBytesMax = 500 });
        string id = (await chain.AskAsync("\"eth_newBlockFilter\"")).GetString()!;
        for (int block = 0; block < 10; block++)
        {
            await chain.LogAsync(block);
        }

        JsonElement answer = await chain.PostAsync($"\"eth_getFilterChanges\",\"params\":[\"{id}\"]");
        Assert.Contains("more than 500 bytes", answer.GetProperty("error").GetProperty("message").GetString());
    }

    [Fact]
    public async Task Revert_BringsFiltersBackWithWhatTheyHeld()
    {
        await using WatchedChain chain = await WatchedChain.StartAsync();
        string old = (await chain.AskAsync("\"eth_newFilter\",\"params\":[{}]")).GetString()!;
        await chain.LogAsync(1);
        string snapshot = (await chain.AskAsync("\"evm_snapshot\"")).GetString()!;
        string young = (await chain.AskAsync("\"eth_newBlockFilter\"")).GetString()!;
        await chain.LogAsync(2);
        Assert.Equal(2, (await ChangesAsync(chain, old)).Count);
        await chain.AskAsync($"\"eth_uninstallFilter\",\"params\":[\"{old}\"]");

        Assert.True((await chain.AskAsync($"\"evm_revert\",\"params\":[\"{snapshot}\"]")).GetBoolean());

        JsonElement log = Assert.Single(await ChangesAsync(chain, old));
        Assert.Equal("0x1", log.GetProperty("blockNumber").GetString());
        Assert.Empty(await ChangesAsync(chain, young));
        await chain.LogAsync(3);
        Assert.Single(await ChangesAsync(chain, old));
        Assert.Single(await ChangesAsync(chain, young));
    }

    [Fact]
    public async Task Filters_OverTheLimit_AreRefusedWithTheLimit()
    {
        await using WatchedChain chain = await WatchedChain.StartAsync(new RpcLimits { FiltersMax = 2 });
        await chain.AskAsync("\"eth_newBlockFilter\"");
        await chain.AskAsync("\"eth_newBlockFilter\"");
        JsonElement answer = await chain.PostAsync("\"eth_newBlockFilter\"");
        Assert.Contains("at most 2 at once", answer.GetProperty("error").GetProperty("message").GetString());
    }

    private static async Task<IReadOnlyList<JsonElement>> ChangesAsync(WatchedChain chain, string id) =>
        [.. (await chain.AskAsync($"\"eth_getFilterChanges\",\"params\":[\"{id}\"]")).EnumerateArray()];
}
