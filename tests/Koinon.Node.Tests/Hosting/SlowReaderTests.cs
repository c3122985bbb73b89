using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.Json;
using Koinon.Node.Hosting;
using Koinon.Rpc.Connections;
using Koinon.Rpc.Dispatch;

namespace Koinon.Node.Tests.Hosting;

public sealed class SlowReaderTests
{
    private static readonly string Padding = new('x', 10_000);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A million with <c>KOINON_SOAK=1</c>, else a tenth.</summary>
    private static int Events => Environment.GetEnvironmentVariable("KOINON_SOAK") == "1" ? 1_000_000 : 100_000;

    // json-rpc.md 6, row 25.
    [Fact]
    public async Task Reader_ThatKeepsUp_SeesEveryEventInOrder()
    {
        const int Burst = 5_000;
        FloodMethod flood = new();
        await using ServerHarness harness = await ServerHarness.StartAsync(methods: flood);
        using ClientWebSocket socket = await OpenAsync(harness);
        for (int first = 0; first < Events; first += Burst)
        {
            Assert.True(flood.Tell(first, Burst));
            for (int number = first; number < first + Burst; number++)
            {
                string message = (await ServerHarness.ReceiveAsync(socket))!;
                Assert.Contains($"\"n\":{number},", message);
            }
        }
    }

    // Complaint 25: a subscription silently stops.
    [Fact]
    public async Task Reader_ThatDoesNotRead_IsToldAndClosed_AndNobodyWaits()
    {
        FloodMethod flood = new();
        await using ServerHarness harness = await ServerHarness.StartAsync(
            new RpcLimits { NotificationsMax = 5_000 }, methods: flood);
        using ClientWebSocket slow = await OpenAsync(harness);
        using ClientWebSocket other = await harness.OpenWebSocketAsync();

        Assert.False(flood.Tell(0, 100_000, Padding));

        await ServerHarness.SendAsync(other, """{"id":1,"method":"web3_clientVersion"}""");
        Assert.Contains("koinon/test", await ServerHarness.ReceiveAsync(other));
        int next = 0;
        while (await ServerHarness.ReceiveAsync(slow) is { } message)
        {
            Assert.Contains($"\"n\":{next++},", message);
        }

        Assert.InRange(next, 0, 99_999);
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, slow.CloseStatus);
        Assert.Contains("more than 5000 events wait to be read", slow.CloseStatusDescription);
    }

    [Fact]
    public async Task Reader_ThatNeverReads_IsCutOff()
    {
        FloodMethod flood = new();
        HeldTime time = new();
        ConversationOptions conversations = new() { Clock = time };
        RpcServerOptions options = new() { Conversations = conversations };
        await using ServerHarness harness = await ServerHarness.StartAsync(
            new RpcLimits { NotificationBytesMax = 10_000_000 }, options, flood);
        using ClientWebSocket slow = await OpenAsync(harness);

        // What the system's own buffers take is taken first.
        for (int first = 0; flood.Tell(first, 50, Padding); first += 50)
        {
            await Task.Yield();
        }

        Assert.Contains("more than 10000000 bytes", flood.Connection!.Refusal);

        await time.EndAsync(conversations.CloseGrace, Cancellation);
        int read = 0;
        while (await IsOpenAsync(slow))
        {
            read++;
        }

        Assert.NotEqual(WebSocketCloseStatus.PolicyViolation, slow.CloseStatus);
        Assert.InRange(read, 0, 5_000);
    }

    [Fact]
    public async Task Reader_OfIpc_IsToldAndClosed()
    {
        FloodMethod flood = new();
        await using ServerHarness harness = await ServerHarness.StartAsync(
            new RpcLimits { NotificationsMax = 1_000 },
            new RpcServerOptions { IpcPath = ServerHarness.NewIpcPath() },
            flood);
        await using NetworkStream stream = await harness.OpenIpcAsync();
        using StreamReader reader = new(stream);
        await stream.WriteAsync("""{"id":1,"method":"test_flood"}"""u8.ToArray(), Cancellation);
        Assert.Contains("result", await reader.ReadLineAsync(Cancellation));

        Assert.False(flood.Tell(0, 100_000, Padding));

        string last = "";
        while (await reader.ReadLineAsync(Cancellation) is { } line)
        {
            last = line;
        }

        using JsonDocument farewell = JsonDocument.Parse(last);
        Assert.Contains(
            "more than 1000 events", farewell.RootElement.GetProperty("error").GetProperty("message").GetString());
    }

    private static async Task<ClientWebSocket> OpenAsync(ServerHarness harness)
    {
        ClientWebSocket socket = await harness.OpenWebSocketAsync();
        await ServerHarness.SendAsync(socket, """{"id":1,"method":"test_flood"}""");
        Assert.Contains("result", await ServerHarness.ReceiveAsync(socket));
        return socket;
    }

    private static async Task<bool> IsOpenAsync(ClientWebSocket socket)
    {
        try
        {
            return await ServerHarness.ReceiveAsync(socket) is not null;
        }
        catch (WebSocketException)
        {
            return false;
        }
    }
}
