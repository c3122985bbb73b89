using Koinon.Chain.Ledger;
using Koinon.Node.Development.States;
using Koinon.Node.Forking;
using Koinon.Node.Hosting;
using Koinon.Rpc.Development.Life;
using Koinon.Rpc.Dispatch;
using Koinon.Storage;
using Microsoft.Extensions.Logging;

namespace Koinon.Node.Development;

/// <summary>A development chain with its server.</summary>
public sealed class DevelopmentNode : IAsyncDisposable
{
    /// <summary>How long what was asked of a chain may go on after another one stands in its place.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly DevelopmentOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILoggerFactory _logging;
    private readonly RpcService _service;
    private readonly SemaphoreSlim _restarts = new(1, 1);
    private readonly CancellationTokenSource _ended = new();
    private readonly List<Task> _retiring = [];
    private readonly Task _following;
    private volatile DevelopmentChain _chain;

    private DevelopmentNode(
        DevelopmentOptions options,
        TimeProvider clock,
        ILoggerFactory logging,
        DevelopmentChain chain,
        RpcService service)
    {
        _options = options;
        _clock = clock;
        _logging = logging;
        _chain = chain;
        _service = service;
        Adopt(chain);
        _following = options.Fork?.Following is { } interval
            ? new ForkFollower(() => _chain, FollowAsync, clock, logging.CreateLogger<ForkFollower>())
                .RunAsync(interval, _ended.Token)
            : Task.CompletedTask;
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
        RpcService? service = null;
        try
        {
            service = await RpcService.StartAsync(
                MethodsOf(chain, () => service!.Dispatcher.Methods),
                chain.Parts,
                options.Server with { Endpoints = options.Endpoints },
                options.DataDirectory is { } directory ? Path.Combine(directory, LmdbStore.FileName) : null,
                chain.Fork is { } fork ? [fork.Meter] : [],
                logging,
                cancellation).ConfigureAwait(false);
            return new DevelopmentNode(options, clock, logging, chain, service);
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
        await _ended.CancelAsync().ConfigureAwait(false);
        await _following.ConfigureAwait(false);
        await Task.WhenAll(_retiring).ConfigureAwait(false);
        await _chain.DisposeAsync().ConfigureAwait(false);
        _restarts.Dispose();
        _ended.Dispose();
    }

    private void Adopt(DevelopmentChain chain)
    {
        chain.Life.FirstFork = _options.Fork;
        chain.Life.Restart = RestartAsync;
        chain.Files.Begin = LoadAsync;
    }

    private static RpcMethodTable MethodsOf(DevelopmentChain chain, Func<RpcMethodTable> present) =>
        DevelopmentMethods.Create(
            chain.Parts,
            chain.Development,
            chain.Fork?.Answers,
            chain.Fork?.Options.Following is null
                ? null
                : method => GatedMethod.IsFor(method) ? new GatedMethod(method, chain.Gate, present) : method);

    /// <summary>Puts another chain in the place of the present one: a reset to another fork, or to none.</summary>
    private async ValueTask<RpcError?> RestartAsync(ForkOptions? fork, CancellationToken cancellation)
    {
        RpcResult<bool> replaced = await ReplaceAsync(fork, file: null, isReset: true, cancellation)
            .ConfigureAwait(false);
        return replaced.Error;
    }

    /// <summary>Puts a fork of the newest block in the place of the present one, unless it has something of its own.
    /// </summary>
    private async ValueTask<RpcError?> FollowAsync(ForkOptions fork, CancellationToken cancellation)
    {
        RpcResult<bool> replaced = await ReplaceAsync(fork, file: null, isReset: false, cancellation)
            .ConfigureAwait(false);
        return replaced.Error;
    }

    /// <summary>Puts a chain that begins with a file in the place of one that has nothing of its own.</summary>
    private async ValueTask<RpcResult<bool>> LoadAsync(StateFile file, CancellationToken cancellation) =>
        _options.DataDirectory is not null || !_chain.IsUntouched
            ? false
            : await ReplaceAsync(fork: null, file, isReset: false, cancellation)
                .ConfigureAwait(false);

    /// <summary>
    /// Puts another chain in the place of the present one, which, but for a reset, has nothing of its own by then.
    /// </summary>
    /// <returns>Whether it went.</returns>
    private async ValueTask<RpcResult<bool>> ReplaceAsync(
        ForkOptions? fork, StateFile? file, bool isReset, CancellationToken cancellation)
    {
        if (_options.DataDirectory is not null)
        {
            return RpcError.Server("a chain with a data directory stays the fork it is: start another one");
        }

        await _restarts.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            DevelopmentChain next = await DevelopmentChain.CreateAsync(
                _options with { Fork = fork, State = null }, _clock, _logging, cancellation, file)
                .ConfigureAwait(false);
            next.Life.IsLoaded = file is not null;
            DevelopmentChain former = _chain;
            bool goes = false;
            try
            {
                goes = await former.Producer.ExclusiveAsync(() => TryReplace(former, next, isReset), cancellation)
                    .ConfigureAwait(false);
            }
            finally
            {
                if (!goes)
                {
                    await next.DisposeAsync().ConfigureAwait(false);
                }
            }

            if (!goes)
            {
                return false;
            }

            former.End("the chain was begun anew");
            _retiring.RemoveAll(static retired => retired.IsCompleted);
            _retiring.Add(RetireAsync(former));
            return true;
        }
        catch (Exception failure) when (failure is ForkException or DevelopmentOptionException)
        {
            return RpcError.Server(failure.Message);
        }
        finally
        {
            _restarts.Release();
        }
    }

    /// <summary>In the turn of the chain that goes: what was taken by it before is seen.</summary>
    private bool TryReplace(DevelopmentChain former, DevelopmentChain next, bool isReset)
    {
        RpcMethodTable methods = MethodsOf(next, () => Dispatcher.Methods);

        // Whoever changes it at this moment has it: a load is such a one itself.
        if (!isReset && (!former.IsUntouched || (next.Fork is not null && !former.Gate.TryClose())))
        {
            return false;
        }

        if (!isReset)
        {
            // Nobody asked for a reset: what makes blocks come, and what they are like, stays.
            next.Producer.AmendSettings(_ => former.Producer.Settings);
            next.Producer.SetMode(former.Producer.Mode);
        }

        Adopt(next);
        _chain = next;
        _service.Serve(methods);
        return true;
    }

    private async Task RetireAsync(DevelopmentChain former)
    {
        try
        {
            await Task.Delay(Grace, _clock, _ended.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The node ends: there is nobody left to wait for.
        }

        await former.DisposeAsync().ConfigureAwait(false);
    }
}
