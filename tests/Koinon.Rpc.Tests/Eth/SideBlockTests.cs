using System.Text.Json;
using Koinon.Chain.Building;
using Koinon.Chain.Ledger;

namespace Koinon.Rpc.Tests.Eth;

/// <summary>What is told about a block that left the canonical chain (EIP-1898).</summary>
public sealed class SideBlockTests : IDisposable
{
    private const string Receiver = "0x00000000000000000000000000000000000000ab";

    private readonly TestSigner _signer = new(1);
    private readonly TestChain _chain;
    private readonly LedgerBlock _side;

    public SideBlockTests()
    {
        _chain = new TestChain($$""" "{{_signer.Address}}": { "balance": "1000000000000000000000" } """);
        Assert.True(_chain.Pool.Add(_signer.Pay(0)).IsTaken);
        _side = _chain.Mine();
        Ledger ledger = _chain.Ledger;
        Assert.Equal(HeadError.None, ledger.SetHead(ledger.GenesisBlock.Hash, default, default));
        BuildResult other = new BlockBuilder(ledger).Build(
            ledger.Head, [], new BuildRequest { Timestamp = _side.Header.Timestamp + 7 }, CancellationToken.None);
        Assert.True(ledger.TryCommit(other.Block!));
    }

    [Fact]
    public async Task ItsState_IsToldUnlessTheCanonicalOneIsRequired()
    {
        foreach (string block in (string[])[$"\"{_side.Hash}\"", $$"""{"blockHash":"{{_side.Hash}}"}"""])
        {
            Assert.Equal("0x1", await _chain.TextAsync("eth_getBalance", $"\"{Receiver}\",{block}"));
            Assert.Equal("0x1", await _chain.TextAsync("eth_getTransactionCount", $"\"{_signer.Address}\",{block}"));
            Assert.Equal(
                $"0x{1:x64}",
                await _chain.TextAsync("eth_call", $$"""{"data":"0x4360005260206000f3"},{{block}}"""));
        }

        Assert.Equal("0x0", await _chain.TextAsync("eth_getBalance", $"\"{Receiver}\",\"0x1\""));
        foreach (string method in (string[])["eth_getBalance", "eth_getCode", "eth_getAccount"])
        {
            Assert.Equal(
                (-32000, "hash is not currently canonical", null),
                await _chain.ErrorAsync(
                    method, $$""" "{{Receiver}}",{"blockHash":"{{_side.Hash}}","requireCanonical":true}"""));
        }
    }

    [Fact]
    public async Task ItsTransactions_AreFoundThroughItAlone()
    {
        string hash = _side.Block.Transactions[0].Hash.ToString();

        JsonElement receipts = await _chain.ResultAsync("eth_getBlockReceipts", $$"""{"blockHash":"{{_side.Hash}}"}""");
        JsonElement block = await _chain.ResultAsync("eth_getBlockByHash", $"\"{_side.Hash}\",true");

        Assert.Equal(hash, receipts[0].GetProperty("transactionHash").GetString());
        Assert.Equal(hash, block.GetProperty("transactions")[0].GetProperty("hash").GetString());
        Assert.Equal(
            JsonValueKind.Null, (await _chain.ResultAsync("eth_getTransactionReceipt", $"\"{hash}\"")).ValueKind);
        Assert.Equal(
            JsonValueKind.Array,
            (await _chain.ResultAsync("eth_getLogs", $$"""{"blockHash":"{{_side.Hash}}"}""")).ValueKind);

        // It waits again for a block of the canonical chain.
        JsonElement waiting = await _chain.ResultAsync("eth_getTransactionByHash", $"\"{hash}\"");
        Assert.Equal(JsonValueKind.Null, waiting.GetProperty("blockHash").ValueKind);
    }

    public void Dispose() => _chain.Dispose();
}
