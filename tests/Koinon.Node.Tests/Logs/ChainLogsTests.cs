using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Koinon.Node.Tests.Subscriptions;
using Koinon.Rpc.Dispatch;

namespace Koinon.Node.Tests.Logs;

public sealed class ChainLogsTests
{
    private const int Blocks = 60;

    // json-rpc.md 6, row 30.
    [Fact]
    public async Task Logs_OfTheParts_AreTheLogsOfTheWhole()
    {
        await using WatchedChain chain = await StartAsync();
        Gen<(int From, int To, int Topic, int Cut)> ranges =
            from first in Gen.Choose(0, Blocks)
            from last in Gen.Choose(first, Blocks)
            from topic in Gen.Choose(-1, 7)
            from cut in Gen.Choose(first, last)
            select (first, last, topic, cut);
        Prop.ForAll(ranges.ToArbitrary(), range =>
        {
            List<string> whole = Find(chain, range.From, range.To, range.Topic);
            List<string> parts = Find(chain, range.From, range.Cut, range.Topic);
            if (range.Cut < range.To)
            {
                parts.AddRange(Find(chain, range.Cut + 1, range.To, range.Topic));
            }

            return whole.SequenceEqual(parts) && whole.SequenceEqual(Expected(range.From, range.To, range.Topic));
        }).QuickCheckThrowOnFailure();
    }

    // Complaint 29: a search from 0 to the head blocks all others.
    [Fact]
    public async Task Logs_OverTheLimit_AreRefusedWithARangeThatIsAnswered()
    {
        await using WatchedChain chain = await StartAsync(new RpcLimits { LogsMax = 10 });
        int from = 1;
        List<string> found = [];
        while (from <= Blocks)
        {
            JsonElement answer = await AskAsync(chain, from, Blocks, topic: -1);
            int to = Blocks;
            if (answer.TryGetProperty("error", out JsonElement error))
            {
                Assert.Equal(-32602, error.GetProperty("code").GetInt32());
                string offered = error.GetProperty("data").GetProperty("to").GetString()!;
                to = Convert.ToInt32(offered, 16);
                Assert.Equal(
                    $"query exceeds max results 10, retry with the range {from}-{to}",
                    error.GetProperty("message").GetString());
                answer = await AskAsync(chain, from, to, topic: -1);
            }

            found.AddRange(Texts(answer.GetProperty("result")));
            from = to + 1;
        }

        Assert.Equal(Expected(1, Blocks, -1), found);
    }

    [Fact]
    public async Task Logs_ThatAreTooLongToHold_AreSentWhole()
    {
        await using WatchedChain chain = await WatchedChain.StartAsync();
        List<string> expected = [];
        for (int i = 1; i <= 8; i++)
        {
            // 30,000 bytes of data, the longest of a log by far.
            await chain.AskAsync($$"""
                "eth_sendTransaction","params":[{"from":"{{WatchedChain.Alice}}","gas":"0x80000",
                "data":"0x7f{{WatchedChain.Topic(i)[2..]}}6175306000a100"}]
                """);
            JsonElement one = await chain.AskAsync(
                $$"""
                "eth_getLogs","params":[{"blockHash":"{{chain.Ledger.Head.Hash}}"}]
                """);
            expected.Add(Assert.Single(one.EnumerateArray()).GetRawText());
        }

        JsonElement all = await chain.AskAsync("\"eth_getLogs\",\"params\":[{\"fromBlock\":\"0x0\"}]");

        Assert.Equal(expected, all.EnumerateArray().Select(static log => log.GetRawText()));
        Assert.True(expected.Sum(static log => log.Length) > 400_000);
    }

    // json-rpc.md 6, row 29.
    [Fact]
    public async Task Logs_OfWideRangesSideBySide_AreAnsweredAmongOtherCalls()
    {
        const int Wide = 2_000, Searches = 40;
        await using WatchedChain chain = await StartAsync();
        await chain.AskAsync($"\"anvil_mine\",\"params\":[{Wide}]");
        Task<JsonElement>[] searches =
            [.. Enumerable.Range(0, Searches).Select(_ => AskAsync(chain, 0, Blocks + Wide, topic: -1))];
        Task<JsonElement>[] others =
            [.. Enumerable.Range(0, Searches).Select(_ => chain.AskAsync("\"eth_blockNumber\""))];

        Assert.All(await Task.WhenAll(others), static head => Assert.Equal("0x80c", head.GetString()));
        Assert.All(
            await Task.WhenAll(searches),
            static logs => Assert.Equal(Expected(1, Blocks, -1), Texts(logs.GetProperty("result"))));
    }

