using System.Net;
using System.Text;
using System.Text.Json;

namespace Koinon.ScenarioTests;

/// <summary>The program as a process: its banner, wrong input over HTTP, its end.</summary>
public sealed class DevCommandTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dev_WhenItStarts_ShowsAccountsAndKeysAsAnvilDoes()
    {
        await using RunningProgram program = await RunningProgram.StartDevAsync(Cancellation);

        string[] sections = ["Available Accounts", "Private Keys", "Wallet", "Chain ID", "Base Fee", "Gas Limit"];
        Assert.Equal(sections, program.Banner.Where(sections.Contains));
        Assert.Contains(
            "(0) 0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266 (10000.000000000000000000 ETH)", program.Banner);
        Assert.Contains(
            "(0) 0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80", program.Banner);
        Assert.Equal(10, program.Banner.Count(static line => line.EndsWith(" ETH)", StringComparison.Ordinal)));
        Assert.NotEqual(0, program.Url.Port);
    }

    [Theory]
    [InlineData("{\"jsonrpc\":", "-32700")]
    [InlineData("[]", "-32600")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_noSuchMethod\"}", "-32601")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_getBalance\",\"params\":[\"0x12\"]}", "-32602")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_sendRawTransaction\",\"params\":[\"0xc0\"]}", "-32602")]
    public async Task Dev_AskedWrongly_AnswersTheCodeAndGoesOn(string body, string code)
    {
        await using RunningProgram program = await RunningProgram.StartDevAsync(Cancellation);

        Assert.Contains($"\"code\":{code}", await AskAsync(program, body));
        Assert.Contains("\"0x7a69\"", await AskAsync(program, """{"id":1,"method":"eth_chainId"}"""));
    }

    [Fact]
    public async Task Dev_AskedABatch_AnswersInOrder()
    {
        await using RunningProgram program = await RunningProgram.StartDevAsync(Cancellation);

        string answer = await AskAsync(
            program,
            """[{"id":"a","method":"eth_chainId"},{"method":"net_version"},{"id":2,"method":"net_version"}]""");

        JsonElement[] answers = [.. JsonSerializer.Deserialize<JsonElement>(answer).EnumerateArray()];
        Assert.Equal(2, answers.Length);
        Assert.Equal("a", answers[0].GetProperty("id").GetString());
        Assert.Equal("31337", answers[1].GetProperty("result").GetString());
    }

    [Fact]
    public async Task Dev_AskedTooMuch_RefusesWithTheLimit()
    {
        await using RunningProgram program = await RunningProgram.StartDevAsync(Cancellation);
        using HttpClient client = new();
        using StringContent body = new(new string(' ', 6_000_000), Encoding.UTF8, "application/json");

        using HttpResponseMessage response = await client.PostAsync(program.Url, body, Cancellation);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Dev_OnATakenPort_SaysSoAndWhatToDo()
    {
        await using RunningProgram program = await RunningProgram.StartDevAsync(Cancellation);

        string port = $"{program.Url.Port}";
        (int exitCode, string error) = await RunningProgram.RunAsync(["dev", "--port", port], Cancellation);

        Assert.Equal(1, exitCode);
        Assert.Contains($"127.0.0.1:{port} is in use", error);
        Assert.Contains("--port", error);
    }

    [Theory]
    [InlineData("--mnemonic", "not words of the list")]
    [InlineData("--accounts", "-1")]
    [InlineData("--port", "70000")]
    [InlineData("--port", "many")]
    [InlineData("--host", "nowhere")]
    public async Task Dev_WithAnOptionItCannotUse_NamesIt(string option, string value)
    {
        (int exitCode, string error) = await RunningProgram.RunAsync(["dev", option, value], Cancellation);

        Assert.Equal(2, exitCode);
        Assert.Contains(option.TrimStart('-'), error);
    }

    [Fact]
    public async Task Dev_AskedToTerminate_EndsInOrder()
    {
        await using RunningProgram program = await RunningProgram.StartDevAsync(Cancellation);

        Assert.Equal(0, await program.TerminateAsync(Cancellation));
    }

    private static async Task<string> AskAsync(RunningProgram program, string json)
    {
        using HttpClient client = new();
        using StringContent body = new(json, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await client.PostAsync(program.Url, body, Cancellation);
        return await response.Content.ReadAsStringAsync(Cancellation);
    }
}
