using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Koinon.Node.Hosting;
using Koinon.Rpc.Connections;
using Koinon.Rpc.Dispatch;

namespace Koinon.Node.Tests.Hosting;

public sealed class WebSocketTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Message_OnThePortOfHttp_IsAnswered()
    {
        await using ServerHarness harness = await ServerHarness.StartAsync();
        using ClientWebSocket socket = await harness.OpenWebSocketAsync();
        for (int id = 1; id <= 3; id++)
        {
            await ServerHarness.SendAsync(socket, $$"""{"id":{{id}},"method":"web3_clientVersion"}""");
            Assert.Equal(
                $$"""{"jsonrpc":"2.0","id":{{id}},"result":"koinon/test"}""", await ServerHarness.ReceiveAsync(socket));
        }
    }

    [Fact]
    public async Task Message_InManyFrames_IsAnswered()
    {
        await using ServerHarness harness = await ServerHarness.StartAsync();
        using ClientWebSocket socket = await harness.OpenWebSocketAsync();
        foreach (byte part in "{\"id\":1,\"method\":\"web3_clientVersion\"}"u8.ToArray())
        {
            await socket.SendAsync(new[] { part }, WebSocketMessageType.Text, part == '}', Cancellation);
        }

        Assert.Contains("koinon/test", await ServerHarness.ReceiveAsync(socket));
    }

    [Fact]
    public async Task Message_ThatIsNoJson_IsAnErrorAndTheNextIsAnswered()
    {
        await using ServerHarness harness = await ServerHarness.StartAsync();
        using ClientWebSocket socket = await harness.OpenWebSocketAsync();
        await ServerHarness.SendAsync(socket, "{");
        Assert.Contains("-32700", await ServerHarness.ReceiveAsync(socket));
        await ServerHarness.SendAsync(socket, """{"id":1,"method":"web3_clientVersion"}""");
        Assert.Contains("koinon/test", await ServerHarness.ReceiveAsync(socket));
    }

    [Fact]
    public async Task Message_OverTheLimit_ClosesWithTheLimitsName()
    {
        await using ServerHarness harness = await ServerHarness.StartAsync(new RpcLimits { BodyBytesMax = 1000 });
        using ClientWebSocket socket = await harness.OpenWebSocketAsync();
        await ServerHarness.SendAsync(socket, new string(' ', 5000));
        Assert.Null(await ServerHarness.ReceiveAsync(socket));
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, socket.CloseStatus);
        Assert.Contains("at most 1000 bytes", socket.CloseStatusDescription);
    }

    [Fact]
    public async Task Message_ThatNeverEnds_IsToldSoAndClosed()
    {
        HeldTime time = new();
        await using ServerHarness harness = await ServerHarness.StartAsync(
            options: new RpcServerOptions { Conversations = new ConversationOptions { Clock = time } });
        using ClientWebSocket socket = await harness.OpenWebSocketAsync();
        await socket.SendAsync("{"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: false, Cancellation);
        await time.EndAsync(TimeSpan.FromSeconds(30), Cancellation);
        Assert.Null(await ServerHarness.ReceiveAsync(socket));
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, socket.CloseStatus);
        Assert.Equal("message not complete within 30 s", socket.CloseStatusDescription);
    }

    [Fact]
    public async Task Caller_ThatGivesNoSignOfLife_IsCutOff()
    {
        RpcServerOptions options = new()
        {
            Conversations = new ConversationOptions { PingInterval = TimeSpan.FromMilliseconds(100) },
        };
        await using ServerHarness harness = await ServerHarness.StartAsync(options: options);
        await using NetworkStream deaf = await harness.OpenTcpAsync();
        await deaf.WriteAsync(
            Encoding.ASCII.GetBytes(
                "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"),
            Cancellation);

        // It reads the pings and answers none.
        using MemoryStream read = new();
        try
        {
            await deaf.CopyToAsync(read, Cancellation);
        }
        catch (IOException)
        {
            // Cut off without a farewell.
        }

        const byte Ping = 0x89;
        Assert.Contains(Ping, read.ToArray());
    }

    [Fact]
    public async Task Reads_DoNotWaitForEachOther()
    {
        TaskCompletionSource gate = new();
        await using ServerHarness harness = await ServerHarness.StartAsync(
            methods: new GateMethod("eth_slow", gate.Task));
        using ClientWebSocket socket = await harness.OpenWebSocketAsync();
        await ServerHarness.SendAsync(socket, """{"id":1,"method":"eth_slow"}""");
        await ServerHarness.SendAsync(socket, """{"id":2,"method":"web3_clientVersion"}""");
        Assert.Equal(2, ServerHarness.IdOf((await ServerHarness.ReceiveAsync(socket))!));
        gate.SetResult();
        Assert.Equal(1, ServerHarness.IdOf((await ServerHarness.ReceiveAsync(socket))!));
    }

    [Fact]
    public async Task Writes_KeepTheirOrder()
    {
        TaskCompletionSource gate = new();
        await using ServerHarness harness = await ServerHarness.StartAsync(
            methods: [new GateMethod("evm_slow", gate.Task), new GateMethod("evm_fast", Task.CompletedTask)]);
        using ClientWebSocket socket = await harness.OpenWebSocketAsync();
        await ServerHarness.SendAsync(socket, """{"id":1,"method":"evm_slow"}""");
        await ServerHarness.SendAsync(socket, """{"id":2,"method":"evm_fast"}""");
        await ServerHarness.SendAsync(socket, """{"id":3,"method":"web3_clientVersion"}""");
        Assert.Equal(3, ServerHarness.IdOf((await ServerHarness.ReceiveAsync(socket))!));
        gate.SetResult();
        Assert.Equal(1, ServerHarness.IdOf((await ServerHarness.ReceiveAsync(socket))!));
        Assert.Equal(2, ServerHarness.IdOf((await ServerHarness.ReceiveAsync(socket))!));
    }

    [Fact]
    public async Task Open_FromAPageElsewhere_IsRefused()
    {
        await using ServerHarness harness = await ServerHarness.StartAsync();
        using ClientWebSocket socket = new();
        socket.Options.SetRequestHeader("Origin", "https://elsewhere.example");
        await Assert.ThrowsAsync<WebSocketException>(
            () => socket.ConnectAsync(new Uri($"ws://{harness.Server.Endpoint}/"), Cancellation));
    }

    [Fact]
    public async Task Dispose_WithOpenConnections_Ends()
    {
        TaskCompletionSource never = new();
        ServerHarness harness = await ServerHarness.StartAsync(methods: new GateMethod("eth_slow", never.Task));
        using ClientWebSocket idle = await harness.OpenWebSocketAsync();
        using ClientWebSocket busy = await harness.OpenWebSocketAsync();
        await ServerHarness.SendAsync(busy, """{"id":1,"method":"eth_slow"}""");
        await harness.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(5), Cancellation);
    }

    [Fact]
    public async Task Connections_OverTheLimit_AreToldSo()
    {
        await using ServerHarness harness = await ServerHarness.StartAsync(
            options: new RpcServerOptions { ConnectionsMax = 2 });
        using ClientWebSocket first = await harness.OpenWebSocketAsync();
        using ClientWebSocket second = await harness.OpenWebSocketAsync();
        using HttpClient client = new();
        using HttpResponseMessage refused = await client.GetAsync(harness.Http, Cancellation);
        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Contains("at most 2 at once", await refused.Content.ReadAsStringAsync(Cancellation));
    }
}
