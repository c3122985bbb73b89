using System.Text.Json;

namespace Koinon.ScenarioTests;

/// <summary>Unmodified <c>cast</c> and <c>forge script --broadcast</c>.</summary>
[Trait("needs", "node")]
public sealed class FoundryTests : IDisposable
{
    private const string Alice = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
    private const string AliceKey = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
    private const string Bob = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

    private readonly string _project = Directory.CreateTempSubdirectory("koinon-forge-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_project, recursive: true);

    [Fact]
    public async Task Forge_ThatBroadcastsAScript_DeploysAndCastReadsIt()
    {
        await using RunningProgram program = await RunningProgram.StartDevAsync(Cancellation);
        WriteProject();
        string forge = NodeScript.Command("@foundry-rs/forge-linux-amd64", "forge");
        string[] script =
        [
            "script", "script/Deploy.s.sol", "--rpc-url", program.Url.ToString(), "--broadcast",
            "--private-key", AliceKey,
        ];
        string output = await NodeScript.RunAsync(forge, script, _project, Cancellation);

        // The address of Alice's first contract: Keccak-256 of the RLP of (Alice, 0), known to every tool.
        const string Vault = "0x5FbDB2315678afecb367f032d93F642f64180aa3";
        Assert.Contains("ONCHAIN EXECUTION COMPLETE & SUCCESSFUL", output);
        Assert.Contains(Vault, output);
        Assert.Equal("\"forge\"", await CastAsync(program, "call", Vault, "name()(string)"));
        Assert.Equal("1005", await CastAsync(program, "balance", Vault));
        Assert.Equal("1005", await CastAsync(program, "call", Vault, "balanceOf(address)(uint256)", Alice));
        Assert.Equal("2", await CastAsync(program, "nonce", Alice));
        JsonElement run = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(
            Path.Combine(_project, "broadcast", "Deploy.s.sol", "31337", "run-latest.json"), Cancellation));
        Assert.All(run.GetProperty("receipts").EnumerateArray(), static receipt =>
            Assert.Equal("0x1", receipt.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Cast_ThatSendsAndReads_SeesTheChain()
    {
        await using RunningProgram program = await RunningProgram.StartDevAsync(Cancellation);

        string sent = await CastAsync(
            program, "send", Bob, "--value", "3", "--private-key", AliceKey, "--json");
        JsonElement receipt = JsonSerializer.Deserialize<JsonElement>(sent);

        Assert.Equal("0x1", receipt.GetProperty("status").GetString());
        string hash = receipt.GetProperty("transactionHash").GetString()!;
        Assert.Equal("1", await CastAsync(program, "block-number"));
        Assert.Equal("31337", await CastAsync(program, "chain-id"));
        Assert.Equal("10000000000000000000003", await CastAsync(program, "balance", Bob));
        Assert.Contains(hash, await CastAsync(program, "tx", hash));
        Assert.Contains("gasUsed", await CastAsync(program, "receipt", hash));
        Assert.Contains(hash, await CastAsync(program, "block", "latest"));
        Assert.Equal("21000", await CastAsync(program, "estimate", Bob, "--value", "1", "--from", Alice));
        Assert.StartsWith("0x02", await CastAsync(program, "tx", hash, "--raw"));
        Assert.Equal("0x", await CastAsync(program, "code", Bob));
        Assert.Contains("anvil/v", await CastAsync(program, "client"));
        Assert.Equal("\"0x7a69\"", await CastAsync(program, "rpc", "eth_chainId"));
    }

    private static async Task<string> CastAsync(RunningProgram program, params string[] arguments)
    {
        string cast = NodeScript.Command("@foundry-rs/cast-linux-amd64", "cast");
        string output = await NodeScript.RunAsync(
            cast, [.. arguments, "--rpc-url", program.Url.ToString()], NodeScript.Folder, Cancellation);
        return output.Trim();
    }

    private void WriteProject()
    {
        Directory.CreateDirectory(Path.Combine(_project, "src"));
        Directory.CreateDirectory(Path.Combine(_project, "script"));
        File.Copy(NodeScript.Contract, Path.Combine(_project, "src", "Vault.sol"));
        string script = Path.Combine(Path.GetDirectoryName(NodeScript.Contract)!, "Deploy.s.sol");
        File.Copy(script, Path.Combine(_project, "script", "Deploy.s.sol"));
        File.WriteAllText(
            Path.Combine(_project, "foundry.toml"),
            $"""
            [profile.default]
            src = "src"
            script = "script"
            solc = "{Path.Combine(NodeScript.Folder, "solc-command.mjs")}"
            offline = true

            """);
    }
}
