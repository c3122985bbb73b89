namespace Koinon.ScenarioTests;

/// <summary>
/// A project of unmodified Hardhat 2 (ethers, chai matchers, network helpers; npm's solc) whose tests run against the
/// program as an external network, in both of its manners.
/// </summary>
[Trait("needs", "node")]
public sealed class HardhatTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("anvil")]
    [InlineData("hardhat")]
    public async Task Project_OnTheProgram_PassesItsTests(string manner)
    {
        await using RunningProgram program = await RunningProgram.StartAsync(
            ["dev", "--port", "0", "--compat", manner], Cancellation);
        string folder = Path.Combine(NodeScript.Folder, "hardhat");

        string output = await NodeScript.RunAsync(
            "env",
            [
                $"KOINON_URL={program.Url}", $"KOINON_COMPAT={manner}",
                "node", "node_modules/hardhat/internal/cli/bootstrap.js", "test", "--network", "koinon",
            ],
            folder,
            Cancellation);

        Assert.Contains(" passing", output);
        Assert.DoesNotContain(" failing", output);
        Assert.DoesNotContain(" pending", output);
    }
}
