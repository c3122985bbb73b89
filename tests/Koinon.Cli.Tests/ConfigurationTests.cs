using System.CommandLine;

namespace Koinon.Cli.Tests;

public sealed class ConfigurationTests
{
    private readonly Option<int> _port = new("--port", "-p") { DefaultValueFactory = static _ => 1 };
    private readonly Option<bool> _quiet = new("--quiet");
    private readonly Option<string[]> _names = new("--http-hosts") { DefaultValueFactory = static _ => [] };

    [Fact]
    public void Option_OnTheCommandLine_Wins()
    {
        (ParseResult result, string shown) = Read(["dev", "-p", "7"], "8", """{"port":9}""");
        Assert.Equal(7, result.GetValue(_port));
        Assert.Contains("port = 7  (command line)", shown);
    }

    [Fact]
    public void Option_OfTheEnvironment_WinsOverTheFile()
    {
        (ParseResult result, string shown) = Read(["dev"], "8", """{"port":9}""");
        Assert.Equal(8, result.GetValue(_port));
        Assert.Contains("port = 8  (KOINON_PORT)", shown);
    }

    [Fact]
    public void Option_OfTheFile_WinsOverTheDefault()
    {
        (ParseResult result, string shown) =
            Read(["dev"], null, """{"port":9,"quiet":true,"http-hosts":["one","two"]}""");
        Assert.Equal(9, result.GetValue(_port));
        Assert.True(result.GetValue(_quiet));
        Assert.Equal(["one", "two"], result.GetValue(_names)!);
        Assert.Contains("port = 9  (file)", shown);
    }

    [Fact]
    public void Option_FromNowhere_IsItsDefault()
    {
        (ParseResult result, string shown) = Read(["dev"], null, "{}");
        Assert.Equal(1, result.GetValue(_port));
        Assert.Contains("port = 1  (default)", shown);
    }

    [Fact]
    public void File_ThatIsNoJson_IsNamed()
    {
        (_, string shown) = Read(["dev"], null, "port: 9");
        Assert.Contains("cannot be read", shown);
    }

    [Theory]
    [InlineData("""{"prot":9}""", "\"prot\" is no option")]
    [InlineData("[1]", "an object with options is expected")]
    public void File_ThatIsNotUnderstood_SaysWhatIsWrong(string file, string expected)
    {
        (_, string shown) = Read(["dev"], null, file);
        Assert.Contains(expected, shown);
    }

    private (ParseResult Result, string Shown) Read(string[] arguments, string? port, string file)
    {
        Command dev = new("dev") { _port, _quiet, _names };
        dev.SetAction(static _ => 0);
        Configuration configuration = new([dev], name => name == "KOINON_PORT" ? port : null);
        configuration.AddOptions();
        string path = Path.GetTempFileName();
        File.WriteAllText(path, file);
        string[] all = [.. arguments, "--config", path, "--show-config"];
        ParseResult result = configuration.Read(all, out string? error);
        using StringWriter output = new();
        if (error is null)
        {
            configuration.TryShow(result, all, output);
        }

        File.Delete(path);
        return (result, error ?? output.ToString());
    }
}
