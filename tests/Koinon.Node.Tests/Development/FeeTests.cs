using System.Text.Json;
using Koinon.Rpc.Development.Manners;

namespace Koinon.Node.Tests.Development;

/// <summary>
/// What the first blocks ask: in anvil the fee that is named is the first block's, in Hardhat the genesis's. Both
/// follow EIP-1559 from the genesis on, so that any node takes the chain.
/// </summary>
public sealed class FeeTests
{
    private const string Gwei = "0x3b9aca00";
    private const string EightSevenths = "0x441e9db6";
    private const string SevenEighths = "0x342770c0";

    [Theory]
    [InlineData(Manner.Anvil, EightSevenths, Gwei)]
    [InlineData(Manner.Hardhat, Gwei, SevenEighths)]
    public async Task BaseFee_OfTheFirstBlock_IsThatOfTheManner(Manner manner, string genesis, string expected)
    {
        await using RunningChain chain = await RunningChain.StartAsync(manner);

        Assert.Equal(expected, await chain.TextAsync("eth_baseFee"));
        Assert.Equal(expected, await FeeOfAsync(chain, "pending"));
        await chain.AskAsync("evm_mine");

        Assert.Equal(expected, await FeeOfAsync(chain, "latest"));
        Assert.Equal(genesis, await FeeOfAsync(chain, "earliest"));
    }

    [Fact]
    public async Task BaseFee_OfTheFirstBlockAfterARollBackOrAReset_IsTheSameAgain()
    {
        await using RunningChain chain = await RunningChain.StartAsync(options => options with { BaseFee = 999 });
        await chain.AskAsync("evm_mine");
        await chain.AskAsync("evm_mine");
        Assert.Equal("0x36b", await FeeOfAsync(chain, "latest"));

        await chain.AskAsync("anvil_rollback", 2);
        await chain.AskAsync("evm_mine");
        Assert.Equal("0x3e7", await FeeOfAsync(chain, "latest"));

        await chain.AskAsync("anvil_reset");
        await chain.AskAsync("evm_mine");
        Assert.Equal("0x3e7", await FeeOfAsync(chain, "latest"));
    }

    [Fact]
    public async Task SetNextBlockBaseFee_BeforeTheFirstBlock_StandsAboveIt()
    {
        await using RunningChain chain = await RunningChain.StartAsync();

        await chain.AskAsync("anvil_setNextBlockBaseFeePerGas", "0x7");
        await chain.AskAsync("evm_mine");

        Assert.Equal("0x7", await FeeOfAsync(chain, "latest"));
    }

    private static async Task<string> FeeOfAsync(RunningChain chain, string block)
    {
        JsonElement found = await chain.AskAsync("eth_getBlockByNumber", block, false);
        return found.GetProperty("baseFeePerGas").GetString()!;
    }
}
