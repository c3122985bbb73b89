using System.CommandLine;
using Koinon.Node.Development;

namespace Koinon.Cli.Commands;

/// <summary>What <c>koinon dev</c> keeps, and where.</summary>
internal sealed class DevStateOptions : IDevOptions
{
    private const string FileInDirectory = "state.json";

    private readonly Option<string?> _state = new("--state")
    {
        Description = "Load this state where the file is there, and write it at the end: --load-state and --dump-state "
            + "in one.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _load = new("--load-state")
    {
        Description = "A state in anvil's format to begin with, packed or plain.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _dump = new("--dump-state")
    {
        Description = "Write the state in anvil's format at the end; into state.json where it is a directory.",
        HelpName = "FILE",
    };

    private readonly Option<int?> _interval = new("--state-interval", "-s")
    {
        Description = "Write it every so many seconds as well.",
        HelpName = "SECONDS",
    };

    private readonly Option<ulong?> _keep = new("--keep-blocks", "--transaction-block-keeper")
    {
        Description = "Keep bodies, receipts and states of so many blocks; all where it is left out.",
        HelpName = "COUNT",
    };

    private readonly Option<ulong?> _prune = new("--prune-history")
    {
        Description = "Keep the states of so many blocks; of the newest alone where no number is named.",
        HelpName = "COUNT",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<DirectoryInfo?> _directory = new("--datadir")
    {
        Description = "Keep the chain in this directory, and go on with the one that is there; in memory where it is "
            + "left out.",
        HelpName = "DIR",
    };

    private readonly Option<string> _durability = new("--durability")
    {
        Description = "With --datadir: what a power cut may cost, nothing (full) or the last blocks (normal).",
        HelpName = "full|normal",
        DefaultValueFactory = static _ => "normal",
    };

    /// <inheritdoc/>
    public IReadOnlyList<Option> All =>
        [_state, _load, _dump, _interval, _keep, _prune, _directory, _durability];

    /// <summary>The file that is written at the end.</summary>
    public string? DumpPath(ParseResult arguments)
    {
        string? path = arguments.GetValue(_dump) ?? arguments.GetValue(_state);
        return path is not null && Directory.Exists(path) ? Path.Combine(path, FileInDirectory) : path;
    }

    /// <summary>How often it is written besides.</summary>
    public TimeSpan? DumpInterval(ParseResult arguments) =>
        arguments.GetValue(_interval) is { } seconds and > 0 ? TimeSpan.FromSeconds(seconds) : null;

    /// <inheritdoc/>
    public DevelopmentOptions Apply(ParseResult arguments, DevelopmentOptions options, out string? error)
    {
        string durability = arguments.GetValue(_durability)!;
        bool loads = (arguments.GetValue(_load) ?? arguments.GetValue(_state)) is not null;
        error = durability is not ("full" or "normal") ? $"--durability {durability} is not known: full or normal"
            : arguments.GetValue(_keep) == 0 ? "--keep-blocks 0 is out of range: from 1, the head"
            : loads && arguments.GetValue(_directory) is not null
                ? "--datadir keeps the chain by itself: --load-state and --state begin one in memory"
            : null;
        if (error is not null || !TryOpenState(arguments, out Stream? state, out error))
        {
            return options;
        }

        if (DumpPath(arguments) is { } dump && !TryPrepare(dump, out error))
        {
            state?.Dispose();
            return options;
        }

        ulong? kept = arguments.GetValue(_keep);
        bool prunes = arguments.GetResult(_prune) is { Implicit: false };
        return options with
        {
            State = state,
            BlocksKept = kept,
            StatesKept = prunes ? arguments.GetValue(_prune) ?? 1 : kept,
            DataDirectory = arguments.GetValue(_directory)?.FullName,
            IsFullyDurable = durability == "full",
        };
    }

    /// <summary>Makes the folder of the file that is written at the end: then it would be too late to say.</summary>
    private static bool TryPrepare(string path, out string? error)
    {
        error = null;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException)
        {
            error = $"--dump-state {path}: {reason.Message}";
        }

        return error is null;
    }

    private bool TryOpenState(ParseResult arguments, out Stream? state, out string? error)
    {
        state = null;
        error = null;
        string? path = arguments.GetValue(_load);
        string? both = arguments.GetValue(_state);
        if (path is null && both is not null)
        {
            both = Directory.Exists(both) ? Path.Combine(both, FileInDirectory) : both;
            path = File.Exists(both) ? both : null;
        }

        if (path is null)
        {
            return true;
        }

        path = Directory.Exists(path) ? Path.Combine(path, FileInDirectory) : path;
        try
        {
            state = File.OpenRead(path);
        }
        catch (IOException reason)
        {
            error = $"--load-state {path}: {reason.Message}";
        }
        catch (UnauthorizedAccessException reason)
        {
            error = $"--load-state {path}: {reason.Message}";
        }

        return error is null;
    }
}
