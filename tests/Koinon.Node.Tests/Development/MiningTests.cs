using System.Text.Json;
using System.Text.Json.Nodes;
using Koinon.Chain.Building;
using Koinon.Rpc.Development.Manners;

namespace Koinon.Node.Tests.Development;

/// <summary>Mining and what is kept: complaints 3, 13, 14 and 42 of json-rpc.md.</summary>
public sealed class MiningTests
{
    private const string Alice = RunningChain.Alice;
    private const string Bob = RunningChain.Bob;
    private const string Padding = "000000000000000000000000";

    // Complaint 13: shuffled nonces, side by side, under immediate building. Nothing is left behind.
    [Fact]
    public async Task Send_OfShuffledNoncesSideBySide_MinesAll()
    {
        await using RunningChain chain = await RunningChain.StartAsync();
        int[] nonces = [.. Enumerable.Range(0, 200)];
        new Random(7).Shuffle(nonces);

        string[] hashes = await Task.WhenAll(nonces.Select(nonce =>
        {
            JsonObject request = RunningChain.Send(Alice, Bob, gas: "0x5208", value: "0x1");
            request["nonce"] = nonce;
            return chain.TextAsync("eth_sendTransaction", request);
        }));

        Assert.Equal("0xc8", await chain.TextAsync("eth_getTransactionCount", Alice, "latest"));
        Assert.Equal("0x0", (await chain.AskAsync("txpool_status")).GetProperty("queued").GetString());
        foreach (string hash in hashes)
        {
            Assert.Equal(
                "0x1", (await chain.AskAsync("eth_getTransactionReceipt", hash)).GetProperty("status").GetString());
        }
    }

    // Complaint 14: the receipt is there when the send is answered.
    [Theory]
    [InlineData(Manner.Anvil)]
    [InlineData(Manner.Hardhat)]
    public async Task Send_SideBySideFromOneAccount_HasReceiptsAndRisingNonces(Manner manner)
    {
        await using RunningChain chain = await RunningChain.StartAsync(manner);

        string[] nonces = await Task.WhenAll(Enumerable.Range(0, 30).Select(async _ =>
        {
            string hash = await chain.TextAsync("eth_sendTransaction", RunningChain.Send(Alice, Bob, gas: "0x5208"));
            Assert.Equal(
                JsonValueKind.Object, (await chain.AskAsync("eth_getTransactionReceipt", hash)).ValueKind);
            return (await chain.AskAsync("eth_getTransactionByHash", hash)).GetProperty("nonce").GetString()!;
        }));

        Assert.Equal(30, nonces.Distinct().Count());
    }

    [Fact]
    public async Task Automine_SwitchedOn_MinesWhatWaitsInAnvilsMannerAlone()
    {
        await using RunningChain anvil = await RunningChain.StartAsync(options => options with
        {
            Mining = MiningMode.Manual,
        });
        await using RunningChain hardhat = await RunningChain.StartAsync(options => options with
        {
            Mining = MiningMode.Manual,
            Manner = Manner.Hardhat,
        });
        await anvil.AskAsync("eth_sendTransaction", RunningChain.Send(Alice, Bob));
        await hardhat.AskAsync("eth_sendTransaction", RunningChain.Send(Alice, Bob));

        await anvil.AskAsync("evm_setAutomine", true);
        await hardhat.AskAsync("evm_setAutomine", true);

        Assert.Equal(1, await anvil.NumberAsync());
        Assert.Equal(0, await hardhat.NumberAsync());
        await hardhat.AskAsync("eth_sendTransaction", RunningChain.Send(Alice, Bob));
        JsonElement block = await hardhat.AskAsync("eth_getBlockByNumber", "latest", false);
        Assert.Equal(2, block.GetProperty("transactions").GetArrayLength());
    }

    [Fact]
    public async Task MineDetailed_ShowsWhatTransactionsReturned()
    {
        await using RunningChain chain = await RunningChain.StartAsync(options => options with
        {
            Mining = MiningMode.Manual,
        });
        await chain.AskAsync(
            "anvil_setCode", RunningChain.Contract, RunningChain.RevertingCode(RunningChain.ErrorData("why")));
        await chain.AskAsync(
            "eth_sendTransaction", RunningChain.Send(Alice, RunningChain.Contract, gas: "0x186a0"));

        JsonElement blocks = await chain.AskAsync("evm_mine_detailed");

        JsonElement transaction = Assert.Single(blocks[0].GetProperty("transactions").EnumerateArray());
        Assert.Equal("0x" + RunningChain.ErrorData("why"), transaction.GetProperty("output").GetString());
        Assert.Equal("why", transaction.GetProperty("revertReason").GetString());
    }

    // Complaint 42: the depth is an option, none at all included.
    [Theory]
    [InlineData(2ul, 8, 6)]
    [InlineData(0ul, 10, 10)]
    [InlineData(32ul, 0, 0)]
    public async Task SafeAndFinalized_FollowTheHeadByTheEpochsThatAreAsked(ulong slots, int safe, int finalized)
    {
        await using RunningChain chain = await RunningChain.StartAsync(options => options with
        {
            SlotsInAnEpoch = slots,
        });
        await chain.AskAsync("anvil_mine", 10);

        Assert.Equal(safe, await BlockAsync(chain, "safe"));
        Assert.Equal(finalized, await BlockAsync(chain, "finalized"));
    }

