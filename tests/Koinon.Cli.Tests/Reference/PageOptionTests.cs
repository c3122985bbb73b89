using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Koinon.Cli.Commands;

namespace Koinon.Cli.Tests.Reference;

/// <summary>The pages name options that the program has, and lines of commands that it takes.</summary>
public sealed partial class PageOptionTests
{
    private static readonly RootCommand Root = Create();

    /// <summary>Options of other programs that the pages speak of.</summary>
    private static readonly string[] Foreign = ["--soak", "--quick", "--network", "--trace", "--broadcast", "--cov"];

    [Fact]
    public void Options_OfEveryPage_AreThere()
    {
        HashSet<string> known = [.. NamesOf(Root), .. Foreign];
        IEnumerable<string> unknown =
            from page in Pages()
            from Match name in OptionName().Matches(File.ReadAllText(page))
            where !known.Contains(name.Value)
            select $"{Path.GetFileName(page)}: {name.Value}";

        Assert.Empty(unknown.Distinct());
    }

    [Fact]
    public void Commands_OfEveryPage_AreTaken()
    {
        IEnumerable<string> wrong =
            from page in Pages()
            from Match line in CommandLine().Matches(File.ReadAllText(page))
            let command = line.Groups[1].Value.TrimEnd()
            let errors = Root.Parse(command).Errors
            where errors.Count > 0
            select $"{Path.GetFileName(page)}: {command}: {errors[0].Message}";

        Assert.Empty(wrong.Distinct());
    }

    private static RootCommand Create()
    {
        RootCommand root = KoinonCommand.Create();
        new Configuration(root, static _ => null).AddOptions();
        return root;
    }

    private static IEnumerable<string> Pages([CallerFilePath] string here = "")
    {
        string root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));
        return [Path.Combine(root, "README.md"), .. Directory.EnumerateFiles(Path.Combine(root, "docs"), "*.md")];
    }

    private static IEnumerable<string> NamesOf(Command command) =>
        command.Options.SelectMany(static option => (string[])[option.Name, .. option.Aliases])
            .Concat(command.Subcommands.SelectMany(NamesOf));

    [GeneratedRegex(@"(?<![\w-])--[a-z][a-zA-Z0-9.-]*[a-zA-Z0-9]")]
    private static partial Regex OptionName();

    /// <summary>A line of a block: the program, a verb, up to what explains it.</summary>
    [GeneratedRegex(@"^(?:\$ )?(?:\./)?koinon ((?:dev|node|import|export|db|account|evm)\b.*?)(?:  .*| #.*| &)?$",
        RegexOptions.Multiline)]
    private static partial Regex CommandLine();
}
