using System.CommandLine;
using Koinon.Node.Development;

namespace Koinon.Cli.Commands;

/// <summary>What <c>koinon dev</c> prints, and what it takes for others' sake.</summary>
internal sealed class DevPrintOptions : IDevOptions
{
    private readonly Option<bool> _quiet = new("--quiet", "--silent", "-q")
    {
        Description = "Print the last line of the banner alone, where the chain listens, and no requests.",
    };

    private readonly Option<bool> _noConsole = new("--disable-console-log", "--no-console-log")
    {
        Description = "Do not print what contracts say by console.log.",
    };

    private readonly Option<bool> _impersonate = new("--auto-impersonate", "--auto-unlock")
    {
        Description = "Take everybody's transactions without a signature.",
    };

    private readonly Option<string?> _network = new("--network", "-n") { Hidden = true };

    private readonly Option<bool> _optimism = new("--optimism") { Hidden = true };

    private readonly Option<bool> _celo = new("--celo") { Hidden = true };

    private readonly Option<string?> _config = new("--config-out")
    {
        Description = "Write accounts, keys, fees and genesis as JSON.",
        HelpName = "FILE",
    };

    // Anvil has these; nothing is to be switched here: traces come from running again, states are differences.
    private readonly Option[] _taken =
    [
        Taken<bool>("--steps-tracing", "--tracing"),
        Taken<bool>("--print-traces", "--enable-trace-printing"),
        Taken<bool>("--preserve-historical-states"),
        Taken<bool>("--disable-min-priority-fee", "--no-priority-fee"),
        Taken<string?>("--max-persisted-states"),
        Taken<string?>("--memory-limit"),
        Taken<string?>("--gas-price"),
        Taken<string?>("--threads", "-j", "--jobs"),
        Taken<string?>("--color"),
        Taken<bool>("--md"),
        Taken<bool>("--json"),
        Taken<bool>("--verbosity", "-v", "-vv", "-vvv", "-vvvv", "-vvvvv"),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<Option> All =>
        [_quiet, _noConsole, _impersonate, _config, _network, _optimism, _celo, .. _taken];

    /// <summary>Whether the banner is left out.</summary>
    public bool IsQuiet(ParseResult arguments) => arguments.GetValue(_quiet);

    /// <summary>Where the configuration is written.</summary>
    public string? ConfigPath(ParseResult arguments) => arguments.GetValue(_config);

    /// <inheritdoc/>
    public DevelopmentOptions Apply(ParseResult arguments, DevelopmentOptions options, out string? error)
    {
        error = NetworkRefusal(arguments);
        return options with
        {
            Output = Console.Out,
            PrintsRequests = !arguments.GetValue(_quiet),
            PrintsConsole = !arguments.GetValue(_noConsole),
            ImpersonatesAll = arguments.GetValue(_impersonate),
        };
    }

    /// <summary>Why a family of networks is not there; <see langword="null"/> where Ethereum's own is asked for.
    /// </summary>
    private string? NetworkRefusal(ParseResult arguments)
    {
        string? asked = arguments.GetValue(_optimism) ? "optimism"
            : arguments.GetValue(_celo) ? "celo"
            : arguments.GetValue(_network);
        return asked is null or "ethereum"
            ? null
            : $"--network {asked}: Koinon runs Ethereum's rules alone, the transactions and fees of other families "
                + "are not known here";
    }

    private static Option<T> Taken<T>(string name, params string[] aliases) => new(name, aliases)
    {
        Description = "Taken for anvil's sake: there is nothing to switch here.",
        Hidden = true,
    };
}
