using Koinon.Cli.Commands;
using Koinon.Cli.Reference;

namespace Koinon.Cli.Tests.Reference;

public sealed class CommandLinePageTests
{
    private const string Update = "KOINON_UPDATE_PAGES";

    [Fact]
    public void Page_OfTheCommandLine_IsTheOneInDocs()
    {
        string page = CommandLinePage.Write(KoinonCommand.Create());
        string path = Path.Combine(Root(), "docs", "command-line.md");
        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            File.WriteAllText(path, page);
        }

        Assert.True(
            File.Exists(path) && File.ReadAllText(path) == page,
            $"docs/command-line.md is not what the options say: run this test once with {Update}=1.");
    }

    // Complaint 5: switches that nobody documented.
    [Fact]
    public void Page_OfTheCommandLine_DescribesEveryVerbAndOption()
    {
        string page = CommandLinePage.Write(KoinonCommand.Create());

        Assert.Contains("## `koinon dev`", page);
        Assert.Contains("`-p, --port PORT`", page);
        Assert.DoesNotContain("||", page);
        Assert.DoesNotContain("|  |  |", page);
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Koinon.slnx")))
        {
            folder = folder.Parent;
        }

        return folder!.FullName;
    }
}
