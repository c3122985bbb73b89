using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using System.Text;

namespace Koinon.Cli.Reference;

/// <summary>
/// Writes the page about the command line from the command line itself: one source for help and page.
/// </summary>
internal static class CommandLinePage
{
    /// <summary>The page in Markdown.</summary>
    /// <param name="root">The root command; what is hidden stays out.</param>
    public static string Write(RootCommand root)
    {
        StringBuilder page = new();
        page.Append("# The command line\n\n");
        page.Append("Made from the program's own options; `koinon VERB --help` says the same.\n");
        foreach (Command verb in Visible(root.Subcommands))
        {
            Write(page, verb, "koinon", depth: 2);
        }

        return page.ToString();
    }

    private static void Write(StringBuilder page, Command command, string path, int depth)
    {
        string name = $"{path} {command.Name}";
        page.Append(CultureInfo.InvariantCulture, $"\n{new string('#', depth)} `{name}{Arguments(command)}`\n\n");
        WriteDescription(page, command.Description ?? "");
        List<(string, string, string)> rows = [];
        foreach (Argument argument in command.Arguments.Where(static argument => !argument.Hidden))
        {
            rows.Add(($"`{NameOf(argument)}`", Cell(argument.Description), ""));
        }

        foreach (Option option in command.Options.Where(static option => !option.Hidden && option is not HelpOption))
        {
            string names = string.Join(", ", option.Aliases.Append(option.Name).Order(new ByLength()));
            rows.Add(($"`{Cell(names + ValueOf(option))}`", Cell(option.Description), DefaultOf(option)));
        }

        if (rows.Count > 0)
        {
            page.Append("\n| option | meaning | default |\n|---|---|---|\n");
            foreach ((string option, string meaning, string value) in rows)
            {
                page.Append(CultureInfo.InvariantCulture, $"| {option} | {meaning} | {value} |\n");
            }
        }

        foreach (Command verb in Visible(command.Subcommands))
        {
            Write(page, verb, name, depth + 1);
        }
    }

    /// <summary>Writes a description; what is indented in it, as examples are, becomes a block of code.</summary>
    private static void WriteDescription(StringBuilder page, string description)
    {
        bool isCode = false;
        foreach (string line in description.ReplaceLineEndings("\n").Split('\n'))
        {
            bool isIndented = line.StartsWith("  ", StringComparison.Ordinal);
            if (isIndented != isCode)
            {
                page.Append(isIndented ? "\n```text\n" : "```\n");
                isCode = isIndented;
            }

            page.Append(isIndented ? line[2..] : line).Append('\n');
        }

        page.Append(isCode ? "```\n" : "");
    }

    private static IEnumerable<Command> Visible(IEnumerable<Command> commands) =>
        commands
            .Where(static command => !command.Hidden)
            .OrderBy(static command => command.Name, StringComparer.Ordinal);

    private static string Arguments(Command command) =>
        string.Concat(command.Arguments.Where(static argument => !argument.Hidden).Select(static argument =>
            argument.Arity.MinimumNumberOfValues == 0 ? $" [{NameOf(argument)}]" : $" {NameOf(argument)}"));

    private static string NameOf(Argument argument) =>
        argument.Arity.MaximumNumberOfValues > 1
            ? argument.Name.ToUpperInvariant() + "..."
            : argument.Name.ToUpperInvariant();

    private static string ValueOf(Option option)
    {
        bool isSwitch = option.ValueType == typeof(bool) || option.Arity.MaximumNumberOfValues == 0;
        string name = option.HelpName ?? option.Name.TrimStart('-').ToUpperInvariant();
        return isSwitch ? "" : option.Arity.MinimumNumberOfValues == 0 ? $" [{name}]" : $" {name}";
    }

    private static string DefaultOf(Option option)
    {
        if (!option.HasDefaultValue || option.ValueType == typeof(bool))
        {
            return "";
        }

        object? value = option.GetDefaultValue();
        string? text = value is System.Collections.IEnumerable items and not string
            ? string.Join(", ", items.Cast<object>())
            : Convert.ToString(value, CultureInfo.InvariantCulture);
        return string.IsNullOrEmpty(text) ? "" : $"`{Cell(text)}`";
    }

    private static string Cell(string? text) =>
        (text ?? "").Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");

    /// <summary>Short forms first.</summary>
    private sealed class ByLength : IComparer<string>
    {
        public int Compare(string? left, string? right) =>
            left!.Length != right!.Length
                ? left.Length.CompareTo(right.Length)
                : string.CompareOrdinal(left, right);
    }
}
