using System.CommandLine;
using System.Text.Json;

namespace Koinon.Cli;

/// <summary>
/// Options that are not on the command line come from the environment (<c>KOINON_PORT</c> for <c>--port</c>), and those
/// that are not there either from a file of JSON (<c>--config FILE</c>: <c>{"port": 8545}</c>).
/// </summary>
/// <param name="root">The command line.</param>
/// <param name="environment">Reads a variable.</param>
internal sealed class Configuration(RootCommand root, Func<string, string?> environment)
{
    private readonly Option<string?> _file = new("--config")
    {
        Description = "A file of JSON with options, such as {\"port\": 8545}; the command line and the environment "
            + "win.",
        HelpName = "FILE",
        Recursive = true,
    };

    private readonly Option<bool> _show = new("--show-config")
    {
        Description = "Print every option as it holds and where it comes from, and end.",
        Recursive = true,
    };

    private readonly Dictionary<Option, string> _sources = [];

    /// <summary>Where the value of an option came from; <see langword="null"/> for the command line.</summary>
    public string? SourceOf(Option option) => _sources.GetValueOrDefault(option);

    /// <summary>Adds the options of configuration itself to the command line.</summary>
    public void AddOptions()
    {
        root.Options.Add(_file);
        root.Options.Add(_show);
    }

    /// <summary>Reads the command line, and puts in what it leaves to environment and file.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="error">What cannot be read, if anything.</param>
    public ParseResult Read(string[] arguments, out string? error)
    {
        ParseResult given = root.Parse(arguments);
        error = null;
        JsonDocument? file = null;
        if (given.GetValue(_file) is { } path)
        {
            try
            {
                file = JsonDocument.Parse(File.ReadAllBytes(path));
            }
            catch (Exception reason) when (reason is IOException or UnauthorizedAccessException or JsonException)
            {
                error = $"--config {path} cannot be read: {reason.Message}";
                return given;
            }
        }

        List<string> more = [];
        using (file)
        {
            if (file is not null && FaultOf(file.RootElement) is { } fault)
            {
                error = $"--config {given.GetValue(_file)}: {fault}";
                return given;
            }

            foreach (Option option in Missing(given))
            {
                more.AddRange(From(option, file));
            }
        }

        return more.Count == 0 ? given : root.Parse([.. arguments, .. more]);
    }

    /// <summary>Prints every option as it holds, where that was asked for.</summary>
    /// <returns>Whether it was: then nothing else is to be done.</returns>
    public bool TryShow(ParseResult result, string[] arguments, TextWriter output)
    {
        if (!result.GetValue(_show))
        {
            return false;
        }

        ParseResult given = root.Parse(arguments);
        foreach (Option option in OptionsOf(result))
        {
            string source = given.GetResult(option) is { Implicit: false } ? "command line"
                : SourceOf(option) ?? "default";
            output.WriteLine($"{option.Name[2..]} = {Shown(result, option)}  ({source})");
        }

        return true;
    }

    /// <summary>What is wrong with a file, if anything; it may hold the options of several verbs.</summary>
    private string? FaultOf(JsonElement file)
    {
        if (file.ValueKind != JsonValueKind.Object)
        {
            return "an object with options is expected, such as {\"port\": 8545}";
        }

        HashSet<string> known = [.. NamesOf(root)];
        foreach (JsonProperty property in file.EnumerateObject())
        {
            if (!known.Contains("--" + property.Name))
            {
                return $"\"{property.Name}\" is no option; the names are those of the command line without --";
            }
        }

        return null;
    }

    private static IEnumerable<string> NamesOf(Command command) =>
        command.Options.Select(static option => option.Name).Concat(command.Subcommands.SelectMany(NamesOf));

    private static string VariableOf(Option option) =>
        "KOINON_" + option.Name[2..].Replace('-', '_').ToUpperInvariant();

    private static IEnumerable<Option> OptionsOf(ParseResult result) =>
        result.CommandResult.Command.Options.Where(static option =>
            option.Name.StartsWith("--", StringComparison.Ordinal) && option.Name is not ("--help" or "--version"));

    private static IEnumerable<Option> Missing(ParseResult given) =>
        OptionsOf(given).Where(option => given.GetResult(option) is null or { Implicit: true });

    private static string Shown(ParseResult result, Option option)
    {
        string? value = result.GetResult(option) is { Tokens.Count: > 0 } found
            ? string.Join(' ', found.Tokens.Select(static token => token.Value))
            : DefaultOf(option);
        bool isSecret = option.Name.Contains("mnemonic", StringComparison.Ordinal)
            || option.Name.Contains("secret", StringComparison.Ordinal)
            || option.Name.Contains("password", StringComparison.Ordinal);
        return isSecret && value is not null ? "(hidden)" : value ?? "";
    }

    private static string? DefaultOf(Option option) => !option.HasDefaultValue
        ? null
        : option.GetDefaultValue() is System.Collections.IEnumerable many and not string
            ? string.Join(' ', many.Cast<object>())
            : option.GetDefaultValue()?.ToString();

    private IEnumerable<string> From(Option option, JsonDocument? file)
    {
        if (environment(VariableOf(option)) is { Length: > 0 } variable)
        {
            _sources[option] = VariableOf(option);
            return [option.Name, variable];
        }

        if (file?.RootElement.ValueKind != JsonValueKind.Object
            || !file.RootElement.TryGetProperty(option.Name[2..], out JsonElement value))
        {
            return [];
        }

        _sources[option] = "file";
        return value.ValueKind switch
        {
            JsonValueKind.Array => value.EnumerateArray().SelectMany(one => (string[])[option.Name, TextOf(one)]),
            JsonValueKind.Null => [],
            _ => [option.Name, TextOf(value)],
        };
    }

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => value.GetRawText(),
    };
}
