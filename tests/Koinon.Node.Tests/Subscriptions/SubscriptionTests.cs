using System.Net.WebSockets;
using System.Text.Json;
using Koinon.Node.Tests.Hosting;
using Koinon.Rpc.Dispatch;

namespace Koinon.Node.Tests.Subscriptions;

public sealed class SubscriptionTests
{
    private static readonly string[] HeaderFields =
    [
        "number", "hash", "parentHash", "nonce", "mixHash", "sha3Uncles", "logsBloom", "stateRoot", "miner",
        "difficulty", "extraData", "gasLimit", "gasUsed", "timestamp", "transactionsRoot", "receiptsRoot",
        "baseFeePerGas", "withdrawalsRoot", "blobGasUsed", "excessBlobGas", "parentBeaconBlockRoot", "requestsHash",
    ];

    [Fact]
    public async Task NewHeads_TellEveryBlockAsAHeader()
    {
        await using WatchedChain chain = await WatchedChain.StartAsync();
        await chain.LogAsync(1);
        (ClientWebSocket socket, string id) = await chain.SubscribeAsync("""["newHeads"]""");
        await chain.LogAsync(2);
        await chain.LogAsync(3);

        JsonElement head = await WatchedChain.NextAsync(socket, id);
        Assert.Equal(HeaderFields.Order(), head.EnumerateObject().Select(static member => member.Name).Order());
        Assert.Equal("0x2", head.GetProperty("number").GetString());
        JsonElement next = await WatchedChain.NextAsync(socket, id);
        Assert.Equal(head.GetProperty("hash").GetString(), next.GetProperty("parentHash").GetString());
        socket.Dispose();
    }

    [Fact]
    public async Task NewHeads_ReachTenSubscribersInOrder()
    {
        const int Blocks = 200;
        await using WatchedChain chain = await WatchedChain.StartAsync();
        List<Task> readers = [];
        for (int reader = 0; reader < 10; reader++)
        {
            (ClientWebSocket socket, string id) = await chain.SubscribeAsync("""["newHeads"]""");
            readers.Add(ReadAsync(socket, id));
        }

        for (int block = 0; block < Blocks; block++)
        {
            await chain.LogAsync(block);
        }

        await Task.WhenAll(readers);

        static async Task ReadAsync(ClientWebSocket socket, string id)
        {
            using (socket)
            {
                for (int number = 1; number <= Blocks; number++)
                {
                    JsonElement head = await WatchedChain.NextAsync(socket, id);
                    Assert.Equal($"0x{number:x}", head.GetProperty("number").GetString());
                }
            }
        }
    }

    [Fact]
    public async Task Logs_OfTheTopicsAskedFor_AreTold()
    {
        await using WatchedChain chain = await WatchedChain.StartAsync();
        (ClientWebSocket socket, string id) = await chain.SubscribeAsync(
            $$"""["logs",{"topics":[["{{WatchedChain.Topic(2)}}","{{WatchedChain.Topic(4)}}"]]}]""");
        for (int topic = 1; topic <= 5; topic++)
        {
            await chain.LogAsync(topic);
        }

        Assert.Equal("2 False", Shown(await WatchedChain.NextAsync(socket, id)));
        JsonElement log = await WatchedChain.NextAsync(socket, id);
        Assert.Equal("4 False", Shown(log));
        Assert.Equal("0x4", log.GetProperty("blockNumber").GetString());
        Assert.Equal("0x0", log.GetProperty("logIndex").GetString());
        socket.Dispose();
    }

