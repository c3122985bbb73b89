using System.Diagnostics.Metrics;
using Koinon.Node.Metrics;
using Koinon.Rpc;
using Koinon.Rpc.Dispatch;
using Microsoft.Extensions.Logging;

namespace Koinon.Node.Hosting;

/// <summary>What stands before every chain: the dispatcher, what is counted, and the server.</summary>
public sealed class RpcService : IAsyncDisposable
{
    private readonly RpcServerOptions _options;
    private readonly ChainMetrics? _chain;
    private readonly PrometheusExporter? _exporter;

    private RpcService(
        RpcServerOptions options,
        RpcDispatcher dispatcher,
        RpcServer server,
        ChainMetrics? chain,
        PrometheusExporter? exporter)
    {
        _options = options;
        Dispatcher = dispatcher;
        Server = server;
        _chain = chain;
        _exporter = exporter;
    }

    /// <summary>What the runtime measures of itself: collections, threads, exceptions, compilation.</summary>
    private const string RuntimeMeter = "System.Runtime";

    /// <summary>Answers requests, also those from within the process.</summary>
    public RpcDispatcher Dispatcher { get; }

    /// <summary>Where it is asked.</summary>
    public RpcServer Server { get; }

    /// <summary>Opens the ports.</summary>
    /// <param name="methods">What is served.</param>
    /// <param name="parts">The chain that it is served over.</param>
    /// <param name="options">Where and to whom.</param>
    /// <param name="storeFile">The file that holds the chain, where it lies on disk.</param>
    /// <param name="others">What else is counted.</param>
    /// <param name="logging">Receives what the services have to say.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="EndpointTakenException">A port is not free.</exception>
    /// <exception cref="EndpointException">It cannot listen there for another reason.</exception>
    public static async Task<RpcService> StartAsync(
        RpcMethodTable methods,
        RpcParts parts,
        RpcServerOptions options,
        string? storeFile,
        IReadOnlyList<Meter> others,
        ILoggerFactory logging,
        CancellationToken cancellation)
    {
        ChainMetrics? chain = null;
        PrometheusExporter? exporter = null;
        if (options.ServesMetrics)
        {
            chain = new ChainMetrics(
                parts.Ledger, parts.Pool, storeFile, parts.ClientVersion, parts.Clock);
            exporter = new PrometheusExporter((Meter[])[chain.Meter, parts.Metrics.Meter, .. others], RuntimeMeter);
            if (parts is { Feed: { } feed, Filters: { } filters })
            {
                parts.Metrics.Show(feed, filters);
            }
        }

        RpcDispatcher dispatcher = new(
            ServedOf(methods, options), parts.Limits, logging.CreateLogger<RpcDispatcher>(), parts.Metrics);
        try
        {
            RpcServer server = await RpcServer.StartAsync(
                dispatcher,
                options with { Metrics = exporter, Unready = options.Unready ?? (() => UnreadyOf(parts)) },
                logging,
                cancellation).ConfigureAwait(false);
            if (exporter is not null)
            {
                parts.Metrics.ShowConnections(() => server.ConnectionCount);
            }

            return new RpcService(options, dispatcher, server, chain, exporter);
        }
        catch
        {
            exporter?.Dispose();
            chain?.Dispose();
            throw;
        }
    }

    /// <summary>Serves the methods of another chain from now on; figures stay those of the first.</summary>
    public void Serve(RpcMethodTable methods) => Dispatcher.Serve(ServedOf(methods, _options));

    private static string? UnreadyOf(RpcParts parts) =>
        parts.Ledger.WriteFault is { } fault ? $"the chain cannot be written: {fault}" : null;

    private static RpcMethodTable ServedOf(RpcMethodTable methods, RpcServerOptions options) =>
        options.Namespaces is { } namespaces ? methods.Only(namespaces) : methods;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync().ConfigureAwait(false);
        _exporter?.Dispose();
        _chain?.Dispose();
    }
}
