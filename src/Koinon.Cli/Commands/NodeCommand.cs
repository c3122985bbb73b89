using System.CommandLine;
using System.Net;
using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Node.Chains;
using Koinon.Node.Hosting;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Microsoft.Extensions.Logging;

namespace Koinon.Cli.Commands;

/// <summary><c>koinon node</c>: serves the chain of a data directory.</summary>
internal sealed class NodeCommand
{
    /// <summary>What is served where strangers may reach the port, unless more is asked for.</summary>
    private static readonly string[] OpenNamespaces = ["eth", "net", "web3"];

    private readonly ChainArguments _chain = new();
    private readonly ServerOptions _server = new();
    private readonly EngineArguments _engine = new();
    private readonly PoolArguments _pool = new();

    private readonly Option<int> _port = new("--port", "-p")
    {
        Description = "The port of JSON-RPC; 0 takes any free one and prints it.",
        DefaultValueFactory = static _ => 8545,
    };

    private readonly Option<string> _host = new("--host")
    {
        Description = "The address to listen on.",
        DefaultValueFactory = static _ => "127.0.0.1",
    };

    private readonly Option<string?> _ipc = new("--ipc")
    {
        Description = "The path of a Unix socket that serves JSON-RPC as well.",
        HelpName = "PATH",
    };

    private readonly Option<string[]> _api = new("--http-api")
    {
        Description = "The namespaces that are served; else all on this machine's own address, eth, net and web3 "
            + "on others.",
        HelpName = "NAME",
        DefaultValueFactory = static _ => [],
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<decimal> _feeCap = new("--rpc-tx-fee-cap", "--rpc.txfeecap")
    {
        Description = "Most ether that the gas of a transaction sent here may cost; 0 for no bound.",
        HelpName = "ETHER",
        DefaultValueFactory = static _ => 1,
        Validators =
        {
            static result =>
            {
                bool isRead = decimal.TryParse(string.Concat(result.Tokens), out decimal ether);
                if (isRead && ether < 0)
                {
                    result.AddError($"--rpc-tx-fee-cap {ether} is out of range: 0 or more");
                }
            },
        },
    };

    private readonly Option<bool> _unprotected = new("--rpc-allow-unprotected-txs", "--rpc.allow-unprotected-txs")
    {
        Description = "Take transactions that name no chain (EIP-155).",
    };

    private NodeCommand()
    {
    }

    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        NodeCommand verb = new();
        Command command = new(
            "node",
            """
            Runs a chain from a genesis in geth's form, kept in a data directory, and serves JSON-RPC.

            Examples:
              koinon node --genesis genesis.json --datadir ./chain
              koinon node --datadir ./chain --port 9545 --history 10000
            """)
        {
            verb._chain.Directory,
            verb._chain.Genesis,
            verb._chain.Network,
            verb._port,
            verb._host,
            verb._ipc,
            verb._api,
            verb._engine.Port,
            verb._engine.Host,
            verb._engine.Secret,
            verb._chain.Seal,
            verb._chain.History,
            verb._chain.ProofHistory,
            verb._chain.KeepBlocks,
            verb._chain.Durability,
        };
        command.Options.Add(verb._feeCap);
        command.Options.Add(verb._unprotected);
        foreach (Option option in verb._pool.All)
        {
            command.Options.Add(option);
        }

        foreach (Option option in verb._server.All)
        {
            command.Options.Add(option);
        }

        command.SetAction(Verb.Serving(verb.RunAsync));
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        if (!TryReadEndpoint(arguments, out IPEndPoint endpoint, out string? error)) return Verb.Refuse("node", error!);

        string[]? namespaces = NamespacesOf(arguments, endpoint);
        if (namespaces?.FirstOrDefault(static name => !ChainNode.Namespaces.Contains(name)) is { } unknown)
        {
            return Verb.Refuse(
                "node", $"--http-api {unknown} is not known: {string.Join(", ", ChainNode.Namespaces)}");
        }

        ChainNodeOptions options = new()
        {
            Chain = _chain.Read(arguments),
            Server = _server.Server(arguments, new RpcServerOptions
            {
                Endpoints = [endpoint],
                IpcPath = arguments.GetValue(_ipc),
                Namespaces = namespaces,
                ServesMetrics = _server.ServesMetrics(arguments),
            }),
            Pool = _pool.Read(arguments, new PoolOptions()),
            Terms = TermsOf(arguments),
            Limits = _server.Limits(arguments, new RpcLimits()),
            ShowsTotalDifficulty = _server.ShowsTotalDifficulty(arguments),
            ClientVersion = ProgramVersion.Client,
        };
        if (!StoredChain.TryOpen(options.Chain, out StoredChain? chain, out error)) return Verb.Fail("node", error);

        if (!_engine.TryRead(arguments, options.Chain.Directory, out EngineServerOptions? engine, out error))
        {
            chain.Dispose();
            return Verb.Refuse("node", error!);
        }

        options = options with { Engine = engine };
        using ILoggerFactory logging = _server.CreateLogging(arguments);
        using IDisposable? traces = _server.CreateTracing(arguments, logging);
        try
        {
            await using ChainNode node = await ChainNode.StartAsync(chain, options, logging, cancellation)
                .ConfigureAwait(false);
            WriteBanner(options, node);
            await Verb.WaitForEndAsync(cancellation).ConfigureAwait(false);
            return 0;
        }
        catch (EndpointTakenException taken)
        {
            return Verb.Fail("node", $"{taken.Message} (--port N)");
        }
        catch (Exception wrong) when (wrong is EndpointException or IOException or UnauthorizedAccessException
            or Storage.StoreException)
        {
            return Verb.Fail("node", wrong.Message);
        }
    }

