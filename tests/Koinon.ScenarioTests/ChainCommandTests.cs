namespace Koinon.ScenarioTests;

/// <summary>The verbs of chains on disk as processes: what they say when something does not fit.</summary>
public sealed class ChainCommandTests : IDisposable
{
    private const string OtherGenesis = """
        {"config":{"chainId":7,"homesteadBlock":0,"eip150Block":0,"eip155Block":0,"eip158Block":0,"byzantiumBlock":0,
        "constantinopleBlock":0,"petersburgBlock":0,"istanbulBlock":0,"berlinBlock":0,"londonBlock":0,
        "terminalTotalDifficulty":0},"difficulty":"0x0","gasLimit":"0x1c9c380","alloc":{}}
        """;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("koinon-verbs-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Data => PathOf("data");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Verbs_OnADirectoryInUse_NameTheProcess()
    {
        await using RunningProgram node = await StartNodeAsync();

        foreach (string[] verb in (string[][])[["db", "verify"], ["db", "prune"], ["node", "--port", "0"]])
        {
            (int exitCode, string error) = await RunningProgram.RunAsync([.. verb, "--datadir", Data], Cancellation);
            Assert.Equal(1, exitCode);
            Assert.Contains($"in use by process {node.ProcessId}", error, StringComparison.Ordinal);
            Assert.Contains("--datadir", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Verbs_ThatOnlyRead_DoNotNeedTheDirectoryForThemselves()
    {
        string[] dev = ["dev", "--port", "0", "--quiet", "--datadir", Data];
        await using RunningProgram program = await RunningProgram.StartAsync(dev, Cancellation);
        using HttpClient client = new() { BaseAddress = program.Url };
        await client.PostAsync((Uri?)null, new StringContent("""{"id":1,"method":"evm_mine"}"""), Cancellation);

        foreach (string[] verb in (string[][])
            [["db", "stats"], ["db", "export", PathOf("chain.koinon")], ["export", PathOf("chain.rlp")]])
        {
            (int exitCode, string error) = await RunningProgram.RunAsync([.. verb, "--datadir", Data], Cancellation);
            Assert.True(exitCode == 0, error);
        }

        await client.PostAsync((Uri?)null, new StringContent("""{"id":1,"method":"evm_mine"}"""), Cancellation);
        string copy = PathOf("copy");
        Assert.Equal(0, (await RunningProgram.RunAsync(
            ["db", "import", PathOf("chain.koinon"), "--datadir", copy], Cancellation)).ExitCode);
        Assert.Equal(
            0, (await RunningProgram.RunAsync(["db", "verify", "--datadir", copy], Cancellation)).ExitCode);
        Assert.NotEqual(0, new FileInfo(PathOf("chain.rlp")).Length);
    }

    [Fact]
    public async Task Node_WithAnotherGenesis_IsRefused()
    {
        await using (RunningProgram node = await StartNodeAsync())
        {
            Assert.Equal(0, await node.TerminateAsync(Cancellation));
        }

        string other = Write("other.json", OtherGenesis.Replace("0x1c9c380", "0x1c9c381", StringComparison.Ordinal));
        (int exitCode, string error) = await RunningProgram.RunAsync(
            ["node", "--port", "0", "--genesis", other, "--datadir", Data], Cancellation);

        Assert.Equal(1, exitCode);
        Assert.Contains("holds the chain of genesis 0x", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Node_OnATakenPort_SaysSoAndWhatToDo()
    {
        await using RunningProgram node = await StartNodeAsync();

        string genesis = Write("again.json", OtherGenesis);
        (int exitCode, string error) = await RunningProgram.RunAsync(
            ["node", "--port", $"{node.Url.Port}", "--genesis", genesis, "--datadir", PathOf("second")], Cancellation);

        Assert.Equal(1, exitCode);
        Assert.Contains($"{node.Url.Port} is in use", error, StringComparison.Ordinal);
        Assert.Contains("--port", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Node_WithoutAGenesis_AsksForOne()
    {
        (int exitCode, string error) =
            await RunningProgram.RunAsync(["node", "--port", "0", "--datadir", Data], Cancellation);

        Assert.Equal(1, exitCode);
        Assert.Contains("--genesis", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--history", "some")]
    [InlineData("--durability", "most")]
    [InlineData("--seal", "wax")]
    public async Task Node_WithAnOptionItCannotUse_NamesIt(string option, string value)
    {
        (int exitCode, string error) = await RunningProgram.RunAsync(
            ["node", "--port", "0", "--datadir", Data, option, value], Cancellation);

        Assert.Equal(2, exitCode);
        Assert.Contains(value, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_OfWhatIsNoChain_SaysSo()
    {
        string genesis = Write("genesis.json", OtherGenesis);
        (int exitCode, string error) = await RunningProgram.RunAsync(
            ["import", "--genesis", genesis, "--datadir", Data, Write("text.rlp", "hello")], Cancellation);
        Assert.Equal(1, exitCode);
        Assert.Contains("no block begins with", error, StringComparison.Ordinal);

        (exitCode, error) = await RunningProgram.RunAsync(
            ["import", "--genesis", genesis, "--datadir", Data, PathOf("nothing.rlp")], Cancellation);
        Assert.Equal(2, exitCode);
        Assert.Contains("nothing.rlp", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Account_MadeAndTakenIn_LiesInAFileForItsOwnerAlone()
    {
        string password = Write("password", "secret"), keys = PathOf("keys");
        string key = Write("key", "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");
        string[] where = ["--keystore", keys, "--password-file", password, "--light"];

        Assert.Equal(0, (await RunningProgram.RunAsync(["account", "new", .. where], Cancellation)).ExitCode);
        Assert.Equal(0, (await RunningProgram.RunAsync(["account", "import", key, .. where], Cancellation)).ExitCode);
        (int exitCode, string error) =
            await RunningProgram.RunAsync(["account", "import", key, .. where], Cancellation);

        Assert.Equal(1, exitCode);
        Assert.Contains("is there already", error, StringComparison.Ordinal);
        string[] files = Directory.GetFiles(keys);
        Assert.Equal(2, files.Length);
        Assert.Contains(
            files, static file => file.EndsWith("f39fd6e51aad88f6f4ce6ab8827279cfffb92266", StringComparison.Ordinal));
        if (OperatingSystem.IsWindows()) return; // It has no modes.

        foreach (string file in files)
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    private Task<RunningProgram> StartNodeAsync() => RunningProgram.StartAsync(
        ["node", "--port", "0", "--genesis", Write("genesis.json", OtherGenesis), "--datadir", Data], Cancellation);

    private string PathOf(string name) => Path.Combine(_directory.FullName, name);

    private string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }
}
