using System.CommandLine;
using Koinon.Chain.Ledger;
using Koinon.Evm;
using Koinon.Node.Development;
using Koinon.Node.Forking;
using Koinon.Node.Hosting;
using Koinon.Storage;
using Microsoft.Extensions.Logging;

namespace Koinon.Cli.Commands;

/// <summary><c>koinon dev</c>: a development chain, asked over JSON-RPC; options and defaults are anvil's.</summary>
internal sealed class DevCommand
{
    private const int Failed = 1;
    private const int CannotRead = 2;

    private readonly DevServerOptions _server = new();
    private readonly DevAccountOptions _accounts = new();
    private readonly DevChainOptions _chain = new();
    private readonly DevForkOptions _fork = new();
    private readonly DevMiningOptions _mining = new();
    private readonly DevPoolOptions _pool = new();
    private readonly DevStateOptions _state = new();
    private readonly DevPrintOptions _print = new();

    private DevCommand()
    {
    }

    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        DevCommand verb = new();
        Command command = new(
            "dev",
            "Runs a development chain: rich accounts, a block for each transaction, time and state to be moved.");
        foreach (IDevOptions group in verb.Groups)
        {
            foreach (Option option in group.All)
            {
                command.Options.Add(option);
            }
        }

        command.SetAction(Verb.Serving(verb.RunAsync));
        return command;
    }

    /// <summary>In the order in which they are applied: the manner decides what others default to.</summary>
    private IReadOnlyList<IDevOptions> Groups =>
        [_server, _chain, _accounts, _mining, _fork, _pool, _state, _print];

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        DevelopmentOptions options = new();
        foreach (IDevOptions group in Groups)
        {
            options = group.Apply(arguments, options, out string? error);
            if (error is not null)
            {
                await Console.Error.WriteLineAsync($"koinon dev: {error}").ConfigureAwait(false);
                return CannotRead;
            }
        }

        using ILoggerFactory logging = _server.Shared.CreateLogging(arguments);
        using IDisposable? traces = _server.Shared.CreateTracing(arguments, logging);
        try
        {
            // The first run of the interpreter needs it compiled: that is done beside the start.
            _ = Task.Run(ExecutionResources.Prepare, CancellationToken.None);
            await using DevelopmentNode node = await DevelopmentNode
                .StartAsync(options, TimeProvider.System, logging, cancellation).ConfigureAwait(false);
            await ServeAsync(arguments, options, node, cancellation).ConfigureAwait(false);
            return 0;
        }
        catch (Exception failure) when (failure is EndpointException or EndpointTakenException
            or DevelopmentOptionException or ForkException or LedgerException or StoreException or IOException
            or UnauthorizedAccessException)
        {
            string advice = failure is EndpointTakenException ? " (--port N)" : "";
            await Console.Error.WriteLineAsync($"koinon dev: {failure.Message}{advice}").ConfigureAwait(false);
            return failure is DevelopmentOptionException ? CannotRead : Failed;
        }
    }

    private async Task ServeAsync(
        ParseResult arguments, DevelopmentOptions options, DevelopmentNode node, CancellationToken cancellation)
    {
        string path = _accounts.PathOf(arguments);
        if (!_print.IsQuiet(arguments))
        {
            new DevBanner(options, _accounts.Phrase, path).Write(Console.Out, node);
        }

        if (_print.ConfigPath(arguments) is { } config)
        {
            DevConfigFile.Write(config, options, node, _accounts.Phrase, path);
        }

        foreach (System.Net.IPEndPoint endpoint in node.Server.Endpoints)
        {
            Console.WriteLine($"Listening on {endpoint}");
        }

        DevStateDump? dump = _state.DumpPath(arguments) is { } file ? new DevStateDump(node, file) : null;
        Task dumping = dump is not null && _state.DumpInterval(arguments) is { } interval
            ? dump.RunAsync(interval, TimeProvider.System, cancellation)
            : Task.CompletedTask;
        await Verb.WaitForEndAsync(cancellation).ConfigureAwait(false);
        await dumping.ConfigureAwait(false);
        if (dump is not null)
        {
            await dump.WriteAsync().ConfigureAwait(false);
        }
    }
}