    private AdmissionTerms TermsOf(ParseResult arguments)
    {
        const decimal WeiPerGwei = 1_000_000_000;
        const decimal EtherMax = 1_000_000_000;
        decimal ether = Math.Clamp(arguments.GetValue(_feeCap), 0, EtherMax);
        UInt256 wei = (UInt256)(ulong)(ether * WeiPerGwei) * (UInt256)(ulong)WeiPerGwei;
        return new AdmissionTerms
        {
            FeeMax = wei.IsZero ? null : wei,
            RequiresReplayProtection = !arguments.GetValue(_unprotected),
        };
    }

    private string[]? NamespacesOf(ParseResult arguments, IPEndPoint endpoint)
    {
        string[] asked = [.. (arguments.GetValue(_api) ?? []).SelectMany(static names => names.Split(','))];
        return asked.Length > 0 ? asked : IPAddress.IsLoopback(endpoint.Address) ? null : OpenNamespaces;
    }

    private static void WriteBanner(ChainNodeOptions options, ChainNode node)
    {
        Ledger ledger = node.Chain.Ledger;
        Console.WriteLine(options.ClientVersion);
        Console.WriteLine($"chain {ledger.Genesis.Network.ChainId}, genesis {ledger.GenesisBlock.Hash}");
        Console.WriteLine($"data in {options.Chain.Directory}, durability {Name(node)}");
        Console.WriteLine($"head {ledger.Head.Number} ({ledger.Head.Hash}), states since {ledger.OldestStateKept}");
        Console.WriteLine(node.Engine is { } engine
            ? $"Engine API on {engine.Endpoint}"
            : "Engine API not served: port 8551 is taken (--authrpc-port N)");
        Console.WriteLine($"Listening on {node.Server.Endpoint}");

        static string Name(ChainNode node) =>
            node.Chain.Store.Durability == Storage.LmdbDurability.Full ? "full" : "normal";
    }

    private bool TryReadEndpoint(ParseResult arguments, out IPEndPoint endpoint, out string? error)
    {
        string host = arguments.GetValue(_host)!;
        int port = arguments.GetValue(_port);
        endpoint = new IPEndPoint(IPAddress.Loopback, 0);
        error = null;
        IPAddress? address = host == "localhost" ? IPAddress.Loopback : null;
        if (address is null && !IPAddress.TryParse(host, out address))
        {
            error = $"--host {host} is not an IP address; 127.0.0.1 serves this machine, 0.0.0.0 everybody";
        }
        else if (port is < 0 or > ushort.MaxValue)
        {
            error = $"--port {port} is out of range: 0 to {ushort.MaxValue}";
        }
        else
        {
            endpoint = new IPEndPoint(address, port);
        }

        return error is null;
    }
}
