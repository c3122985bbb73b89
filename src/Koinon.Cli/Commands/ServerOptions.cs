using System.CommandLine;
using System.Net;
using Koinon.Node.Hosting;
using Koinon.Rpc.Dispatch;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Koinon.Cli.Commands;

/// <summary>
/// What every verb that serves JSON-RPC lets be chosen about it: names and accounts that are let in, limits, logs,
/// metrics, traces. Ports, addresses and the socket are the verb's own.
/// </summary>
/// <remarks>
/// A verb adds <see cref="All"/> to its options, puts <see cref="Limits"/> into its dispatcher and
/// <see cref="Server"/> into its server, asks <see cref="Refusal"/> before it starts, and takes its loggers from
/// <see cref="CreateLogging"/> and its traces from <see cref="CreateTracing"/>, which it disposes at its end.
/// </remarks>
internal sealed class ServerOptions
{
    private static readonly RpcLimits Defaults = new();

    private readonly Option<string[]> _origins = new("--allow-origin", "--http.corsdomain")
    {
        Description = "Pages that may ask, by their origin, besides those of this machine; * stands for all.",
        HelpName = "ORIGIN",
        DefaultValueFactory = static _ => [],
    };

    private readonly Option<string[]> _hosts = new("--http-hosts", "--http.vhosts")
    {
        Description = "Names by which the server may be addressed, besides addresses and localhost; * stands for all.",
        HelpName = "NAME",
        DefaultValueFactory = static _ => [],
    };

    private readonly Option<bool> _insecureUnlock = new("--allow-insecure-unlock")
    {
        Description = "Serve accounts whose keys are held here on an address that others reach.",
    };

    private readonly Option<int> _body = Number(
        "--body-max", Defaults.BodyBytesMax, 1024, "Longest request, a batch or message, in bytes.");

    private readonly Option<int> _batch = Number(
        "--batch-max", Defaults.BatchItemsMax, 1, "Most requests in a batch.");

    private readonly Option<int> _depth = Number(
        "--depth-max", Defaults.DepthMax, 4, "Deepest nesting of a request's JSON.");

    private readonly Option<int> _response = Number(
        "--response-max", Defaults.ResponseBytesMax, 1024, "Longest answer, in bytes; streamed traces may be longer.");

    private readonly Option<int> _connections = Number(
        "--connections-max", new RpcServerOptions().ConnectionsMax, 1, "Most connections at once.");

    private readonly Option<int> _subscriptions = Number(
        "--subscriptions-max", Defaults.SubscriptionsMax, 1, "Most subscriptions of a connection.");

    private readonly Option<int> _events = Number(
        "--events-max",
        Defaults.NotificationsMax,
        16,
        "Most events that wait for a connection's reader; one that reads more slowly is told so and closed.");

    private readonly Option<int> _filters = Number("--filters-max", Defaults.FiltersMax, 1, "Most filters at once.");

    private readonly Option<int> _logs = Number(
        "--logs-max", Defaults.LogsMax, 1, "Most logs of one answer of eth_getLogs.");

    private readonly Option<int> _logRange = Number(
        "--logs-range-max", (int)Defaults.LogRangeMax, 0, "Most blocks of one eth_getLogs; 0 for any number.");

    private readonly Option<int> _logTime = Number(
        "--logs-timeout", (int)Defaults.LogsTimeMax.TotalSeconds, 1, "Longest time of one eth_getLogs, in seconds.");

    private readonly Option<ulong> _callGas = new("--call-gas-max")
    {
        Description = "Most gas of eth_call and its kin.",
        HelpName = "GAS",
        DefaultValueFactory = static _ => Defaults.CallGasMax,
    };

    private readonly Option<int> _callTime = Number(
        "--call-timeout",
        (int)Defaults.CallTimeMax.TotalSeconds,
        1,
        "Longest time of eth_call and its kin, in seconds.");

    private readonly Option<bool> _totalDifficulty = new("--total-difficulty")
    {
        Description = "Show totalDifficulty in blocks, which clients have dropped and some old libraries want.",
    };

    private readonly Option<bool> _noMetrics = new("--no-metrics")
    {
        Description = "Do not serve /metrics.",
    };

    private readonly Option<LogLevel> _logLevel = new("--log-level")
    {
        Description = "The least important messages that are logged to standard error.",
        DefaultValueFactory = static _ => LogLevel.Warning,
    };

    private readonly Option<LogFormat> _logFormat = new("--log-format")
    {
        Description = "Whether a message is a line for people or a line of JSON.",
        DefaultValueFactory = static _ => LogFormat.Text,
    };

