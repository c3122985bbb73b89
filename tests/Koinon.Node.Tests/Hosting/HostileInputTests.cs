using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Koinon.Node.Hosting;
using Koinon.Node.Tests.Subscriptions;
using Koinon.Rpc.Connections;
using Koinon.Rpc.Dispatch;

namespace Koinon.Node.Tests.Hosting;

/// <summary>What strangers send: afterwards the node answers, and its memory is what it was.</summary>
[Collection(nameof(MemoryMeasured))]
[Trait("pace", "slow")]
public sealed class HostileInputTests(ITestOutputHelper output)
{
    /// <summary>What the node may hold more afterwards: caches that fill, code that was compiled.</summary>
    private const long HeldMoreMax = 96L * 1024 * 1024;

    private static readonly string[] Bodies =
    [
        "", " ", "\0", "null", "true", "7", "\"\"", "[]", "[[]]", "[null]", "{}", "{\"id\":1}", "{\"method\":7}",
        "{\"id\":{},\"method\":\"eth_call\"}", "{\"id\":1,\"method\":\"\"}",
        "{\"id\":1e999,\"method\":\"eth_chainId\"}",
        "{\"id\":1,\"method\":\"eth_chainId\",\"method\":\"evm_mine\"}", "{\"id\":1,\"method\":\"eth_chainId\"} x",
        "{\"id\":1,\"method\":\"\\ud800\"}", "{\"id\":\"\\udc00\",\"method\":\"eth_chainId\"}", "\uFEFF{}", "{'id':1}",
        "{\"id\":1,\"method\":\"eth_getBalance\",\"params\":{\"0\":1}}", "// comment\n{}", "[1,2", "{\"id\":1,}",
    ];

    private static readonly string[] Methods =
    [
        "eth_call", "eth_estimateGas", "eth_getBalance", "eth_getStorageAt", "eth_getLogs", "eth_newFilter",
        "eth_getFilterChanges", "eth_sendRawTransaction", "eth_feeHistory", "eth_getProof", "eth_getBlockByNumber",
        "eth_getBlockByHash", "eth_getTransactionByHash", "eth_createAccessList", "eth_simulateV1", "eth_subscribe",
        "eth_unsubscribe", "web3_sha3", "debug_traceTransaction", "debug_traceCall", "txpool_contentFrom",
        "eth_getTransactionByBlockNumberAndIndex", "eth_getCode", "evm_setNextBlockTimestamp", "evm_increaseTime",
        "anvil_setBalance", "anvil_setCode", "anvil_setNonce", "anvil_setStorageAt", "anvil_impersonateAccount",
    ];

    private static readonly string[] Values =
    [
        "null", "true", "-1", "1.5", "1e400", "123456789012345678901234567890123456789012345678901234567890123456789",
        "0", "\"\"", "\"0x\"", "\"0x0\"", "\"0xg\"", "\"0X1\"", "\"latest\"", "\"LATEST\"", "\"pending\"", "\"-0x1\"",
        "\"0x7e5f4552091a69125d5dfcb7b8c2659029395bdf\"", "\"0x7e5f4552091a69125d5dfcb7b8c2659029395bd\"",
        "\"0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff\"", "[]", "{}", "[[]]",
        "[{}]", "{\"to\":7}", "{\"data\":\"0x1\"}", "{\"data\":\"0x00\",\"input\":\"0x01\"}", "{\"gas\":\"0xf\"}",
        "{\"from\":\"latest\"}", "{\"fromBlock\":\"0x5\",\"toBlock\":\"0x1\"}", "{\"topics\":[[[]]]}",
        "{\"topics\":[null,null,null,null,null]}", "{\"address\":[7]}", "{\"blockHash\":\"0x\"}",
        "{\"blockNumber\":\"0x1\",\"blockHash\":\"0x1\"}", "\"\\u0000\"", "\"\ud83d\ude00\"", "\"\\ud83d\\ude00\"",
        "{\"accessList\":[{\"address\":\"0x\"}]}", "{\"gas\":\"0xffffffffffffffffff\"}", "{\"value\":\"0x10\"}",
        "{\"blockStateCalls\":[{\"calls\":7}]}", "{\"tracer\":\"nonsense\"}", "{\"tracer\":7}", "\"newHeads\"",
    ];

