using System.Text;
using System.Text.Json;

namespace Koinon.Node.Tests.Development;

/// <summary>Where a development chain begins: its number and the fork whose rules hold.</summary>
public sealed class DevelopmentGenesisTests
{
    // Complaint 42: the safe and finalized blocks of a chain that does not begin at 0.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Number_OfTheGenesis_IsWhereTheChainBegins(bool isInFile)
    {
        byte[] file = Encoding.UTF8.GetBytes("""
            {"config":{"chainId":31337,"homesteadBlock":0,"eip150Block":0,"eip155Block":0,"eip158Block":0,
            "byzantiumBlock":0,"constantinopleBlock":0,"petersburgBlock":0,"istanbulBlock":0,"berlinBlock":0,
            "londonBlock":0},"number":"0x64","gasLimit":"0x1c9c380","difficulty":"0x0","timestamp":"0x5","alloc":{}}
            """);
        await using RunningChain chain = await RunningChain.StartAsync(options => isInFile
            ? options with { Genesis = file }
            : options with { GenesisNumber = 100 });

        Assert.Equal(100, await chain.NumberAsync());
        await chain.AskAsync("eth_sendTransaction", RunningChain.Send(RunningChain.Alice, RunningChain.Bob));

        Assert.Equal(101, await chain.NumberAsync());
        Assert.Equal("0x64", await NumberOfAsync(chain, "finalized"));
        Assert.Equal("0x64", await NumberOfAsync(chain, "safe"));
        Assert.Equal(JsonValueKind.Null, (await chain.AskAsync("eth_getBlockByNumber", "0x63", false)).ValueKind);
    }

    [Theory]
    [InlineData("dao", "Homestead")]
    [InlineData("tangerineWhistle", "EIP150")]
    [InlineData("spuriousDragon", "EIP158")]
    [InlineData("petersburg", "ConstantinopleFix")]
    [InlineData("muirGlacier", "Istanbul")]
    [InlineData("arrowGlacier", "London")]
    [InlineData("grayGlacier", "London")]
    [InlineData("merge", "Paris")]
    [InlineData("shanghai", "Shanghai")]
    [InlineData("bpo2", "Osaka")]
    public async Task Hardfork_ByTheNamesOfAnvilAndHardhat_IsTheirs(string asked, string name)
    {
        await using RunningChain chain = await RunningChain.StartAsync(options => options with { Hardfork = asked });

        await chain.AskAsync("eth_sendTransaction", RunningChain.Send(RunningChain.Alice, RunningChain.Bob));

        Assert.Equal(name, (await chain.AskAsync("anvil_nodeInfo")).GetProperty("hardFork").GetString());
        Assert.Equal(1, await chain.NumberAsync());
    }

    private static async Task<string> NumberOfAsync(RunningChain chain, string tag) =>
        (await chain.AskAsync("eth_getBlockByNumber", tag, false)).GetProperty("number").GetString()!;
}
