using Koinon.Chain.Ledger;
using Koinon.Node.Forking;
using Koinon.Node.Hosting;
using Koinon.Rpc.Dispatch;
using Microsoft.Extensions.Logging;

namespace Koinon.Node.Development;

/// <summary>A development chain with its server.</summary>
public sealed class DevelopmentNode : IAsyncDisposable
{
    private readonly DevelopmentChain _chain;

    private readonly RpcService _service;

    private DevelopmentNode(DevelopmentChain chain, RpcService service)
    {
        _chain = chain;
        _service = service;
    }

    /// <summary>The chain.</summary>
    public Ledger Ledger => _chain.Ledger;

    /// <summary>The remote half, where the chain is a fork.</summary>
    public ForkedChain? Fork => _chain.Fork;

    /// <summary>The accounts that have ether at the start.</summary>
    public DevelopmentWallet Wallet => _chain.Wallet;

    /// <summary>Where it is asked.</summary>
    public RpcServer Server => _service.Server;

    /// <summary>Answers requests from within the process.</summary>
    public RpcDispatcher Dispatcher => _service.Dispatcher;

    /// <summary>Makes a chain and opens its port.</summary>
    /// <param name="options">What the chain is to be like.</param>
    /// <param name="clock">Says what time it is.</param>
    /// <param name="logging">Receives what the services have to say.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="DevelopmentOptionException">An option cannot be used.</exception>
    /// <exception cref="ForkException">The remote chain cannot be forked from.</exception>
    /// <exception cref="EndpointTakenException">The port is not free.</exception>
    public static async Task<DevelopmentNode> StartAsync(
        DevelopmentOptions options, TimeProvider clock, ILoggerFactory logging, CancellationToken cancellation)
    {
        DevelopmentChain chain = await DevelopmentChain.CreateAsync(options, clock, logging, cancellation)
            .ConfigureAwait(false);
        try
        {
            RpcMethodTable methods = DevelopmentMethods.Create(
                chain.Parts, chain.Development, chain.Fork?.Answers);
            RpcService service = await RpcService.StartAsync(
                methods,
                chain.Parts,
                options.Server with { Endpoints = options.Endpoints },
                storeBytes: null,
                logging,
                cancellation).ConfigureAwait(false);
            return new DevelopmentNode(chain, service);
        }
        catch
        {
            await chain.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Writes the chain in anvil's format.</summary>
    /// <param name="output">Where to; written to piece by piece.</param>
    /// <param name="isPacked">Whether it is packed by gzip.</param>
    /// <param name="cancellation">Ends it.</param>
    public ValueTask WriteStateAsync(Stream output, bool isPacked, CancellationToken cancellation) =>
        _chain.Files.WriteAsync(output, isPacked, cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync().ConfigureAwait(false);
        await _chain.DisposeAsync().ConfigureAwait(false);
    }
}
