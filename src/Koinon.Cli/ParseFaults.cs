using System.CommandLine;
using System.CommandLine.Parsing;

namespace Koinon.Cli;

/// <summary>Says what is wrong with a command line: a line for each fault, and where to look further.</summary>
/// <param name="sourceOf">Where an option's value came from, where it was not the command line.</param>
internal sealed class ParseFaults(Func<Option, string?> sourceOf)
{
    /// <summary>How many letters may be wrong in a name that was meant.</summary>
    private const int SlipsMax = 2;

    /// <summary>Writes the faults.</summary>
    public void Write(ParseResult parsed, TextWriter output)
    {
        string verb = NameOf(parsed.CommandResult);
        foreach (string fault in parsed.Errors.Select(error => TextOf(parsed, error)).Distinct())
        {
            output.WriteLine($"{verb}: {fault}");
        }

        output.WriteLine($"'{verb} --help' shows what it takes");
    }

    private static string NameOf(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{NameOf(parent)} {command.Command.Name}" : "koinon";

    private string TextOf(ParseResult parsed, ParseError error)
    {
        if (parsed.UnmatchedTokens.FirstOrDefault(token => error.Message.Contains($"'{token}'")) is { } unknown)
        {
            return $"{unknown} is not known{MeantBy(parsed.CommandResult.Command, unknown)}";
        }

        if (error.SymbolResult is not OptionResult { Option: { } option } result)
        {
            return error.Message.TrimEnd('.');
        }

        string source = sourceOf(option) is { } from ? $" (from {from})" : "";
        return result.IdentifierTokenCount == 0 && result.Implicit ? $"{option.Name} is required"
            : result.Tokens.Count == 0 ? $"{option.Name} needs a value"
            : error.Message.StartsWith("Cannot parse", StringComparison.Ordinal)
                ? $"{option.Name} {result.Tokens[^1].Value}{source} is not {KindOf(option)}"
            : error.Message.TrimEnd('.') + source;
    }

    private static string KindOf(Option option)
    {
        Type type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
        return type.IsEnum ? $"known: {string.Join(", ", Enum.GetNames(type)).ToLowerInvariant()}"
            : type == typeof(int) ? "a whole number up to 2147483647"
            : type == typeof(ulong) || type == typeof(long) ? "a whole number from 0 on"
            : type == typeof(decimal) || type == typeof(double) ? "a number"
            : type == typeof(bool) ? "true or false"
            : "a value it takes";
    }

    private static string MeantBy(Command command, string unknown)
    {
        IEnumerable<string> names = unknown.StartsWith('-')
            ? command.Options.SelectMany(static option => (string[])[option.Name, .. option.Aliases])
            : command.Subcommands.Select(static verb => verb.Name);
        string? meant = names.MinBy(name => Distance(name, unknown));
        return meant is not null && Distance(meant, unknown) <= SlipsMax ? $"; {meant} is" : "";
    }

    /// <summary>How many letters must be changed, added or taken away to make one name of another.</summary>
    private static int Distance(string left, string right)
    {
        int[] above = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int[] row = new int[right.Length + 1];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int change = above[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                row[j] = Math.Min(change, Math.Min(above[j], row[j - 1]) + 1);
            }

            above = row;
        }

        return above[right.Length];
    }
}