    private readonly long _start = Stopwatch.GetTimestamp();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A hundred thousand with <c>KOINON_SOAK=1</c>, else a tenth.</summary>
    private static int Requests => Environment.GetEnvironmentVariable("KOINON_SOAK") == "1" ? 100_000 : 10_000;

    [Fact]
    public async Task Http_OfAbsurdRequests_AnswersEachWithItsFault()
    {
        await using WatchedChain chain = await WatchedChain.StartAsync();
        long before = Held();
        Random random = new(7);
        using HttpClient client = new() { BaseAddress = chain.Url };
        int requests = Requests * 6 / 10;
        for (int request = 0; request < requests; request++)
        {
            using ByteArrayContent body = new(Absurd(random));
            using HttpResponseMessage response = await client.PostAsync("", body, Cancellation);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Check(await response.Content.ReadAsByteArrayAsync(Cancellation));
        }

        await CheckAsync(chain, before, requests);
    }

    [Fact]
    public async Task Tcp_OfAbsurdBytes_KeepsNobodyWaiting()
    {
        await using ServerHarness harness = await ServerHarness.StartAsync(new RpcLimits { BodyBytesMax = 10_000 });
        long before = Held();
        int connections = Requests / 10;
        await EachAsync(connections, 8, async (connection, random) =>
        {
            await using NetworkStream stream = await harness.OpenTcpAsync();
            await SendAsync(stream, AbsurdHttp(random));
            if (connection % 3 == 0)
            {
                stream.Socket.Shutdown(SocketShutdown.Send);
                await DrainAsync(stream);
            }
        });

        await CheckAsync(harness, before, connections);
    }

    [Fact]
    public async Task SlowBodies_HoldConnectionsAndNothingElse()
    {
        const int Connections = 200;
        await using ServerHarness harness = await ServerHarness.StartAsync();
        long before = Held();
        List<NetworkStream> slow = [];
        for (int connection = 0; connection < Connections; connection++)
        {
            NetworkStream stream = await harness.OpenTcpAsync();
            slow.Add(stream);
            await SendAsync(
                stream, "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000000\r\n\r\n{\"id\""u8.ToArray());
        }

        await CheckAsync(harness, before, Connections);
        foreach (NetworkStream stream in slow)
        {
            await stream.DisposeAsync();
        }
    }