    [Fact]
    public async Task Reorganisation_TakesLogsBackNewestFirstAndTellsTheNewBranch()
    {
        await using WatchedChain chain = await WatchedChain.StartAsync();
        await using WatchedChain other = await WatchedChain.StartAsync();
        (ClientWebSocket logs, string logsId) = await chain.SubscribeAsync("""["logs",{}]""");
        (ClientWebSocket heads, string headsId) = await chain.SubscribeAsync("""["newHeads"]""");
        string filter = (await chain.AskAsync("\"eth_newFilter\",\"params\":[{}]")).GetString()!;
        await chain.LogAsync(1);
        await chain.LogAsync(2);
        for (int topic = 11; topic <= 13; topic++)
        {
            await other.LogAsync(topic);
        }

        chain.Adopt(other);

        string[] expected =
            ["1 False", "2 False", "2 True", "1 True", "11 False", "12 False", "13 False"];
        foreach (string log in expected)
        {
            Assert.Equal(log, Shown(await WatchedChain.NextAsync(logs, logsId)));
        }

        foreach (string number in (string[])["0x1", "0x2", "0x1", "0x2", "0x3"])
        {
            JsonElement head = await WatchedChain.NextAsync(heads, headsId);
            Assert.Equal(number, head.GetProperty("number").GetString());
        }

        JsonElement changes = await chain.AskAsync($"\"eth_getFilterChanges\",\"params\":[\"{filter}\"]");
        Assert.Equal(expected, changes.EnumerateArray().Select(Shown));
        logs.Dispose();
        heads.Dispose();
    }

    // json-rpc.md 6, row 26: subscribe again, then ask for what came after the last block that was seen.
    [Fact]
    public async Task Subscriber_WhoComesBack_MissesNothing()
    {
        await using WatchedChain chain = await WatchedChain.StartAsync();
        (ClientWebSocket first, string firstId) = await chain.SubscribeAsync("""["logs",{}]""");
        await chain.LogAsync(1);
        JsonElement last = await WatchedChain.NextAsync(first, firstId);
        first.Abort();
        await chain.LogAsync(2);
        await chain.LogAsync(3);

        (ClientWebSocket again, string againId) = await chain.SubscribeAsync("""["logs",{}]""");
        await chain.LogAsync(4);
        ulong next = Convert.ToUInt64(last.GetProperty("blockNumber").GetString(), 16) + 1;
        JsonElement missed = await chain.AskAsync($"\"eth_getLogs\",\"params\":[{{\"fromBlock\":{next}}}]");
        JsonElement told = await WatchedChain.NextAsync(again, againId);

        Assert.Equal(["2 False", "3 False", "4 False"], missed.EnumerateArray().Select(Shown));
        Assert.Equal(missed.EnumerateArray().Last().GetRawText(), told.GetRawText());
        first.Dispose();
        again.Dispose();
    }

    [Fact]
    public async Task Unsubscribe_EndsTheEventsOfOneSubscriptionAlone()
    {
        await using WatchedChain chain = await WatchedChain.StartAsync();
        (ClientWebSocket socket, string first) = await chain.SubscribeAsync("""["newHeads"]""");
        await ServerHarness.SendAsync(socket, """{"id":2,"method":"eth_subscribe","params":["logs",null]}""");
        using JsonDocument second = JsonDocument.Parse((await ServerHarness.ReceiveAsync(socket))!);
        string logs = second.RootElement.GetProperty("result").GetString()!;
        foreach (bool isThere in (bool[])[true, false])
        {
            await ServerHarness.SendAsync(
                socket, $$"""{"id":3,"method":"eth_unsubscribe","params":["{{first}}"]}""");
            Assert.Contains(isThere ? "true" : "false", await ServerHarness.ReceiveAsync(socket));
        }

        await chain.LogAsync(7);
        Assert.Equal("7 False", Shown(await WatchedChain.NextAsync(socket, logs)));
        socket.Dispose();
    }

    [Fact]
    public async Task Receipts_OfNewBlocks_AreTold()
    {
        await using WatchedChain chain = await WatchedChain.StartAsync();
        (ClientWebSocket socket, string id) = await chain.SubscribeAsync("""["transactionReceipts"]""");
        string hash = (await chain.LogAsync(1)).GetString()!;
        JsonElement receipts = await WatchedChain.NextAsync(socket, id);
        Assert.Equal(hash, Assert.Single(receipts.EnumerateArray()).GetProperty("transactionHash").GetString());
        socket.Dispose();
    }

