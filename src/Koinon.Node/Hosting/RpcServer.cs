using System.Net;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Koinon.Node.Hosting;

/// <summary>A running HTTP server in front of a dispatcher.</summary>
/// <remarks>Any number may run in one process. Disposing ends open requests within <see cref="StopTimeout"/>.</remarks>
public sealed class RpcServer : IAsyncDisposable
{
    /// <summary>How long open requests are waited for at the end.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(2);

    private readonly WebApplication _application;

    private RpcServer(WebApplication application, IPEndPoint endpoint)
    {
        _application = application;
        Endpoint = endpoint;
    }

    /// <summary>Where the server listens, with the real port.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>Opens the port and serves until the server is disposed.</summary>
    /// <param name="dispatcher">Answers the requests.</param>
    /// <param name="endpoint">Where to listen; port 0 takes any free one.</param>
    /// <param name="allowedOrigin">What browsers are told of other origins, or <see langword="null"/>.</param>
    /// <param name="logging">Receives what the server has to say.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="EndpointTakenException">The port is not free.</exception>
    public static async Task<RpcServer> StartAsync(
        RpcDispatcher dispatcher,
        IPEndPoint endpoint,
        string? allowedOrigin,
        ILoggerFactory logging,
        CancellationToken cancellation)
    {
        // The empty builder: no configuration files, no environment, no routing; one handler answers everything.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(logging);
        builder.Services.Configure<HostOptions>(static options => options.ShutdownTimeout = StopTimeout);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = null; // The endpoint holds the limit, and names it in its answer.
            options.Listen(endpoint);
        });
        WebApplication application = builder.Build();
        application.Run(new RpcHttpEndpoint(dispatcher, allowedOrigin).HandleAsync);
        try
        {
            await application.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch (IOException reason) when (reason.InnerException is AddressInUseException)
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw new EndpointTakenException(endpoint, reason);
        }

        return new RpcServer(application, new IPEndPoint(endpoint.Address, PortOf(application)));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync().ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
    }

    private static int PortOf(WebApplication application)
    {
        IServer server = application.Services.GetRequiredService<IServer>();
        string address = server.Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new Uri(address).Port;
    }
}
