using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Node.Hosting;
using Koinon.Rpc;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;
using Microsoft.Extensions.Logging;

namespace Koinon.Node.Chains;

/// <summary>A node over the chain of a data directory, with its server: the parts, put together once.</summary>
/// <remarks>
/// Ledger, pool and dispatcher are those of a development chain; its blocks come from outside, and it holds no keys.
/// </remarks>
public sealed class ChainNode : IAsyncDisposable
{
    private readonly TransactionPool _pool;

    private ChainNode(StoredChain chain, TransactionPool pool, RpcServer server)
    {
        Chain = chain;
        _pool = pool;
        Server = server;
    }

    /// <summary>The chain.</summary>
    public StoredChain Chain { get; }

    /// <summary>Where it is asked.</summary>
    public RpcServer Server { get; }

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
        TransactionPool pool = new(ledger);
        BlockLookup blocks = new(ledger, new PoolPending(ledger, pool, TimeProvider.System));
        try
        {
            RpcMethodTable methods = ChainMethods.Create(new RpcParts
            {
                Ledger = ledger,
                Pool = pool,
                Wallet = new NoWallet(),
                Entry = new PoolEntry(pool),
                Blocks = blocks,
                Calls = new CallRunner(blocks),
                Fees = new FeeOracle(ledger),
                ClientVersion = options.ClientVersion,
            });
            RpcDispatcher dispatcher = new(methods, new RpcLimits(), logging.CreateLogger<RpcDispatcher>());
            RpcServer server = await RpcServer.StartAsync(dispatcher, options.Server, logging, cancellation)
                .ConfigureAwait(false);
            return new ChainNode(chain, pool, server);
        }
        catch
        {
            pool.Dispose();
            chain.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync().ConfigureAwait(false);
        _pool.Dispose();
        Chain.Dispose();
    }
}
