using System.Net;
using System.Net.WebSockets;
using System.Text;
using Koinon.Chain.Building;
using Koinon.Node.Development;
using Microsoft.Extensions.Logging.Abstractions;

namespace Koinon.Node.Tests.Development;

/// <summary>The end of a chain that is in use: complaint 44 of json-rpc.md.</summary>
public sealed class StopTests
{
    private const string Sender = RunningChain.Alice;
    private const int Callers = 6;
    private const int Subscribers = 4;

    /// <summary>A call that would go on for as long as it is let.</summary>
    private const string Endless = """{"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"data":"0x5b5f56"}]}""";

    /// <summary>How long the end may take, at most: an end that hangs, not one on a busy machine.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dispose_WithCallsSubscribersSendersAndAnInterval_Ends()
    {
        byte[] secret = new byte[32];
        secret[^1] = 1;
        DevelopmentNode node = await DevelopmentNode.StartAsync(
            new DevelopmentOptions
            {
                Endpoints = [new IPEndPoint(IPAddress.Loopback, 0)],
                SecretKeys = [secret],
                Mining = MiningMode.Every(TimeSpan.FromMilliseconds(5)),
            },
            TimeProvider.System,
            NullLoggerFactory.Instance,
            Cancellation);
        using HttpClient client = new() { BaseAddress = new Uri($"http://{node.Server.Endpoint}/") };
        List<ClientWebSocket> sockets = [];
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        for (int i = 0; i < Subscribers; i++)
        {
            sockets.Add(await SubscribeAsync(node));
        }

        List<Task> load = [.. Enumerable.Range(0, Callers).Select(_ => PostAsync(client, Endless, over.Token))];
        load.Add(SendAsync(client, over.Token));
        foreach (ClientWebSocket socket in sockets)
        {
            // A head was told: the interval runs, and somebody listens.
            await socket.ReceiveAsync(new byte[4096], Cancellation);
        }

        await node.DisposeAsync().AsTask().WaitAsync(Bound, Cancellation);

        await over.CancelAsync();
        await Task.WhenAll(load).WaitAsync(Bound, Cancellation);
        sockets.ForEach(static socket => socket.Dispose());
    }

    private static async Task<ClientWebSocket> SubscribeAsync(DevelopmentNode node)
    {
        ClientWebSocket socket = new();
        await socket.ConnectAsync(new Uri($"ws://{node.Server.Endpoint}/"), Cancellation);
        byte[] request = Encoding.UTF8.GetBytes(
            """{"jsonrpc":"2.0","id":1,"method":"eth_subscribe","params":["newHeads"]}""");
        await socket.SendAsync(request, WebSocketMessageType.Text, endOfMessage: true, Cancellation);
        await socket.ReceiveAsync(new byte[4096], Cancellation);
        return socket;
    }

    private static async Task SendAsync(HttpClient client, CancellationToken cancellation)
    {
        while (await PostAsync(client, SendText, cancellation))
        {
        }
    }

    private static string SendText => $$"""
        {"jsonrpc":"2.0","id":1,"method":"eth_sendTransaction","params":[{"from":"{{Sender}}","to":"{{Sender}}"}]}
        """;

    /// <summary>Puts a question.</summary>
    /// <returns>Whether it was answered: not where the server went away.</returns>
    private static async Task<bool> PostAsync(HttpClient client, string body, CancellationToken cancellation)
    {
        try
        {
            using StringContent content = new(body, Encoding.UTF8, "application/json");
            using HttpResponseMessage response = await client.PostAsync("", content, cancellation);
            await response.Content.ReadAsStringAsync(cancellation);
            return response.IsSuccessStatusCode;
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException or OperationCanceledException)
        {
            return false;
        }
    }
}
