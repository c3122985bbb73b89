using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Koinon.Node.Hosting;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Web3;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Koinon.Node.Tests.Hosting;

/// <summary>A server of a few methods, and the ways to it.</summary>
internal sealed class ServerHarness : IAsyncDisposable
{
    private ServerHarness(RpcServer server) => Server = server;

    public RpcServer Server { get; }

    public Uri Http => new($"http://{Server.Endpoint}/");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Task<ServerHarness> StartAsync(
        RpcLimits? limits = null, RpcServerOptions? options = null, params RpcMethod[] methods) =>
        StartAsync(NullLoggerFactory.Instance, limits, options, methods);

    public static async Task<ServerHarness> StartAsync(
        ILoggerFactory logging, RpcLimits? limits = null, RpcServerOptions? options = null, params RpcMethod[] methods)
    {
        RpcMethodTable table = new([new Web3ClientVersion("koinon/test"), .. methods]);
        RpcDispatcher dispatcher = new(table, limits ?? new RpcLimits(), NullLogger<RpcDispatcher>.Instance);
        return new ServerHarness(await RpcServer.StartAsync(
            dispatcher,
            (options ?? new RpcServerOptions()) with { Endpoints = [new(IPAddress.Loopback, 0)] },
            logging,
            Cancellation));
    }

    public async Task<ClientWebSocket> OpenWebSocketAsync()
    {
        ClientWebSocket socket = new();
        await socket.ConnectAsync(new Uri($"ws://{Server.Endpoint}/"), Cancellation);
        return socket;
    }

    public async Task<NetworkStream> OpenIpcAsync()
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Server.IpcPath!), Cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }

    public async Task<NetworkStream> OpenTcpAsync()
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(Server.Endpoint, Cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }

    public static string NewIpcPath() => Path.Combine(Path.GetTempPath(), $"koinon-{Guid.NewGuid():N}.ipc");

    public static Task SendAsync(WebSocket socket, string message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, true, Cancellation);

    /// <summary>Reads a message; <see langword="null"/> at the connection's end.</summary>
    public static async Task<string?> ReceiveAsync(WebSocket socket)
    {
        using MemoryStream message = new();
        byte[] part = new byte[16 * 1024];
        while (true)
        {
            WebSocketReceiveResult read = await socket.ReceiveAsync(new ArraySegment<byte>(part), Cancellation);
            if (read.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            message.Write(part, 0, read.Count);
            if (read.EndOfMessage)
            {
                return Encoding.UTF8.GetString(message.ToArray());
            }
        }
    }

    public static int IdOf(string answer)
    {
        using JsonDocument document = JsonDocument.Parse(answer);
        return document.RootElement.GetProperty("id").GetInt32();
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