    // Complaint 3: pruning leaves the head alone, and names the oldest that is kept.
    [Fact]
    public async Task KeepBlocks_NeverTakesTheHeadAndNamesTheOldestKept()
    {
        await using RunningChain chain = await RunningChain.StartAsync(options => options with
        {
            BlocksKept = 5,
            StatesKept = 5,
        });

        for (int i = 0; i < 40; i++)
        {
            await chain.AskAsync("eth_sendTransaction", RunningChain.Send(Alice, Bob, value: "0x1"));
            string count = await chain.TextAsync("eth_getTransactionCount", Alice, "latest");
            Assert.Equal(i + 1, RunningChain.Quantity(count));
        }

        JsonElement error = await chain.ErrorOfAsync("eth_getBalance", Alice, "0x1");
        Assert.Contains("the oldest kept is", error.Message());
        await chain.AskAsync("eth_getBalance", Alice, "0x27");
    }

    [Fact]
    public async Task Edits_OfAccounts_AreSeenAtOnceAndByTheNextBlock()
    {
        await using RunningChain chain = await RunningChain.StartAsync();

        await chain.AskAsync("tenderly_setBalance", RunningChain.Stranger, 100);
        await chain.AskAsync("anvil_addBalance", RunningChain.Stranger, "0x5");
        await chain.AskAsync("evm_setAccountNonce", RunningChain.Stranger, "0x9");
        await chain.AskAsync("hardhat_setCode", RunningChain.Contract, RunningChain.TimeCode);
        await chain.AskAsync("anvil_setBlockGasLimit", "0xf4240");
        await chain.AskAsync("anvil_setCoinbase", Bob);
        await chain.AskAsync("anvil_setNextBlockPrevRandao", "0x" + new string('a', 64));
        await chain.AskAsync("evm_mine");

        Assert.Equal("0x69", await chain.TextAsync("eth_getBalance", RunningChain.Stranger, "latest"));
        Assert.Equal("0x9", await chain.TextAsync("eth_getTransactionCount", RunningChain.Stranger, "latest"));
        JsonElement block = await chain.AskAsync("eth_getBlockByNumber", "latest", false);
        Assert.Equal("0xf4240", block.GetProperty("gasLimit").GetString());
        Assert.Equal(Bob, block.GetProperty("miner").GetString());
        Assert.Equal("0x" + new string('a', 64), block.GetProperty("mixHash").GetString());
        Assert.Equal(
            await chain.TimeAsync(),
            RunningChain.Quantity(
                "0x" + (await chain.TextAsync("eth_call", RunningChain.Send(Alice, RunningChain.Contract)))[^15..]));
        JsonElement info = await chain.AskAsync("anvil_nodeInfo");
        Assert.Equal("0x1", info.GetProperty("currentBlockNumber").GetString());
        Assert.Equal("0xf4240", info.GetProperty("environment").GetProperty("gasLimit").GetString());
    }

    // Libraries price their transactions by it.
    [Fact]
    public async Task NextBlockBaseFee_ThatWasNamed_IsWhatFeeHistoryAndGasPriceSay()
    {
        await using RunningChain chain = await RunningChain.StartAsync();

        await chain.AskAsync("anvil_setNextBlockBaseFeePerGas", "0x77359400");

        JsonElement history = await chain.AskAsync("eth_feeHistory", "0x1", "latest", new JsonArray());
        Assert.Equal("0x77359400", history.GetProperty("baseFeePerGas")[1].GetString());
        Assert.Equal("0xb2d05e00", await chain.TextAsync("eth_gasPrice"));
    }

    [Fact]
    public async Task DealErc20_FindsTheSlotByTrial()
    {
        await using RunningChain chain = await RunningChain.StartAsync();

        // Slot 7 is read in vain; the answer is that of keccak(first argument, 3).
        const string Code = "0x600754506004355f52600360205260405f20545f5260205ff3";
        await chain.AskAsync("anvil_setCode", RunningChain.Contract, Code);

        await chain.AskAsync("anvil_dealERC20", Bob, RunningChain.Contract, "0x3e8");
        await chain.AskAsync("anvil_setERC20Allowance", Alice, Bob, RunningChain.Contract, 500);

        Assert.Equal(
            "0x" + RunningChain.Word(1000),
            await chain.TextAsync(
                "eth_call", RunningChain.Send(Alice, RunningChain.Contract, "0x70a08231" + Padding + Bob[2..])));
        Assert.Equal(
            "0x" + RunningChain.Word(500),
            await chain.TextAsync(
                "eth_call", RunningChain.Send(Alice, RunningChain.Contract, "0xdd62ed3e" + Padding + Alice[2..])));
        Assert.StartsWith("no slot", (await chain.ErrorOfAsync("anvil_dealERC20", Bob, Alice, "0x1")).Message());
    }

    private static async Task<long> BlockAsync(RunningChain chain, string tag) => RunningChain.Quantity(
        (await chain.AskAsync("eth_getBlockByNumber", tag, false)).GetProperty("number").GetString()!);
}
