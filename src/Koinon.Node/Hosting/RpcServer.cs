using System.Net;
using System.Net.Sockets;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Ipc;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.AspNetCore.WebSockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Koinon.Node.Hosting;

/// <summary>A running server in front of a dispatcher: HTTP and WebSocket on one port, IPC beside it.</summary>
/// <remarks>Any number may run in one process. Disposing ends open requests within <see cref="StopTimeout"/>.</remarks>
public sealed class RpcServer : IAsyncDisposable
{
    /// <summary>How long open requests are waited for at the end.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(1);

    private readonly KestrelServer _kestrel;
    private readonly CancellationTokenSource _stopping;
    private readonly ConnectionLimit _connections;
    private int _isDisposed;

    private RpcServer(
        KestrelServer kestrel,
        CancellationTokenSource stopping,
        ConnectionLimit connections,
        RpcServerOptions options)
    {
        _kestrel = kestrel;
        _connections = connections;
        _stopping = stopping;
        IpcPath = options.IpcPath;
        Endpoints = EndpointsOf(kestrel, options);
    }

    /// <summary>Where the server listens, with the real ports, in the order in which they were asked for.</summary>
    public IReadOnlyList<IPEndPoint> Endpoints { get; }

    /// <summary>The first of them.</summary>
    public IPEndPoint Endpoint => Endpoints[0];

    /// <summary>The path of the Unix socket, where there is one.</summary>
    public string? IpcPath { get; }

    /// <summary>How many connections of HTTP and WebSocket are open.</summary>
    public int ConnectionCount => _connections.Open;

    /// <summary>Opens the ports and serves until the server is disposed.</summary>
    /// <param name="dispatcher">Answers the requests.</param>
    /// <param name="options">Where and to whom it is served.</param>
    /// <param name="logging">Receives what the server has to say.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="EndpointTakenException">A port is not free.</exception>
    /// <exception cref="EndpointException">It cannot listen there for another reason.</exception>
    public static async Task<RpcServer> StartAsync(
        RpcDispatcher dispatcher,
        RpcServerOptions options,
        ILoggerFactory logging,
        CancellationToken cancellation)
    {
        if (options.IpcPath is { } path && !OperatingSystem.IsWindows())
        {
            IpcSocket.Free(path);
        }

        CancellationTokenSource stopping = new();
        RpcIpcEndpoint ipc = new(dispatcher, options.Conversations, options.ConnectionsMax, stopping.Token);
        ConnectionLimit connections = new(options.ConnectionsMax);
        KestrelServer kestrel = CreateKestrel(options, connections, ipc, logging);
        WebSocketMiddleware handler = new(
            new ServerRoutes(dispatcher, options, stopping.Token).HandleAsync,
            Options.Create(new WebSocketOptions()),
            logging);
        try
        {
            await kestrel.StartAsync(new ServerApplication(handler.Invoke), cancellation).ConfigureAwait(false);
            if (options.IpcPath is { } opened && !OperatingSystem.IsWindows())
            {
                // Whoever may connect may use the accounts: the owner alone.
                File.SetUnixFileMode(opened, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            return new RpcServer(kestrel, stopping, connections, options);
        }
        catch (Exception reason)
        {
            kestrel.Dispose();
            stopping.Dispose();
            if (ReasonOf(reason, options) is { } known)
            {
                throw known;
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        using (CancellationTokenSource patience = new(StopTimeout))
        {
            await _kestrel.StopAsync(patience.Token).ConfigureAwait(false);
        }

        _kestrel.Dispose();
        _stopping.Dispose();
        if (IpcPath is { } path)
        {
            File.Delete(path);
        }
    }

    /// <summary>
    /// Kestrel by itself: no host, no container of services, no configuration; one handler answers everything.
    /// </summary>
    private static KestrelServer CreateKestrel(
        RpcServerOptions options, ConnectionLimit connections, RpcIpcEndpoint ipc, ILoggerFactory logging)
    {
        KestrelServerOptions kestrel = new();
        Configure(kestrel, options, connections, ipc);

        // An answer goes out on the thread that made it: two hand-overs less for each request. A call that calculates
        // for long holds a thread of the pool either way.
        SocketTransportOptions sockets = new() { UnsafePreferInlineScheduling = true };
        return new KestrelServer(
            Options.Create(kestrel), new SocketTransportFactory(Options.Create(sockets), logging), logging);
    }

    private static void Configure(
        KestrelServerOptions kestrel, RpcServerOptions options, ConnectionLimit connections, RpcIpcEndpoint ipc)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = null; // The endpoint holds the limit, and names it in its answer.
        foreach (IPEndPoint endpoint in options.Endpoints)
        {
            kestrel.Listen(endpoint, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.Use(next => connection => connections.HandleAsync(connection, next));
            });
        }

        if (options.IpcPath is { } path)
        {
            kestrel.ListenUnixSocket(Path.GetFullPath(path), listen => listen.Run(ipc.HandleAsync));
        }
    }

    /// <summary>What a failed start means, where it is the world's fault.</summary>
    private static EndpointException? ReasonOf(Exception reason, RpcServerOptions options)
    {
        IPEndPoint endpoint = options.Endpoints[0];
        if (reason is EndpointException known)
        {
            return known;
        }

        if (reason is IOException && reason.InnerException is AddressInUseException)
        {
            // Kestrel names the address in its message, not in a member.
            IPEndPoint? taken = options.Endpoints.FirstOrDefault(one => reason.Message.Contains($":{one.Port}"));
            return new EndpointTakenException(taken ?? endpoint, reason);
        }

        return (reason as SocketException ?? reason.InnerException as SocketException)?.SocketErrorCode switch
        {
            SocketError.AccessDenied => new EndpointException(
                $"{endpoint} may not be listened on: ports below 1024 need a privilege; choose a higher one.", reason),
            SocketError.AddressNotAvailable => new EndpointException(
                $"{endpoint.Address} is no address of this machine; 127.0.0.1 serves this machine, 0.0.0.0 everybody.",
                reason),
            { } other => new EndpointException($"{endpoint} cannot be listened on: {other}.", reason),
            null => null,
        };
    }

    private static IPEndPoint[] EndpointsOf(KestrelServer kestrel, RpcServerOptions options)
    {
        string[] addresses = [.. kestrel.Features.Get<IServerAddressesFeature>()!.Addresses];
        return
        [
            .. options.Endpoints.Select((endpoint, index) =>
                new IPEndPoint(endpoint.Address, new Uri(addresses[index]).Port)),
        ];
    }
}