    private readonly Option<Uri?> _otlp = new("--otlp-endpoint")
    {
        Description = "Where traces are sent (OpenTelemetry), such as http://localhost:4317.",
        HelpName = "URL",
        CustomParser = static result =>
        {
            string text = result.Tokens[0].Value;
            if (Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https") return url;

            result.AddError($"--otlp-endpoint {text} is no URL of http or https, such as http://localhost:4317");
            return null;
        },
    };

    private readonly Option<TraceProtocol> _otlpProtocol = new("--otlp-protocol")
    {
        Description = "How traces are sent: by gRPC (port 4317 as a rule) or by HTTP (port 4318).",
        DefaultValueFactory = static _ => TraceProtocol.Grpc,
    };

    /// <summary>The options, in the order in which help shows them.</summary>
    public IReadOnlyList<Option> All =>
    [
        _origins, _hosts, _insecureUnlock, _body, _batch, _depth, _response, _connections, _subscriptions, _events,
        _filters, _logs, _logRange, _logTime, _callGas, _callTime, _totalDifficulty, _noMetrics, _logLevel,
        _logFormat, _otlp, _otlpProtocol,
    ];

    /// <summary>Whether <c>/metrics</c> is served.</summary>
    public bool ServesMetrics(ParseResult arguments) => !arguments.GetValue(_noMetrics);

    /// <summary>Whether blocks are shown with their total difficulty.</summary>
    public bool ShowsTotalDifficulty(ParseResult arguments) => arguments.GetValue(_totalDifficulty);

    /// <summary>What callers may ask at once.</summary>
    /// <param name="arguments">What was given.</param>
    /// <param name="limits">What holds where nothing was given.</param>
    public RpcLimits Limits(ParseResult arguments, RpcLimits limits) => limits with
    {
        BodyBytesMax = Given(arguments, _body) ?? limits.BodyBytesMax,
        BatchItemsMax = Given(arguments, _batch) ?? limits.BatchItemsMax,
        DepthMax = Given(arguments, _depth) ?? limits.DepthMax,
        ResponseBytesMax = Given(arguments, _response) ?? limits.ResponseBytesMax,
        SubscriptionsMax = Given(arguments, _subscriptions) ?? limits.SubscriptionsMax,
        NotificationsMax = Given(arguments, _events) ?? limits.NotificationsMax,
        FiltersMax = Given(arguments, _filters) ?? limits.FiltersMax,
        LogsMax = Given(arguments, _logs) ?? limits.LogsMax,
        LogRangeMax = (ulong)(Given(arguments, _logRange) ?? (int)limits.LogRangeMax),
        LogsTimeMax = Seconds(Given(arguments, _logTime)) ?? limits.LogsTimeMax,
        CallGasMax = IsGiven(arguments, _callGas) ? arguments.GetValue(_callGas) : limits.CallGasMax,
        CallTimeMax = Seconds(Given(arguments, _callTime)) ?? limits.CallTimeMax,
    };

    /// <summary>To whom it is served.</summary>
    /// <param name="arguments">What was given.</param>
    /// <param name="server">Where it listens, as the verb has read it.</param>
    public RpcServerOptions Server(ParseResult arguments, RpcServerOptions server) => server with
    {
        AllowedOrigins = SplitAtCommas(arguments.GetValue(_origins)),
        AllowedHosts = SplitAtCommas(arguments.GetValue(_hosts)),
        ConnectionsMax = arguments.GetValue(_connections),
    };

    /// <summary>
    /// Why a server may not be started: accounts whose keys are held here would be everybody's who reaches it.
    /// </summary>
    public string? Refusal(ParseResult arguments, IEnumerable<IPEndPoint> endpoints) =>
        !arguments.GetValue(_insecureUnlock)
        && endpoints.FirstOrDefault(static endpoint => !IPAddress.IsLoopback(endpoint.Address)) is { } open
            ? $"--host {open.Address} would let everybody who reaches this machine use the accounts; "
                + "add --allow-insecure-unlock if that is wanted (in a container whose port only you publish, it is)"
            : null;

    /// <summary>Makes the loggers: to standard error, so that output stays what it is.</summary>
    public ILoggerFactory CreateLogging(ParseResult arguments)
    {
        LogLevel least = arguments.GetValue(_logLevel);
        LogFormat format = arguments.GetValue(_logFormat);
        return new LateLoggerFactory(least, () => CreateConsole(least, format));
    }

    /// <summary>Begins to send traces; <see langword="null"/> where no collector is named.</summary>
    public IDisposable? CreateTracing(ParseResult arguments, ILoggerFactory logging) =>
        arguments.GetValue(_otlp) is { } endpoint
            ? Tracing.Start(endpoint, arguments.GetValue(_otlpProtocol) == TraceProtocol.Http, logging)
            : null;

    private static ILoggerFactory CreateConsole(LogLevel least, LogFormat format) => LoggerFactory.Create(builder =>
    {
        builder.SetMinimumLevel(least);

        // A server that cannot start says so in the verb's own words.
        builder.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        if (format == LogFormat.Json)
        {
            builder.AddJsonConsole(static json => json.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
            builder.Services.Configure<JsonConsoleFormatterOptions>(static json => json.UseUtcTimestamp = true);
        }
        else
        {
            builder.AddSimpleConsole(static text =>
            {
                text.SingleLine = true;
                text.TimestampFormat = "HH:mm:ss ";
            });
        }

        builder.Services.Configure<ConsoleLoggerOptions>(
            static console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    });

    private static Option<int> Number(string name, int usual, int least, string description)
    {
        Option<int> option = new(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => usual,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int value) && value < least)
            {
                result.AddError($"{name} {value} is out of range: {least} to {int.MaxValue}");
            }
        });
        return option;
    }

    private static string[] SplitAtCommas(string[]? names) =>
        [.. (names ?? []).SelectMany(static text =>
            text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    private static bool IsGiven(ParseResult arguments, Option option) =>
        arguments.GetResult(option) is { Implicit: false };

    private static int? Given(ParseResult arguments, Option<int> option) =>
        IsGiven(arguments, option) ? arguments.GetValue(option) : null;

    private static TimeSpan? Seconds(int? seconds) => seconds is { } value ? TimeSpan.FromSeconds(value) : null;
}
