using Koinon.Chain;
using Koinon.Chain.Building;
using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Consensus;
using Koinon.Evm;
using Koinon.Node.Hosting;
using Koinon.Primitives.Transactions;
using Koinon.Rpc;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Subscriptions;
using Microsoft.Extensions.Logging;

namespace Koinon.Node.Development;

/// <summary>A development chain with its server: the parts, put together once.</summary>
/// <remarks>
/// It differs from a node in its sealing, its clock, its wallet and the lifted gas cap of a transaction; ledger, pool,
/// builder and dispatcher are the same types.
/// </remarks>
public sealed class DevelopmentNode : IAsyncDisposable
{
    /// <summary>
    /// What the chain says it is: tools look for <c>anvil/v</c> before they ask for development methods.
    /// </summary>
    private const string ClientVersion = "anvil/v1.5.0-koinon";

    private readonly ExecutionResources _resources;
    private readonly TransactionPool _pool;
    private readonly BlockProducer _producer;
    private readonly ChainFeed _feed;

    private DevelopmentNode(
        ExecutionResources resources,
        TransactionPool pool,
        BlockProducer producer,
        ChainFeed feed,
        Ledger ledger,
        DevelopmentWallet wallet,
        RpcServer server)
    {
        _resources = resources;
        _pool = pool;
        _producer = producer;
        _feed = feed;
        Ledger = ledger;
        Wallet = wallet;
        Server = server;
    }

    /// <summary>The chain.</summary>
    public Ledger Ledger { get; }

    /// <summary>The accounts that have ether at the start.</summary>
    public DevelopmentWallet Wallet { get; }

    /// <summary>Where it is asked.</summary>
    public RpcServer Server { get; }

    /// <summary>Makes a chain and opens its port.</summary>
    /// <param name="options">What the chain is to be like.</param>
    /// <param name="clock">Says what time it is.</param>
    /// <param name="logging">Receives what the services have to say.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="EndpointTakenException">The port is not free.</exception>
    public static async Task<DevelopmentNode> StartAsync(
        DevelopmentOptions options, TimeProvider clock, ILoggerFactory logging, CancellationToken cancellation)
    {
        DevelopmentWallet wallet = new(options.SecretKeys);
        ulong time = options.Timestamp ?? (ulong)clock.GetUtcNow().ToUnixTimeSeconds();
        Genesis genesis = DevelopmentGenesis.Create(options, wallet.Addresses, time);
        ExecutionResources resources = new();
        Ledger ledger = new(genesis, new DevelopmentSealing(), resources);
        TransactionPool pool = new(ledger, PoolOptions.Development);
        BlockProducer producer = new(ledger, pool, clock);
        BlockLookup blocks = new(ledger);
        RpcLimits limits = options.Limits;
        ChainFeed feed = new(ledger, PendingOf(pool), logging.CreateLogger<ChainFeed>());
        RpcMethodTable methods = DevelopmentMethods.Create(new RpcParts
        {
            Ledger = ledger,
            Pool = pool,
            Wallet = wallet,
            Entry = new ProducerEntry(producer),
            Blocks = blocks,
            Calls = new CallRunner(blocks),
            Fees = new FeeOracle(ledger),
            ClientVersion = ClientVersion,
            Limits = limits,
            Feed = feed,
            Filters = new FilterStore(feed, limits, clock),
        });
        RpcDispatcher dispatcher = new(methods, limits, logging.CreateLogger<RpcDispatcher>());
        try
        {
            RpcServerOptions to = options.Server with { Endpoints = [options.Endpoint] };
            RpcServer server =
                await RpcServer.StartAsync(dispatcher, to, logging, cancellation).ConfigureAwait(false);
            return new DevelopmentNode(resources, pool, producer, feed, ledger, wallet, server);
        }
        catch
        {
            await feed.DisposeAsync().ConfigureAwait(false);
            await producer.DisposeAsync().ConfigureAwait(false);
            pool.Dispose();
            resources.Dispose();
            throw;
        }
    }

    /// <summary>The transactions that a block may hold from now on.</summary>
    private static Func<Action<Transaction>, IDisposable> PendingOf(TransactionPool pool) =>
        note => pool.Subscribe(change =>
        {
            if (change.Kind is PoolChangeKind.Added or PoolChangeKind.Promoted)
            {
                note(change.Pooled.Transaction);
            }
        });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync().ConfigureAwait(false);
        await _feed.DisposeAsync().ConfigureAwait(false);
        await _producer.DisposeAsync().ConfigureAwait(false);
        _pool.Dispose();
        _resources.Dispose();
    }
}
