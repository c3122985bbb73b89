using System.Text.Json;

namespace Koinon.ScenarioTests;

/// <summary>Unmodified viem over HTTP and WebSocket, with its test client in the manner of anvil.</summary>
[Trait("needs", "node")]
public sealed class ViemWalkTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Walk_OfViem_SeesWhatTheRulesDemand()
    {
        await using RunningProgram program = await RunningProgram.StartDevAsync(Cancellation);

        JsonElement saw = await NodeScript.WalkAsync("viem.mjs", program.Url, Cancellation);

        Assert.Equal(31337, Number(saw, "chainId"));
        Assert.Equal("eip1559", Text(saw, "ownType"));
        Assert.Equal("success", Text(saw, "ownStatus"));
        Assert.Equal("viem", Text(saw, "name"));
        Assert.Equal("success", Text(saw, "deposit"));
        Assert.Equal(["Deposited"], Texts(saw, "events"));
        ShouldHaveFailed(saw, "tooMuch", "TooMuch", ["71", "70"]);
        ShouldHaveFailed(saw, "panic", "Panic", ["18"]);
        Assert.Equal(3, Number(saw, "fees"));
        Assert.True(saw.GetProperty("proof").GetBoolean());
        Assert.Equal(["2", "3", "4"], Texts(saw, "heads").TakeLast(3));
        Assert.Equal(["by viem"], Texts(saw, "notes"));
    }

    [Fact]
    public async Task Walk_OfViemsTestActions_ControlsTheChain()
    {
        await using RunningProgram program = await RunningProgram.StartDevAsync(Cancellation);

        JsonElement saw = await NodeScript.WalkAsync("viem.mjs", program.Url, Cancellation);

        Assert.Equal("7000000000000000000", Text(saw, "balanceSet"));
        Assert.True(saw.GetProperty("jump").GetBoolean());
        Assert.Equal("string", Text(saw, "impersonated"));
        Assert.Equal(1, Number(saw, "pool"));
        Assert.Equal(0, Number(saw, "poolAfterDrop"));
        Assert.Equal("4", Text(saw, "headReverted"));
        Assert.True(saw.GetProperty("balanceReverted").GetBoolean());
        Assert.Equal("0", Text(saw, "headReset"));
        Assert.Equal("viem", Text(saw, "nameLoaded"));
    }

    private static void ShouldHaveFailed(JsonElement saw, string what, string name, string[] arguments)
    {
        Assert.Equal(name, Text(saw.GetProperty(what), "name"));
        Assert.Equal(arguments, Texts(saw.GetProperty(what), "arguments"));
    }

    private static string? Text(JsonElement saw, string name) => saw.GetProperty(name).GetString();

    private static int Number(JsonElement saw, string name) => saw.GetProperty(name).GetInt32();

    private static string[] Texts(JsonElement saw, string name) => saw.GetProperty(name).Deserialize<string[]>()!;
}
