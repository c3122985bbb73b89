using System.CommandLine;

namespace Koinon.Cli.Tests;

public sealed class ParseFaultsTests
{
    private readonly Option<int> _port = new("--port", "-p");
    private readonly Option<ulong?> _from = new("--from");
    private readonly Option<DayOfWeek> _day = new("--day");
    private readonly Option<string> _directory = new("--datadir") { Required = true };

    [Theory]
    [InlineData("run --datadir x --port abc", "koinon run: --port abc is not a whole number up to 2147483647")]
    [InlineData("run --datadir x --from -1", "koinon run: --from -1 is not a whole number from 0 on")]
    [InlineData("run --datadir x --port", "koinon run: --port needs a value")]
    [InlineData("run --datadir x --prot 7", "koinon run: --prot is not known; --port is")]
    [InlineData("run --datadir x --nonsense", "koinon run: --nonsense is not known\n")]
    [InlineData("rnu", "koinon: rnu is not known; run is")]
    [InlineData("run", "koinon run: --datadir is required")]
    [InlineData("run --datadir x --day someday", "koinon run: --day someday is not known: sunday, monday")]
    public void Fault_OfACommandLine_IsALineThatNamesIt(string line, string expected)
    {
        string said = Say(line);

        Assert.Contains(expected, said.ReplaceLineEndings("\n"));
        Assert.Contains("--help' shows what it takes", said);
        Assert.DoesNotContain("System.", said);
    }

    [Fact]
    public void Fault_OfAValueFromElsewhere_SaysFromWhere() =>
        Assert.Contains("--port abc (from KOINON_PORT) is not", Say("run --datadir x --port abc", "KOINON_PORT"));

    private string Say(string line, string? source = null)
    {
        Command run = new("run") { _port, _from, _day, _directory };
        run.SetAction(static _ => 0);
        RootCommand root = [run];
        using StringWriter output = new();
        new ParseFaults(option => option == _port ? source : null).Write(root.Parse(line), output);
        return output.ToString();
    }
}
