using System.CommandLine;
using System.Net;
using Koinon.Node.Chains;
using Koinon.Rpc.Engine;

namespace Koinon.Cli.Commands;

/// <summary>The options of the Engine API.</summary>
internal sealed class EngineArguments
{
    private const int PortDefault = 8551;
    private const string SecretName = "jwt.hex";

    /// <summary><c>--authrpc-port</c>.</summary>
    public Option<int?> Port { get; } = new("--authrpc-port", "--authrpc.port")
    {
        Description = "The port of the Engine API, for a consensus client; 0 takes any free one. By default 8551, "
            + "where that is free.",
        HelpName = "PORT",
    };

    /// <summary><c>--authrpc-host</c>.</summary>
    public Option<string> Host { get; } = new("--authrpc-host", "--authrpc.addr")
    {
        Description = "The address on which the Engine API listens.",
        HelpName = "ADDRESS",
        DefaultValueFactory = static _ => "127.0.0.1",
    };

    /// <summary><c>--jwt-secret</c>.</summary>
    public Option<FileInfo?> Secret { get; } = new("--jwt-secret", "--authrpc.jwtsecret")
    {
        Description = "The file of the secret that the consensus client knows, 64 hex digits; it is made where it is "
            + "missing. By default jwt.hex in the data directory.",
        HelpName = "FILE",
    };

    /// <summary>Reads them, and the secret; the data directory is there.</summary>
    /// <param name="arguments">What the user wrote.</param>
    /// <param name="directory">The data directory.</param>
    /// <param name="options">What they mean.</param>
    /// <param name="error">What is wrong and what would help.</param>
    public bool TryRead(ParseResult arguments, string directory, out EngineServerOptions? options, out string? error)
    {
        options = null;
        string host = arguments.GetValue(Host)!;
        int? port = arguments.GetValue(Port);
        IPAddress? address = host == "localhost" ? IPAddress.Loopback : null;
        if (address is null && !IPAddress.TryParse(host, out address))
        {
            error = $"--authrpc-host {host} is not an IP address; 127.0.0.1 serves this machine, 0.0.0.0 everybody";
            return false;
        }

        if (port is < 0 or > ushort.MaxValue)
        {
            error = $"--authrpc-port {port} is out of range: 0 to {ushort.MaxValue}";
            return false;
        }

        string path = arguments.GetValue(Secret)?.FullName ?? Path.Combine(directory, SecretName);
        if (!JwtSecret.TryOpen(path, out JwtSecret secret, out error))
        {
            error = $"--jwt-secret: {error}";
            return false;
        }

        options = new EngineServerOptions
        {
            Endpoint = new IPEndPoint(address, port ?? PortDefault),
            IsOptional = port is null,
            Secret = secret,
            Engine = new EngineOptions { Version = ProgramVersion.Short, Commit = ProgramVersion.Commit },
        };
        return true;
    }
}
