using System.Text.Json;
using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;

namespace Koinon.Rpc.Tests.Eth;

public sealed class TipOracleTests : IDisposable
{
    private readonly TestSigner[] _signers = [new(1), new(2), new(3), new(4), new(5)];
    private readonly TestChain _chain;
    private readonly ulong[] _nonces = new ulong[5];

    public TipOracleTests() => _chain = new TestChain(string.Join(',', _signers.Select(
        static signer => $$""" "{{signer.Address}}": { "balance": "1000000000000000000000" } """)));

    [Fact]
    public async Task Tip_OfAChainWhereNobodyPaid_IsOneGwei()
    {
        await TipShouldBeAsync(1_000_000_000);
        _chain.Mine();
        await TipShouldBeAsync(1_000_000_000);
    }

    [Fact]
    public async Task Tip_OfRecentBlocks_IsTheSixtiethOfAHundredOfTheirLowest()
    {
        // The lowest three of each block: 3, 4, 5 and 10, 20, 30 gwei; the place (6 - 1) * 60 / 100 = 3 of them.
        Mine(3, 4, 5, 400, 500);
        Mine(10, 20, 30, 600);
        await TipShouldBeAsync(10_000_000_000);
        JsonElement price = await _chain.ResultAsync("eth_gasPrice", "");
        JsonElement baseFee = await _chain.ResultAsync("eth_baseFee", "");
        Assert.Equal(NumberOf(baseFee) + 10_000_000_000, NumberOf(price));

        // Blocks that nobody paid in say nothing.
        _chain.Mine();
        await TipShouldBeAsync(10_000_000_000);
    }

    [Fact]
    public async Task Tip_IsNeitherNothingNorARansom()
    {
        Mine(900);
        await TipShouldBeAsync(500_000_000_000);
        for (int i = 0; i < 20; i++)
        {
            await _chain.ResultAsync("eth_maxPriorityFeePerGas", "");
            MineWei(2);
        }

        await TipShouldBeAsync(1_000_000);
    }

    public void Dispose() => _chain.Dispose();

    private void Mine(params ulong[] gwei) => MineWei([.. gwei.Select(static tip => tip * 1_000_000_000)]);

    private void MineWei(params ulong[] tips)
    {
        for (int i = 0; i < tips.Length; i++)
        {
            PoolResult taken = _chain.Pool.Add(_signers[i].Pay(_nonces[i]++, tips[i] + 2_000_000_000, tips[i]));
            Assert.True(taken.IsTaken, $"{taken}");
        }

        LedgerBlock block = _chain.Mine();
        Assert.Equal(tips.Length, block.Block.Transactions.Count);
    }

    private async Task TipShouldBeAsync(ulong tip) =>
        Assert.Equal(tip, NumberOf(await _chain.ResultAsync("eth_maxPriorityFeePerGas", "")));

    private static ulong NumberOf(JsonElement quantity) => Convert.ToUInt64(quantity.GetString(), 16);
}
