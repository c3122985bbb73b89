using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using Koinon.Chain.Ledger;
using Koinon.Node.Development;
using Koinon.Node.Tests.Development;
using Koinon.Node.Tests.Hosting;
using Koinon.Rpc.Dispatch;
using Microsoft.Extensions.Logging.Abstractions;

namespace Koinon.Node.Tests.Subscriptions;

/// <summary>A development chain whose transactions write logs, asked over HTTP and watched over WebSocket.</summary>
internal sealed class WatchedChain : IAsyncDisposable
{
    public const string Alice = "0x7e5f4552091a69125d5dfcb7b8c2659029395bdf"; // Of the secret key 1.

    private readonly DevelopmentNode _node;
    private readonly HttpClient _client;

    private WatchedChain(DevelopmentNode node, ManualClock clock)
    {
        _node = node;
        Clock = clock;
        _client = new HttpClient { BaseAddress = new Uri($"http://{node.Server.Endpoint}/") };
    }

    public ManualClock Clock { get; }

    public Ledger Ledger => _node.Ledger;

    public Uri Url => new($"http://{_node.Server.Endpoint}/");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Chains that are started with the same limits have the same genesis.</summary>
    public static async Task<WatchedChain> StartAsync(RpcLimits? limits = null)
    {
        byte[] secret = new byte[32];
        secret[^1] = 1;
        DevelopmentOptions options = new()
        {
            Endpoints = [new IPEndPoint(IPAddress.Loopback, 0)],
            SecretKeys = [secret],
            Timestamp = 1_700_000_000,
            Limits = limits ?? new RpcLimits(),
        };
        ManualClock clock = new();
        return new WatchedChain(
            await DevelopmentNode.StartAsync(options, clock, NullLoggerFactory.Instance, Cancellation), clock);
    }

    /// <summary>A topic that is a number.</summary>
    public static string Topic(int value) => "0x" + value.ToString("x64", CultureInfo.InvariantCulture);

    /// <summary>Sends a transaction that writes a log with one topic.</summary>
    public Task<JsonElement> LogAsync(int topic) =>
        AskAsync($$"""
            "eth_sendTransaction","params":[{"from":"{{Alice}}","gas":"0x20000",
            "data":"0x7f{{Topic(topic)[2..]}}60006000a100"}]
            """);

    /// <summary>Answers the result of a request: what stands between <c>"method":</c> and the end.</summary>
    public async Task<JsonElement> AskAsync(string request)
    {
        JsonElement answer = await PostAsync(request);
        return answer.TryGetProperty("result", out JsonElement result)
            ? result
            : throw new InvalidOperationException(answer.GetRawText());
    }

    public async Task<JsonElement> PostAsync(string request)
    {
        using StringContent body = new($$"""{"jsonrpc":"2.0","id":1,"method":{{request}}}""");
        using HttpResponseMessage response = await _client.PostAsync("", body, Cancellation);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
    }

    /// <summary>Opens a connection and subscribes.</summary>
    public async Task<(ClientWebSocket Socket, string Id)> SubscribeAsync(string parameters)
    {
        ClientWebSocket socket = new();
        await socket.ConnectAsync(new Uri($"ws://{_node.Server.Endpoint}/"), Cancellation);
        await ServerHarness.SendAsync(socket, $$"""{"id":1,"method":"eth_subscribe","params":{{parameters}}}""");
        using JsonDocument answer = JsonDocument.Parse((await ServerHarness.ReceiveAsync(socket))!);
        return (socket, answer.RootElement.GetProperty("result").GetString()!);
    }

    /// <summary>The next event, of the subscription that is expected.</summary>
    public static async Task<JsonElement> NextAsync(ClientWebSocket socket, string id)
    {
        using JsonDocument message = JsonDocument.Parse((await ServerHarness.ReceiveAsync(socket))!);
        Assert.Equal("eth_subscription", message.RootElement.GetProperty("method").GetString());
        JsonElement parameters = message.RootElement.GetProperty("params");
        Assert.Equal(id, parameters.GetProperty("subscription").GetString());
        return parameters.GetProperty("result").Clone();
    }

    /// <summary>Makes the blocks of another chain of the same genesis canonical here.</summary>
    public void Adopt(WatchedChain other)
    {
        for (ulong number = 1; number <= other.Ledger.Head.Number; number++)
        {
            Assert.True(other.Ledger.TryGet(number, out LedgerBlock? block));
            Assert.Equal(Koinon.Chain.BlockError.None, Ledger.Import(block.Block).Error);
        }

        Assert.Equal(HeadError.None, Ledger.SetHead(other.Ledger.Head.Hash, default, default));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _node.DisposeAsync();
    }
}
