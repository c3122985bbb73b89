using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Node.Hosting;
using Koinon.Rpc;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Subscriptions;
using Koinon.Storage;
using Microsoft.Extensions.Logging;

namespace Koinon.Node.Chains;

/// <summary>A node over the chain of a data directory, with its server: the parts, put together once.</summary>
/// <remarks>
/// Ledger, pool and dispatcher are those of a development chain; its blocks come from outside, and it holds no keys.
/// </remarks>
public sealed class ChainNode : IAsyncDisposable
{
    private readonly TransactionPool _pool;
    private readonly PoolJournal _journal;
    private readonly ChainFeed _feed;
    private readonly RpcService _service;

    private ChainNode(
        StoredChain chain,
        TransactionPool pool,
        PoolJournal journal,
        ChainFeed feed,
        RpcService service,
        EngineServer? engine)
    {
        Chain = chain;
        _pool = pool;
        _journal = journal;
        _feed = feed;
        _service = service;
        Engine = engine;
    }

    /// <summary>The namespaces that a node has methods of.</summary>
    public static IReadOnlyList<string> Namespaces { get; } =
        ["debug", "eth", "net", "ots", "rpc", "testing", "trace", "txpool", "web3"];

    /// <summary>The chain.</summary>
    public StoredChain Chain { get; }

    /// <summary>Where it is asked.</summary>
    public RpcServer Server => _service.Server;

    /// <summary>Where a consensus client drives it, if one may.</summary>
    public EngineServer? Engine { get; }

    /// <summary>Opens the ports over a chain.</summary>
    /// <param name="chain">The chain; it is closed with the node, and where the start fails.</param>
    /// <param name="options">What the node is to be like.</param>
    /// <param name="logging">Receives what the services have to say.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="EndpointTakenException">A port is not free.</exception>
    /// <exception cref="EndpointException">It cannot listen there for another reason.</exception>
    public static async Task<ChainNode> StartAsync(
        StoredChain chain, ChainNodeOptions options, ILoggerFactory logging, CancellationToken cancellation)
    {
        Ledger ledger = chain.Ledger;
        TransactionPool pool = new(ledger, options.Pool);
        ChainFeed feed = new(ledger, pool, logging.CreateLogger<ChainFeed>());
        PoolJournal? journal = null;
        RpcService? service = null;
        try
        {
            journal = PoolJournal.Open(
                Path.Combine(options.Chain.Directory, PoolJournal.FileName),
                isDurable: options.Chain.Durability == LmdbDurability.Full);
            journal.Attach(pool);
            RpcParts parts = PartsOf(options, pool, ledger, journal, feed);
            service = await RpcService.StartAsync(
                ChainMethods.Create(parts),
                parts,
                options.Server,
                chain.Store.File,
                [],
                logging,
                cancellation).ConfigureAwait(false);
            EngineServer? engine = await StartEngineAsync(parts, options.Engine, logging, cancellation)
                .ConfigureAwait(false);
            return new ChainNode(chain, pool, journal, feed, service, engine);
        }
        catch
        {
            if (service is not null)
            {
                await service.DisposeAsync().ConfigureAwait(false);
            }

            await feed.DisposeAsync().ConfigureAwait(false);
            journal?.Dispose();
            pool.Dispose();
            chain.Dispose();
            throw;
        }
    }

    private static RpcParts PartsOf(
        ChainNodeOptions options, TransactionPool pool, Ledger ledger, PoolJournal journal, ChainFeed feed)
    {
        BlockLookup blocks = new(ledger, new PoolPending(ledger, pool, TimeProvider.System));
        return new RpcParts
        {
            Ledger = ledger,
            Pool = pool,
            Wallet = new NoWallet(),
            Entry = new PoolEntry(pool, options.Terms, journal),
            Blocks = blocks,
            Calls = new CallRunner(blocks, options.Limits),
            Fees = new FeeOracle(ledger) { TipMin = options.Pool.TipMin },
            ClientVersion = options.ClientVersion,
            Limits = options.Limits,
            ShowsTotalDifficulty = options.ShowsTotalDifficulty,
            Feed = feed,
            Filters = new FilterStore(feed, options.Limits, TimeProvider.System),
        };
    }

    private static async Task<EngineServer?> StartEngineAsync(
        RpcParts parts, EngineServerOptions? options, ILoggerFactory logging, CancellationToken cancellation)
    {
        if (options is null)
        {
            return null;
        }

        try
        {
            return await EngineServer.StartAsync(parts, options, logging, cancellation).ConfigureAwait(false);
        }
        catch (EndpointTakenException) when (options.IsOptional)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Engine is not null)
        {
            await Engine.DisposeAsync().ConfigureAwait(false);
        }

        await _service.DisposeAsync().ConfigureAwait(false);
        await _feed.DisposeAsync().ConfigureAwait(false);
        _journal.Dispose();
        _pool.Dispose();
        Chain.Dispose();
    }
}
