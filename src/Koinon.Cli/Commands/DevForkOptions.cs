using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Koinon.Node.Development;
using Koinon.Node.Forking;
using Koinon.Primitives;

namespace Koinon.Cli.Commands;

/// <summary>Which remote chain that of <c>koinon dev</c> forks off, and how its node is asked.</summary>
internal sealed class DevForkOptions : IDevOptions
{
    private const int MemoryMin = 32;

    /// <summary>How often a head is looked for: a slot of mainnet.</summary>
    private const double SecondsOfFollowing = 12;

    private readonly Option<string[]> _urls = new("--fork-url", "-f", "--rpc-url", "--fork")
    {
        Description = "Fork off the chain of this node; @BLOCK behind it names the block. Several nodes serve in turn.",
        HelpName = "URL[@BLOCK]",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<long?> _block = new("--fork-block-number")
    {
        Description = "The block to fork at; a negative number counts back from the newest, which is taken where it "
            + "is left out.",
        HelpName = "NUMBER",
    };

    private readonly Option<string?> _transaction = new("--fork-transaction-hash")
    {
        Description = "Fork in the middle of a block, after this transaction.",
        HelpName = "HASH",
    };

    private readonly Option<ulong?> _chainId = new("--fork-chain-id")
    {
        Description = "The number of the remote chain, which then is not asked: with a block that was forked at before "
            + "the chain starts without its remote.",
        HelpName = "NUMBER",
    };

    private readonly Option<string[]> _headers = new("--fork-header")
    {
        Description = "A header of every request to the remote, such as a key.",
        HelpName = "NAME:VALUE",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int> _timeout = new("--timeout")
    {
        Description = "How long one request to the remote may take, in milliseconds.",
        DefaultValueFactory = static _ => 45_000,
    };

    private readonly Option<int> _retries = new("--retries")
    {
        Description = "How often a request to the remote is made again that failed for a reason that passes.",
        DefaultValueFactory = static _ => 5,
    };

    private readonly Option<int> _backoff = new("--fork-retry-backoff")
    {
        Description = "The wait before the first repetition, in milliseconds; it doubles each time.",
        DefaultValueFactory = static _ => 1_000,
    };

    private readonly Option<int?> _units = new("--compute-units-per-second", "--cups")
    {
        Description = "What may be spent at the remote in a second, in the units that providers count: 330, and no "
            + "limit for a node of this machine.",
        HelpName = "UNITS",
    };

    private readonly Option<bool> _noLimit = new("--no-rate-limit", "--no-rpc-rate-limit")
    {
        Description = "Ask the remote as fast as it answers.",
    };

    private readonly Option<string?> _cache = new("--cache-path")
    {
        Description = "Where what was fetched is kept for later runs; koinon/fork in the user's folder for caches "
            + "where it is left out.",
        HelpName = "DIR",
    };

    private readonly Option<bool> _noCache = new("--no-storage-caching")
    {
        Description = "Keep nothing of the remote on disk. Only what is fetched at a named block is kept anyway.",
    };

    private readonly Option<int> _memory = new("--fork-memory-mib")
    {
        Description = "What of the remote's state is held in memory, in MiB; what was not asked for in a long time "
            + "goes.",
        HelpName = "MIB",
        DefaultValueFactory = static _ => 256,
    };

    private readonly Option<double?> _follow = new("--fork-follow")
    {
        Description = "Ask the remote for a newer head every so many seconds (12 where no number is named), and fork "
            + "off there as long as the chain has no blocks, edits or transactions of its own.",
        HelpName = "SECONDS",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <inheritdoc/>
    public IReadOnlyList<Option> All =>
    [
        _urls, _block, _transaction, _chainId, _headers, _timeout, _retries, _backoff, _units, _noLimit, _cache,
        _noCache, _memory, _follow,
    ];

    /// <inheritdoc/>
    public DevelopmentOptions Apply(ParseResult arguments, DevelopmentOptions options, out string? error)
    {
        error = null;
        string[] urls = arguments.GetValue(_urls) ?? [];
        if (urls.Length == 0)
        {
            Option? idle = new Option[] { _block, _transaction, _chainId, _headers, _follow }.FirstOrDefault(
                option => IsGiven(arguments, option.Name));
            error = idle is null ? null : $"{idle.Name} needs --fork-url";
            return options;
        }

        if (options.Genesis is not null)
        {
            error = "--init and --fork-url cannot go together: a fork begins with the remote's block";
            return options;
        }

        long? block = arguments.GetValue(_block);
        if (!TryReadUrls(urls, ref block, out List<Uri> endpoints, out error)
            || !TryReadHeaders(arguments, out List<KeyValuePair<string, string>> headers, out error)
            || !TryReadTransaction(arguments, out Hash256? transaction, out error))
        {
            return options;
        }

        if (!TryReadFollowing(arguments, block, transaction, out TimeSpan? following, out error))
        {
            return options;
        }

        int memory = arguments.GetValue(_memory);
        if (memory < MemoryMin)
        {
            error = $"--fork-memory-mib {memory} is out of range: from {MemoryMin}, which one call may need at once";
            return options;
        }

        bool isHere = endpoints.TrueForAll(static endpoint => endpoint.IsLoopback);
        return options with
        {
            Fork = new ForkOptions
            {
                Remote = new RemoteOptions
                {
                    Endpoints = endpoints,
                    Headers = headers,
                    Timeout = TimeSpan.FromMilliseconds(Math.Max(arguments.GetValue(_timeout), 1)),
                    Retries = Math.Max(arguments.GetValue(_retries), 0),
                    Backoff = TimeSpan.FromMilliseconds(Math.Max(arguments.GetValue(_backoff), 0)),
                    UnitsPerSecond = arguments.GetValue(_noLimit) ? null
                        : arguments.GetValue(_units) ?? (isHere ? null : RemoteOptions.DefaultUnitsPerSecond),
                },
                BlockNumber = block,
                Transaction = transaction,
                ChainId = arguments.GetValue(_chainId),
                SignedFor = IsGiven(arguments, "--chain-id") ? options.ChainId : null,
                GasLimit = IsGiven(arguments, "--gas-limit") || IsGiven(arguments, "--disable-block-gas-limit")
                    ? options.GasLimit
                    : null,
                BaseFee = IsGiven(arguments, "--base-fee") ? options.BaseFee : null,
                CacheRoot = arguments.GetValue(_cache),
                IsCached = !arguments.GetValue(_noCache),
                MemoryBytesMax = (long)memory << 20,
                Following = following,
            },
        };
    }

    private static bool IsGiven(ParseResult arguments, string name) =>
        arguments.GetResult(name) is OptionResult { Implicit: false };

    private static bool TryReadUrls(string[] urls, ref long? block, out List<Uri> endpoints, out string? error)
    {
        endpoints = [];
        error = null;
        foreach (string url in urls)
        {
            string text = url;

            // An @ before a slash belongs to a name and a password; one with a number behind it names the block.
            int at = url.LastIndexOf('@');
            if (at > 0 && long.TryParse(url.AsSpan(at + 1), CultureInfo.InvariantCulture, out long number))
            {
                block ??= number;
                text = url[..at];
            }

            text = text.Contains("://", StringComparison.Ordinal) ? text : "http://" + text;
            if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? endpoint) || endpoint.Scheme is not ("http" or "https"))
            {
                error = $"--fork-url {url} is not an address of HTTP, such as http://127.0.0.1:8545 or "
                    + "https://node.example/key@19000000";
                return false;
            }

            endpoints.Add(endpoint);
        }

        return true;
    }

    private bool TryReadFollowing(
        ParseResult arguments, long? block, Hash256? transaction, out TimeSpan? following, out string? error)
    {
        following = null;
        error = null;
        if (!IsGiven(arguments, _follow.Name))
        {
            return true;
        }

        double seconds = arguments.GetValue(_follow) ?? SecondsOfFollowing;
        error = block is not null || transaction is not null
                ? "--fork-follow follows the newest block: it cannot go with a block or transaction to fork off at"
            : IsGiven(arguments, "--datadir")
                ? "--fork-follow and --datadir cannot go together: a chain on disk stays the fork it is"
            : seconds is < 0.1 or > 86_400 ? $"--fork-follow {seconds} is out of range: 0.1 to 86400 seconds"
            : null;
        following = TimeSpan.FromSeconds(Math.Clamp(seconds, 0.1, 86_400));
        return error is null;
    }

    private bool TryReadHeaders(
        ParseResult arguments, out List<KeyValuePair<string, string>> headers, out string? error)
    {
        headers = [];
        error = null;
        foreach (string header in arguments.GetValue(_headers) ?? [])
        {
            int colon = header.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                error = $"--fork-header {header} has no colon: \"Name: value\" is expected";
                return false;
            }

            headers.Add(new KeyValuePair<string, string>(header[..colon].Trim(), header[(colon + 1)..].Trim()));
        }

        return true;
    }

    private bool TryReadTransaction(ParseResult arguments, out Hash256? transaction, out string? error)
    {
        transaction = null;
        error = null;
        if (arguments.GetValue(_transaction) is not { } text)
        {
            return true;
        }

        bool isRead = Hash256.TryParse(text, out Hash256 hash);
        transaction = hash;
        error = isRead ? null : $"--fork-transaction-hash {text} is not a hash: 64 hex digits after 0x are expected";
        return isRead;
    }
}
