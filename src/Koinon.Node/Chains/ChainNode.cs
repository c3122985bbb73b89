using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Node.Hosting;
using Koinon.Primitives.Transactions;
using Koinon.Rpc;
using Koinon.Rpc.Dispatch;
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
    private const string JournalName = "pool.journal";

    private readonly TransactionPool _pool;
    private readonly PoolJournal _journal;
    private readonly ChainFeed _feed;

    private ChainNode(StoredChain chain, TransactionPool pool, PoolJournal journal, ChainFeed feed, RpcServer server)
    {
        Chain = chain;
        _pool = pool;
        _journal = journal;
        _feed = feed;
        Server = server;
    }

    /// <summary>The chain.</summary>
    public StoredChain Chain { get; }

    /// <summary>Where it is asked.</summary>
    public RpcServer Server { get; }

    /// <summary>Opens the ports over a chain.</summary>
    /// <param name="chain">The chain; it is closed with the node, and where the start fails.</param>
    /// <param name="options">What the node is to be like.</param>
    /// <param name="clock">Says what time it is.</param>
    /// <param name="logging">Receives what the services have to say.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="EndpointTakenException">A port is not free.</exception>
    /// <exception cref="EndpointException">It cannot listen there for another reason.</exception>
    /// <exception cref="IOException">What waited in the pool cannot be read or written.</exception>
    public static async Task<ChainNode> StartAsync(
        StoredChain chain,
        ChainNodeOptions options,
        TimeProvider clock,
        ILoggerFactory logging,
        CancellationToken cancellation)
    {
        Ledger ledger = chain.Ledger;
        TransactionPool pool = new(ledger);
        ChainFeed feed = new(ledger, PendingOf(pool), logging.CreateLogger<ChainFeed>());
        PoolJournal? journal = null;
        try
        {
            bool isDurable = options.Chain.Durability == LmdbDurability.Full;
            journal = PoolJournal.Open(Path.Combine(options.Chain.Directory, JournalName), isDurable);
            journal.Attach(pool);
            RpcMethodTable methods = ChainMethods.Create(PartsOf(options, ledger, pool, journal, feed, clock));
            RpcDispatcher dispatcher = new(methods, options.Limits, logging.CreateLogger<RpcDispatcher>());
            RpcServer server = await RpcServer.StartAsync(dispatcher, options.Server, logging, cancellation)
                .ConfigureAwait(false);
            return new ChainNode(chain, pool, journal, feed, server);
        }
        catch
        {
            await feed.DisposeAsync().ConfigureAwait(false);
            journal?.Dispose();
            pool.Dispose();
            chain.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync().ConfigureAwait(false);
        await _feed.DisposeAsync().ConfigureAwait(false);
        _journal.Dispose();
        _pool.Dispose();
        Chain.Dispose();
    }

    private static RpcParts PartsOf(
        ChainNodeOptions options,
        Ledger ledger,
        TransactionPool pool,
        PoolJournal journal,
        ChainFeed feed,
        TimeProvider clock)
    {
        BlockLookup blocks = new(ledger);
        return new RpcParts
        {
            Ledger = ledger,
            Pool = pool,
            Wallet = new NoWallet(),
            Entry = new PoolEntry(pool, journal),
            Blocks = blocks,
            Calls = new CallRunner(blocks, options.Limits),
            Fees = new FeeOracle(ledger),
            ClientVersion = options.ClientVersion,
            Limits = options.Limits,
            Clock = clock,
            Feed = feed,
            Filters = new FilterStore(feed, options.Limits, clock),
        };
    }

    /// <summary>The transactions that a block may hold from now on.</summary>
    private static Func<Action<Transaction>, IDisposable> PendingOf(TransactionPool pool) =>
        note => pool.Subscribe(change =>
        {
            if (change.Kind is PoolChangeKind.Added or PoolChangeKind.Promoted) note(change.Pooled.Transaction);
        });
}