    [Fact]
    public async Task WebSocket_OfAbsurdFrames_EndsThatConnectionAlone()
    {
        RpcServerOptions options = new()
        {
            Conversations = new ConversationOptions { MessageTimeout = TimeSpan.FromMilliseconds(200) },
        };
        await using ServerHarness harness = await ServerHarness.StartAsync(
            new RpcLimits { BodyBytesMax = 10_000 }, options);
        using ClientWebSocket bystander = await harness.OpenWebSocketAsync();
        long before = Held();
        int connections = Requests / 10;
        await EachAsync(connections, 9, async (connection, random) =>
        {
            await using NetworkStream stream = await harness.OpenTcpAsync();
            await SendAsync(
                stream,
                Encoding.ASCII.GetBytes(
                    $"GET / HTTP/1.1\r\nHost: localhost:{harness.Server.Endpoint.Port}\r\nConnection: Upgrade\r\n"
                    + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
            await SendAsync(stream, AbsurdFrame(random));
            if (connection % 3 == 0)
            {
                await DrainAsync(stream);
            }
        });

        await ServerHarness.SendAsync(bystander, """{"id":1,"method":"web3_clientVersion"}""");
        Assert.Contains("koinon/test", await ServerHarness.ReceiveAsync(bystander));
        await CheckAsync(harness, before, connections);
    }

    [Fact]
    public async Task WebSocket_OfAbsurdMessages_AnswersEachWithItsFault()
    {
        await using WatchedChain chain = await WatchedChain.StartAsync();
        (ClientWebSocket socket, _) = await chain.SubscribeAsync("""["syncing"]""");
        long before = Held();
        Random random = new(10);
        int requests = Requests / 10;
        for (int request = 0; request < requests; request++)
        {
            // A request without an id has no answer to wait for; one of these methods always has.
            await ServerHarness.SendAsync(socket, Question(random));
            string answer = (await ServerHarness.ReceiveAsync(socket))!;
            if (!answer.Contains("\"eth_subscription\"", StringComparison.Ordinal))
            {
                Check(Encoding.UTF8.GetBytes(answer));
            }
        }

        await CheckAsync(chain, before, requests);
        socket.Dispose();
    }

    [Fact]
    public async Task Ipc_OfAbsurdBytes_EndsThatConnectionAlone()
    {
        await using ServerHarness harness = await ServerHarness.StartAsync(
            new RpcLimits { BodyBytesMax = 10_000 }, new RpcServerOptions { IpcPath = ServerHarness.NewIpcPath() });
        long before = Held();
        int connections = Requests / 10;
        await EachAsync(connections, 11, async (connection, random) =>
        {
            await using NetworkStream stream = await harness.OpenIpcAsync();
            await SendAsync(stream, connection % 2 == 0 ? Noise(random, random.Next(30_000)) : Absurd(random));
            if (connection % 3 == 0)
            {
                stream.Socket.Shutdown(SocketShutdown.Send);
                await DrainAsync(stream);
            }
        });

        await using NetworkStream last = await harness.OpenIpcAsync();
        await SendAsync(last, """{"id":1,"method":"web3_clientVersion"}"""u8.ToArray());
        using StreamReader reader = new(last);
        Assert.Contains("koinon/test", await reader.ReadLineAsync(Cancellation));
        await CheckAsync(harness, before, connections);
    }

    /// <summary>Opens connections, some at a time, each with chance of its own.</summary>
    private static Task EachAsync(int connections, int seed, Func<int, Random, Task> visit) => Parallel.ForAsync(
        0,
        connections,
        new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = Cancellation },
        async (connection, _) => await visit(connection, new Random((seed * 1_000_000) + connection)));

    private static byte[] Absurd(Random random) => random.Next(8) switch
    {
        0 => Encoding.UTF8.GetBytes(Bodies[random.Next(Bodies.Length)]),
        1 => Noise(random, random.Next(200)),
        2 => Encoding.UTF8.GetBytes(new string("[{\""[random.Next(3)], random.Next(2_000))),
        3 => Cut(random, Question(random)),
        4 => Encoding.UTF8.GetBytes($"[{Joined(random.Next(20), () => Question(random))}]"),
        _ => Encoding.UTF8.GetBytes(Question(random)),
    };

    private static string Question(Random random)
    {
        string method = Methods[random.Next(Methods.Length)];
        string values = Joined(random.Next(5), () => Values[random.Next(Values.Length)]);
        return $$"""{"id":1,"method":"{{method}}","params":[{{values}}]}""";
    }

    private static string Joined(int count, Func<string> next) =>
        string.Join(',', Enumerable.Range(0, count).Select(_ => next()));

    private static byte[] Cut(Random random, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        if (random.Next(2) == 0)
        {
            return bytes[..random.Next(bytes.Length)];
        }

        bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }

    private static byte[] Noise(Random random, int length)
    {
        byte[] noise = new byte[length];
        random.NextBytes(noise);
        return noise;
    }

    private static byte[] AbsurdHttp(Random random)
    {
        string text = random.Next(10) switch
        {
            0 => "GET",
            1 => "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
            2 => "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999\r\n\r\n{}",
            3 => "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n{}",
            4 => "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n0\r\n\r\n",
            5 => $"POST /{new string('a', 20_000)} HTTP/1.1\r\n\r\n",
            6 => $"POST / HTTP/1.1\r\n{Joined(300, static () => "X: y\r\nY: ")}\r\n\r\n",
            7 => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            8 => "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20000\r\n\r\n" + new string('[', 20_000),
            _ => "",
        };
        return text.Length > 0 ? Encoding.ASCII.GetBytes(text) : Noise(random, random.Next(2_000));
    }

    private static byte[] AbsurdFrame(Random random) => random.Next(8) switch
    {
        0 => [0x81, 0x02, (byte)'{', (byte)'}'], // Without a mask.
        1 => [0x81, 0xFE, 0x7F],                 // Half a length.
        2 => [0x81, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 1], // Of 8 exabytes.
        3 => [0xF1, 0x80, 0, 0, 0, 0],           // Reserved bits.
        4 => [0x80, 0x81, 0, 0, 0, 0, 1],        // The rest of nothing.
        5 => [0x01, 0x81, 0, 0, 0, 0, (byte)'{'], // The first part alone.
        6 => [0x89, 0xFE, 0x01, 0x00, 0, 0, 0, 0], // A ping that is too long.
        _ => Noise(random, random.Next(500)),
    };

    private static async Task SendAsync(NetworkStream stream, byte[] bytes)
    {
        try
        {
            await stream.WriteAsync(bytes, Cancellation);
        }
        catch (IOException)
        {
            // It was closed before all was sent, and may be.
        }
    }

    private static async Task DrainAsync(NetworkStream stream)
    {
        byte[] buffer = new byte[4096];
        try
        {
            using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            enough.CancelAfter(TimeSpan.FromMilliseconds(300));
            while (await stream.ReadAsync(buffer, enough.Token) > 0)
            {
            }
        }
        catch (Exception reason) when (reason is IOException or OperationCanceledException)
        {
            // It was closed, or waits for the rest of what will never come.
        }
    }

    /// <summary>Every answer is JSON-RPC; no fault is the program's own, and each says something.</summary>
    private static void Check(byte[] answer)
    {
        if (answer.Length == 0)
        {
            return;
        }

        using JsonDocument document = JsonDocument.Parse(answer, new JsonDocumentOptions { MaxDepth = 512 });
        JsonElement root = document.RootElement;
        JsonElement[] answers = root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray()] : [root];
        foreach (JsonElement one in answers)
        {
            Assert.Equal("2.0", one.GetProperty("jsonrpc").GetString());
            if (!one.TryGetProperty("error", out JsonElement error))
            {
                Assert.True(one.TryGetProperty("result", out _));
                continue;
            }

            int code = error.GetProperty("code").GetInt32();
            string message = error.GetProperty("message").GetString()!;
            Assert.True(code != RpcErrorCode.Internal, message);
            Assert.NotEmpty(message);
            if (code == RpcErrorCode.InvalidParameters)
            {
                Assert.InRange(message.Length, 8, 500);
            }
        }
    }

    private static long Held()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private async Task CheckAsync(WatchedChain chain, long before, int sent)
    {
        JsonElement answer = await chain.AskAsync("\"eth_chainId\"");
        Assert.Equal("0x7a69", answer.GetString());
        long after = Held();
        Report(sent, before, after);
        Assert.InRange(after - before, long.MinValue, HeldMoreMax);
    }

    private void Report(int sent, long before, long after) => output.WriteLine(
        $"{sent} in {Stopwatch.GetElapsedTime(_start).TotalSeconds:F1} s; memory {before:N0} bytes before, "
        + $"{after:N0} after, process {Environment.WorkingSet:N0}");

    /// <summary>The node answers as before, and holds no more than before.</summary>
    private async Task CheckAsync(ServerHarness harness, long before, int sent)
    {
        long after = Held();
        Report(sent, before, after);
        Assert.InRange(after - before, long.MinValue, HeldMoreMax);
        using HttpClient client = new();
        using StringContent body = new("""{"id":1,"method":"web3_clientVersion"}""");
        using HttpResponseMessage response = await client.PostAsync(harness.Http, body, Cancellation);
        Assert.Contains("koinon/test", await response.Content.ReadAsStringAsync(Cancellation));
    }
}
