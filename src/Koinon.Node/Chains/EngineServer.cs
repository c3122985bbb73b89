using System.Net;
using Koinon.Node.Hosting;
using Koinon.Rpc;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Engine;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace Koinon.Node.Chains;

/// <summary>The Engine API on a port of its own, for a consensus client that knows the secret.</summary>
/// <remarks>The other methods of the chain are served there too: consensus clients read logs and blocks.</remarks>
public sealed class EngineServer : IAsyncDisposable
{
    /// <summary>Room for the largest block and for the blobs of a request, in hex digits.</summary>
    private const int BytesMax = 128 << 20;

    private readonly EngineMethods _methods;
    private readonly RpcServer _server;

    private EngineServer(EngineMethods methods, RpcServer server) => (_methods, _server) = (methods, server);

    /// <summary>Where it listens.</summary>
    public IPEndPoint Endpoint => _server.Endpoint;

    /// <summary>Opens the port.</summary>
    /// <param name="parts">The chain.</param>
    /// <param name="options">Where and to whom it is served.</param>
    /// <param name="logging">Receives what the server has to say.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="EndpointTakenException">The port is not free.</exception>
    /// <exception cref="EndpointException">It cannot listen there for another reason.</exception>
    public static async Task<EngineServer> StartAsync(
        RpcParts parts, EngineServerOptions options, ILoggerFactory logging, CancellationToken cancellation)
    {
        EngineMethods methods = new(parts, options.Engine);
        JwtVerifier verifier = new(options.Secret, parts.Clock);
        RpcDispatcher dispatcher = new(
            ChainMethods.Create(parts, methods.All),
            parts.Limits with { BodyBytesMax = BytesMax, ResponseBytesMax = BytesMax },
            logging.CreateLogger<RpcDispatcher>());
        try
        {
            RpcServer server = await RpcServer.StartAsync(
                dispatcher,
                new RpcServerOptions
                {
                    Endpoints = [options.Endpoint],

                    // Whoever has a token may call it by any name; no page in a browser has one.
                    AllowedHosts = ["*"],
                    AnnouncesOrigins = false,
                    Authorise = request => verifier.Refuse(request.Headers[HeaderNames.Authorization]),
                },
                logging,
                cancellation).ConfigureAwait(false);
            return new EngineServer(methods, server);
        }
        catch
        {
            methods.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync().ConfigureAwait(false);
        _methods.Dispose();
    }
}