    [Fact]
    public async Task Range_OverTheLimit_IsRefusedWithARange()
    {
        await using WatchedChain chain = await StartAsync(new RpcLimits { LogRangeMax = 5 });
        JsonElement error = (await AskAsync(chain, 3, 20, topic: -1)).GetProperty("error");
        Assert.Equal("exceed maximum block range: 5", error.GetProperty("message").GetString());
        Assert.Equal("0x3", error.GetProperty("data").GetProperty("from").GetString());
        Assert.Equal("0x7", error.GetProperty("data").GetProperty("to").GetString());
    }

    // Complaint 28: logs beyond the head are cut silently.
    [Theory]
    [InlineData("{\"fromBlock\":\"0x2\",\"toBlock\":\"0x1\"}", "invalid block range params")]
    [InlineData("{\"fromBlock\":\"0x1\",\"toBlock\":\"0x99\"}", "block range extends beyond current head block")]
    [InlineData("{\"fromBlock\":\"pending\"}", "pending logs are not supported")]
    [InlineData("{\"topics\":[null,null,null,null,null]}", "invalid argument 0: topics: exceed max topics")]
    [InlineData("{\"address\":7}", "invalid argument 0: address: not an address: 40 hex digits after 0x are expected")]
    [InlineData("7", "invalid argument 0: not an object")]
    public async Task Filter_ThatCannotBeUsed_IsRefusedWithGethsText(string filter, string text)
    {
        await using WatchedChain chain = await WatchedChain.StartAsync();
        await chain.LogAsync(1);
        await chain.LogAsync(2);
        JsonElement answer = await chain.PostAsync($"\"eth_getLogs\",\"params\":[{filter}]");
        Assert.Equal(-32602, answer.GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal(text, answer.GetProperty("error").GetProperty("message").GetString());
    }

    [Fact]
    public async Task Block_ByAnUnknownHash_IsUnknown()
    {
        await using WatchedChain chain = await WatchedChain.StartAsync();
        JsonElement answer = await chain.PostAsync(
            $"\"eth_getLogs\",\"params\":[{{\"blockHash\":\"{WatchedChain.Topic(1)}\"}}]");
        Assert.Equal(-32000, answer.GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal("unknown block", answer.GetProperty("error").GetProperty("message").GetString());
    }

    /// <summary>A chain whose block of each number has one log, with the number modulo 7 as topic.</summary>
    private static async Task<WatchedChain> StartAsync(RpcLimits? limits = null)
    {
        WatchedChain chain = await WatchedChain.StartAsync(limits);
        for (int number = 1; number <= Blocks; number++)
        {
            await chain.LogAsync(number % 7);
        }

        return chain;
    }

    private static IEnumerable<string> Expected(int from, int to, int topic) => Enumerable
        .Range(from, to - from + 1)
        .Where(number => number > 0 && (topic < 0 || number % 7 == topic))
        .Select(static number => $"0x{number:x}");

    private static List<string> Find(WatchedChain chain, int from, int to, int topic) =>
        Texts(AskAsync(chain, from, to, topic).GetAwaiter().GetResult().GetProperty("result"));

    private static List<string> Texts(JsonElement logs) =>
        [.. logs.EnumerateArray().Select(static log => log.GetProperty("blockNumber").GetString()!)];

    private static Task<JsonElement> AskAsync(WatchedChain chain, int from, int to, int topic)
    {
        string topics = topic < 0 ? "[]" : $"[[\"{WatchedChain.Topic(topic)}\"]]";
        return chain.PostAsync(
            $$"""
            "eth_getLogs","params":[{"fromBlock":{{from}},"toBlock":{{to}},"topics":{{topics}}}]
            """);
    }
}
