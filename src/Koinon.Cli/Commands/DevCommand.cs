using System.CommandLine;
using System.Net;
using Koinon.Node.Development;
using Koinon.Node.Hosting;
using Koinon.Primitives;
using Microsoft.Extensions.Logging;

namespace Koinon.Cli.Commands;

/// <summary><c>koinon dev</c>: a development chain in memory, asked over JSON-RPC.</summary>
internal sealed class DevCommand
{
    private const int Failed = 1;
    private const int CannotRead = 2;
    private const int AccountsMax = 1000;
    private const ulong WeiPerEther = 1_000_000_000_000_000_000;

    private readonly Option<int> _port = new("--port", "-p")
    {
        Description = "The port to listen on; 0 takes any free one and prints it.",
        DefaultValueFactory = static _ => 8545,
    };

    private readonly Option<string> _host = new("--host")
    {
        Description = "The address to listen on.",
        DefaultValueFactory = static _ => "127.0.0.1",
    };

    private readonly Option<ulong> _chainId = new("--chain-id")
    {
        Description = "The number that transactions are signed for.",
        DefaultValueFactory = static _ => 31337,
    };

    private readonly Option<int> _accounts = new("--accounts", "-a")
    {
        Description = "How many accounts have ether at the start.",
        DefaultValueFactory = static _ => 10,
    };

    private readonly Option<ulong> _balance = new("--balance")
    {
        Description = "What each of them has, in ether.",
        DefaultValueFactory = static _ => 10_000,
    };

    private readonly Option<string> _mnemonic = new("--mnemonic", "-m")
    {
        Description = "The phrase that their keys are derived from (BIP-39).",
        DefaultValueFactory = static _ => DevelopmentKeys.Phrase,
    };

    private readonly Option<string> _path = new("--derivation-path")
    {
        Description = "Where they stand under the phrase (BIP-44); the number of each follows.",
        DefaultValueFactory = static _ => DevelopmentKeys.Path,
    };

    private readonly Option<ulong> _gasLimit = new("--gas-limit")
    {
        Description = "The gas that a block's transactions may use together.",
        DefaultValueFactory = static _ => 30_000_000,
    };

    private readonly Option<ulong> _baseFee = new("--base-fee", "--block-base-fee-per-gas")
    {
        Description = "The base fee of the genesis, in wei.",
        DefaultValueFactory = static _ => 1_000_000_000,
    };

    private readonly Option<ulong?> _timestamp = new("--timestamp")
    {
        Description = "The time of the genesis, in seconds since 1970; now where it is left out.",
    };

    private readonly Option<bool> _quiet = new("--quiet")
    {
        Description = "Print the last line alone: where the chain listens.",
    };

    private DevCommand()
    {
    }

    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        DevCommand verb = new();
        Command command = new("dev", "Runs a development chain in memory: rich accounts, a block for each transaction.")
        {
            verb._port,
            verb._host,
            verb._chainId,
            verb._accounts,
            verb._balance,
            verb._mnemonic,
            verb._path,
            verb._gasLimit,
            verb._baseFee,
            verb._timestamp,
            verb._quiet,
        };
        command.SetAction(verb.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        if (!TryReadOptions(arguments, out DevelopmentOptions options, out string? error))
        {
            await Console.Error.WriteLineAsync($"koinon dev: {error}").ConfigureAwait(false);
            return CannotRead;
        }

        using ILoggerFactory logging = LoggerFactory.Create(static builder => builder
            .SetMinimumLevel(LogLevel.Warning)
            .AddConsole(static console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        try
        {
            await using DevelopmentNode node = await DevelopmentNode
                .StartAsync(options, TimeProvider.System, logging, cancellation).ConfigureAwait(false);
            if (!arguments.GetValue(_quiet))
            {
                DevBanner banner = new(options, arguments.GetValue(_mnemonic)!, arguments.GetValue(_path)!);
                banner.Write(Console.Out, node);
            }

            Console.WriteLine($"Listening on {node.Server.Endpoint}");
            await WaitAsync(cancellation).ConfigureAwait(false);
            return 0;
        }
        catch (EndpointException taken)
        {
            await Console.Error.WriteLineAsync($"koinon dev: {taken.Message} (--port N)").ConfigureAwait(false);
            return Failed;
        }
    }

    /// <summary>Waits for Ctrl-C or a request to terminate.</summary>
    private static async Task WaitAsync(CancellationToken cancellation)
    {
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (cancellation.Register(ended.SetResult).ConfigureAwait(false))
        {
            await ended.Task.ConfigureAwait(false);
        }
    }

    private bool TryReadOptions(ParseResult arguments, out DevelopmentOptions options, out string? error)
    {
        options = new DevelopmentOptions();
        string host = arguments.GetValue(_host)!;
        int port = arguments.GetValue(_port);
        int accounts = arguments.GetValue(_accounts);
        IPAddress? address = host == "localhost" ? IPAddress.Loopback : null;
        if (address is null && !IPAddress.TryParse(host, out address))
        {
            error = $"--host {host} is not an IP address; 127.0.0.1 serves this machine, 0.0.0.0 everybody";
        }
        else if (port is < 0 or > ushort.MaxValue)
        {
            error = $"--port {port} is out of range: 0 to {ushort.MaxValue}";
        }
        else if (accounts is < 1 or > AccountsMax)
        {
            error = $"--accounts {accounts} is out of range: 1 to {AccountsMax}";
        }
        else if (DevelopmentKeys.TryDerive(
            arguments.GetValue(_mnemonic)!,
            arguments.GetValue(_path)!,
            accounts,
            out IReadOnlyList<ReadOnlyMemory<byte>>? keys,
            out error))
        {
            options = new DevelopmentOptions
            {
                Endpoint = new IPEndPoint(address, port),
                ChainId = arguments.GetValue(_chainId),
                GasLimit = arguments.GetValue(_gasLimit),
                BaseFee = arguments.GetValue(_baseFee),
                SecretKeys = keys,
                Balance = (UInt256)arguments.GetValue(_balance) * WeiPerEther,
                Timestamp = arguments.GetValue(_timestamp),
            };
        }

        return error is null;
    }
}
