using System.CommandLine;
using System.Net;
using Koinon.Node.Development;
using Koinon.Rpc.Dispatch;

namespace Koinon.Cli.Commands;

/// <summary>Where <c>koinon dev</c> listens, and to whom.</summary>
internal sealed class DevServerOptions : IDevOptions
{
    private const string HostVariable = "ANVIL_IP_ADDR";

    private readonly Option<int> _port = new("--port", "-p")
    {
        Description = "The port to listen on; 0 takes any free one and prints it.",
        DefaultValueFactory = static _ => 8545,
    };

    private readonly Option<string[]> _host = new("--host", "--hostname")
    {
        Description = "The addresses to listen on, with commas between them; else those of the environment's "
            + HostVariable + ", else 127.0.0.1.",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<bool> _noCors = new("--no-cors")
    {
        Description = "Tell browsers nothing of other origins.",
    };

    private readonly Option<bool> _noSizeLimit = new("--no-request-size-limit")
    {
        Description = "Take requests of any size.",
    };

    private readonly Option<string?> _ipc = new("--ipc", "--ipcpath")
    {
        Description = "Serve a Unix socket too; anvil.ipc in the directory for temporary files where no path is named.",
        HelpName = "PATH",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly ServerOptions _server = new();

    /// <inheritdoc/>
    public IReadOnlyList<Option> All => [_port, _host, _noCors, _noSizeLimit, _ipc, .. _server.All];

    /// <summary>What every verb that serves JSON-RPC lets be chosen.</summary>
    public ServerOptions Shared => _server;

    /// <inheritdoc/>
    public DevelopmentOptions Apply(ParseResult arguments, DevelopmentOptions options, out string? error)
    {
        int port = arguments.GetValue(_port);
        if (port is < 0 or > ushort.MaxValue)
        {
            error = $"--port {port} is out of range: 0 to {ushort.MaxValue}";
            return options;
        }

        string[] given = arguments.GetValue(_host) is { Length: > 0 } hosts ? hosts
            : [Environment.GetEnvironmentVariable(HostVariable) is { Length: > 0 } named ? named : "127.0.0.1"];
        List<IPEndPoint> endpoints = [];
        foreach (string host in given.SelectMany(static text => text.Split(',', StringSplitOptions.TrimEntries)))
        {
            IPAddress? address = host == "localhost" ? IPAddress.Loopback : null;
            if (address is null && !IPAddress.TryParse(host, out address))
            {
                error = $"--host {host} is not an IP address; 127.0.0.1 serves this machine, 0.0.0.0 everybody";
                return options;
            }

            endpoints.Add(new IPEndPoint(address, port));
        }

        error = _server.Refusal(arguments, endpoints);
        RpcLimits limits = _server.Limits(arguments, options.Limits);
        bool servesIpc = arguments.GetResult(_ipc) is { Implicit: false };
        return options with
        {
            Endpoints = endpoints,
            Server = _server.Server(arguments, options.Server) with
            {
                ServesMetrics = _server.ServesMetrics(arguments),
                AnnouncesOrigins = !arguments.GetValue(_noCors),
                IpcPath = servesIpc ? arguments.GetValue(_ipc) ?? Path.Combine(Path.GetTempPath(), "anvil.ipc") : null,
            },
            ShowsTotalDifficulty = _server.ShowsTotalDifficulty(arguments),
            Limits = arguments.GetValue(_noSizeLimit)
                ? limits with { BodyBytesMax = int.MaxValue }
                : limits,
        };
    }
}