    [Fact]
    public async Task PendingTransactions_AreToldByHashOrWhole()
    {
        await using WatchedChain chain = await WatchedChain.StartAsync();
        (ClientWebSocket hashes, string hashesId) = await chain.SubscribeAsync("""["newPendingTransactions"]""");
        (ClientWebSocket whole, string wholeId) = await chain.SubscribeAsync("""["newPendingTransactions",true]""");
        string filter = (await chain.AskAsync("\"eth_newPendingTransactionFilter\"")).GetString()!;
        string hash = (await chain.LogAsync(1)).GetString()!;
        Assert.Equal(hash, (await WatchedChain.NextAsync(hashes, hashesId)).GetString());
        JsonElement transaction = await WatchedChain.NextAsync(whole, wholeId);
        Assert.Equal(hash, transaction.GetProperty("hash").GetString());
        Assert.Equal(JsonValueKind.Null, transaction.GetProperty("blockHash").ValueKind);
        JsonElement changes = await chain.AskAsync($"\"eth_getFilterChanges\",\"params\":[\"{filter}\"]");
        Assert.Equal(hash, Assert.Single(changes.EnumerateArray()).GetString());
        hashes.Dispose();
        whole.Dispose();
    }

    [Theory]
    [InlineData("[\"newHeads\"]", -32601, "notifications not supported")]
    [InlineData("[]", -32601, "notifications not supported")]
    public async Task Subscribe_OverHttp_IsNotSupported(string parameters, int code, string text)
    {
        await using WatchedChain chain = await WatchedChain.StartAsync();
        JsonElement error = (await chain.PostAsync($"\"eth_subscribe\",\"params\":{parameters}")).GetProperty("error");
        Assert.Equal(code, error.GetProperty("code").GetInt32());
        Assert.Equal(text, error.GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("[\"nonsense\"]", "no \\u0022nonsense\\u0022 subscription in eth namespace")]
    [InlineData("[]", "missing value for required argument 0")]
    [InlineData("[7]", "invalid argument 0: not the name")]
    [InlineData("[\"logs\",{\"topics\":7}]", "invalid argument 1: topics: not an array")]
    [InlineData("[\"logs\",{\"address\":\"0x1\"}]", "invalid argument 1: address: not an address")]
    [InlineData("[\"newPendingTransactions\",7]", "invalid argument 1: neither true nor false")]
    [InlineData("[\"transactionReceipts\",{\"transactionHashes\":[7]}]", "invalid argument 1: transactionHashes: ")]
    public async Task Subscribe_ToWhatThereIsNot_SaysSo(string parameters, string text)
    {
        await using WatchedChain chain = await WatchedChain.StartAsync();
        (ClientWebSocket socket, _) = await chain.SubscribeAsync("""["syncing"]""");
        await ServerHarness.SendAsync(socket, $$"""{"id":2,"method":"eth_subscribe","params":{{parameters}}}""");
        string answer = (await ServerHarness.ReceiveAsync(socket))!;
        Assert.Contains(text, answer.Replace("\\\"", "\\u0022", StringComparison.Ordinal));
        socket.Dispose();
    }

    [Fact]
    public async Task Subscriptions_OverTheLimit_AreRefusedWithTheLimit()
    {
        await using WatchedChain chain = await WatchedChain.StartAsync(new RpcLimits { SubscriptionsMax = 1 });
        (ClientWebSocket socket, _) = await chain.SubscribeAsync("""["newHeads"]""");
        await ServerHarness.SendAsync(socket, """{"id":2,"method":"eth_subscribe","params":["logs"]}""");
        Assert.Contains("a connection has at most 1", await ServerHarness.ReceiveAsync(socket));
        socket.Dispose();
    }

    private static string Shown(JsonElement log)
    {
        string topic = log.GetProperty("topics")[0].GetString()!;
        return $"{Convert.ToInt64(topic, 16)} {log.GetProperty("removed").GetBoolean()}";
    }
}
