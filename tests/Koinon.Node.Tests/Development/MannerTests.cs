using System.Text.Json;
using System.Text.Json.Nodes;
using Koinon.Rpc.Development.Manners;

namespace Koinon.Node.Tests.Development;

/// <summary>What differs between the manners: reverts (complaint 40 of json-rpc.md), refusals, names.</summary>
public sealed class MannerTests
{
    private const string Alice = RunningChain.Alice;
    private const string Bob = RunningChain.Bob;
    private const string Failure = "Error: VM Exception while processing transaction: ";

    public static TheoryData<string, string> Reverts => new()
    {
        { RunningChain.ErrorData("no way"), Failure + "reverted with reason string 'no way'" },
        {
            "4e487b71" + RunningChain.Word(0x11),
            Failure + "reverted with panic code 0x11 (Arithmetic operation overflowed outside of an unchecked block)"
        },
        { "", "Error: Transaction reverted without a reason string" },
        { "2202f1fa", Failure + "reverted with an unrecognized custom error (return data: 0x2202f1fa)" },
    };

    [Theory]
    [MemberData(nameof(Reverts))]
    public async Task Send_ThatReverts_IsMinedAndAnsweredByAnErrorInHardhatsManner(string data, string text)
    {
        await using RunningChain chain = await RunningChain.StartAsync(Manner.Hardhat);
        await chain.AskAsync("hardhat_setCode", RunningChain.Contract, RunningChain.RevertingCode(data));

        JsonElement error = await chain.ErrorOfAsync(
            "eth_sendTransaction", RunningChain.Send(Alice, RunningChain.Contract));

        Assert.Equal(-32603, error.GetProperty("code").GetInt32());
        Assert.Equal(text, error.Message());
        JsonElement shown = error.GetProperty("data");
        Assert.Equal(text, shown.GetProperty("message").GetString());
        Assert.Equal("0x" + data, shown.GetProperty("data").GetString());
        JsonElement receipt = await chain.AskAsync(
            "eth_getTransactionReceipt", shown.GetProperty("txHash").GetString()!);
        Assert.Equal("0x0", receipt.GetProperty("status").GetString());
        Assert.Equal(1, await chain.NumberAsync());
    }

    [Theory]
    [MemberData(nameof(Reverts))]
    public async Task Call_ThatReverts_IsAnsweredInTheSameFormWithoutAHash(string data, string text)
    {
        await using RunningChain chain = await RunningChain.StartAsync(Manner.Hardhat);
        await chain.AskAsync("hardhat_setCode", RunningChain.Contract, RunningChain.RevertingCode(data));

        foreach (string method in (string[])["eth_call", "eth_estimateGas"])
        {
            JsonElement error = await chain.ErrorOfAsync(method, RunningChain.Send(Alice, RunningChain.Contract));

            Assert.Equal(text, error.Message());
            Assert.Equal("0x" + data, error.GetProperty("data").GetProperty("data").GetString());
            Assert.False(error.GetProperty("data").TryGetProperty("txHash", out _));
        }
    }

    [Theory]
    [InlineData("fe", -32603, Failure + "invalid opcode")]
    [InlineData("5b5f56", -32000, "Transaction ran out of gas")]
    public async Task Send_ThatHalts_CountsAsARevertWithoutData(string code, int number, string text)
    {
        await using RunningChain chain = await RunningChain.StartAsync(Manner.Hardhat);
        await chain.AskAsync("hardhat_setCode", RunningChain.Contract, "0x" + code);

        JsonElement error = await chain.ErrorOfAsync(
            "eth_sendTransaction", RunningChain.Send(Alice, RunningChain.Contract, gas: "0x186a0"));

        Assert.Equal(number, error.GetProperty("code").GetInt32());
        Assert.Equal(text, error.Message());
        Assert.Equal("0x", error.GetProperty("data").GetProperty("data").GetString());
    }

    [Fact]
    public async Task Send_ThatReverts_IsAnsweredByItsHashInAnvilsManner()
    {
        await using RunningChain chain = await RunningChain.StartAsync();
        await chain.AskAsync(
            "anvil_setCode", RunningChain.Contract, RunningChain.RevertingCode(RunningChain.ErrorData("no way")));

        // With a gas limit of its own, and without: then it gets the whole block.
        foreach (string? gas in (string?[])["0x186a0", null])
        {
            string hash = await chain.TextAsync(
                "eth_sendTransaction", RunningChain.Send(Alice, RunningChain.Contract, gas: gas));
            JsonElement receipt = await chain.AskAsync("eth_getTransactionReceipt", hash);
            Assert.Equal("0x0", receipt.GetProperty("status").GetString());
        }

        JsonElement error = await chain.ErrorOfAsync("eth_call", RunningChain.Send(Alice, RunningChain.Contract));
        Assert.Equal(3, error.GetProperty("code").GetInt32());
        Assert.Equal("execution reverted: no way", error.Message());
        Assert.Equal("0x" + RunningChain.ErrorData("no way"), error.GetProperty("data").GetString());
    }

    [Theory]
    [InlineData("nonce", "0x1000", "Nonce too high. Expected nonce to be 0 but got 4096. Note that")]
    [InlineData("maxFeePerGas", "0x1", "maxPriorityFeePerGas (1000000000) is bigger than maxFeePerGas (1)", true)]
    [InlineData("gasPrice", "0x1", "Transaction gasPrice (1) is too low for the next block, which has a baseFee")]
    [InlineData("gas", "0x1", "Transaction requires at least 21000 gas but got 1")]
    [InlineData("gas", "0xfffffff", "Transaction gas limit is 268435455 and exceeds block gas limit of 30000000")]
    [InlineData("chainId", "0x1", "Invalid chainId 1 provided, expected 31337 instead.")]
    [InlineData("value", "0xffffffffffffffffffffffff", "Sender doesn't have enough funds to send tx. The max upfront")]
    public async Task Send_ThatIsRefused_HasHardhatsText(string name, string value, string text, bool namesTip = false)
    {
        await using RunningChain chain = await RunningChain.StartAsync(Manner.Hardhat);
        JsonObject request = RunningChain.Send(Alice, Bob);
        request[name] = value;
        if (namesTip)
        {
            // The next block's base fee is compared first: it is met.
            await chain.AskAsync("hardhat_setNextBlockBaseFeePerGas", "0x0");
            request["maxPriorityFeePerGas"] = "0x3b9aca00";
        }

        JsonElement error = await chain.ErrorOfAsync("eth_sendTransaction", request);

        Assert.StartsWith(text, error.Message());
        Assert.Equal(JsonValueKind.Null, error.GetProperty("data").GetProperty("data").ValueKind);
        Assert.Equal(0, await chain.NumberAsync());
    }

    [Fact]
    public async Task Send_InThePlaceOfAnother_MustRaiseFeesByATenth()
    {
        await using RunningChain chain = await RunningChain.StartAsync(Manner.Hardhat);
        await chain.AskAsync("evm_setAutomine", false);
        JsonObject first = RunningChain.Send(Alice, Bob);
        first["nonce"] = 0;
        first["maxFeePerGas"] = 2_000_000_000;
        await chain.AskAsync("eth_sendTransaction", first.DeepClone());
        first["value"] = "0x1";
        first["maxFeePerGas"] = 2_000_000_001;

        Assert.Equal(
            "Replacement transaction underpriced. A gasPrice/maxFeePerGas of at least 2200000000 is necessary to "
            + "replace the existing transaction with nonce 0.",
            (await chain.ErrorOfAsync("eth_sendTransaction", first.DeepClone())).Message());

        first["maxFeePerGas"] = 2_200_000_000;
        first["maxPriorityFeePerGas"] = 1_100_000_000;
        await chain.AskAsync("eth_sendTransaction", first.DeepClone());
    }

    [Theory]
    [InlineData(0, "0x99", 1)]
    [InlineData(0, "pending", 1)]
    [InlineData(7, "0x99", 0)]
    [InlineData(7, null, 0)]
    public async Task Logs_BeyondTheHead_AreThoseUpToIt(int from, string? to, int count)
    {
        await using RunningChain chain = await RunningChain.StartAsync(Manner.Hardhat);
        await chain.AskAsync("eth_sendTransaction", new JsonObject
        {
            ["from"] = RunningChain.Alice,
            ["data"] = "0x60006000a000",
        });

        JsonElement logs = await chain.AskAsync("eth_getLogs", new JsonObject
        {
            ["fromBlock"] = $"0x{from:x}",
            ["toBlock"] = to,
        });

        Assert.Equal(count, logs.GetArrayLength());
    }

    [Fact]
    public async Task Call_BeyondTheBalanceAndBelowTheBaseFee_IsAnsweredInHardhatsManner()
    {
        await using RunningChain chain = await RunningChain.StartAsync(Manner.Hardhat);
        JsonObject call = RunningChain.Send(Alice, Bob, value: "0xffffffffffffffffffffffff");
        call["maxFeePerGas"] = "0x1";
        call["maxPriorityFeePerGas"] = "0x1";

        Assert.Equal("0x", await chain.TextAsync("eth_call", call.DeepClone()));
        Assert.StartsWith("0x52", await chain.TextAsync("eth_estimateGas", call.DeepClone()));
    }

    [Fact]
    public async Task Results_FollowTheManner()
    {
        await using RunningChain anvil = await RunningChain.StartAsync();
        await using RunningChain hardhat = await RunningChain.StartAsync(Manner.Hardhat);

        Assert.StartsWith("anvil/v", await anvil.TextAsync("web3_clientVersion"));
        Assert.StartsWith("HardhatNetwork/", await hardhat.TextAsync("web3_clientVersion"));
        Assert.Contains("koinon", await hardhat.TextAsync("web3_clientVersion"));
        Assert.Equal("0x0", await anvil.TextAsync("evm_mine"));
        Assert.Equal("0", await hardhat.TextAsync("evm_mine"));
        Assert.Equal(JsonValueKind.Null, (await anvil.AskAsync("anvil_mine")).ValueKind);
        Assert.True((await hardhat.AskAsync("hardhat_mine")).GetBoolean());
        Assert.Equal(JsonValueKind.Null, (await anvil.AskAsync("anvil_setBalance", Bob, "0x1")).ValueKind);
        Assert.True((await hardhat.AskAsync("hardhat_setBalance", Bob, "0x1")).GetBoolean());
        string unknown = "0x" + new string('1', 64);
        Assert.Equal(JsonValueKind.Null, (await anvil.AskAsync("anvil_dropTransaction", unknown)).ValueKind);
        Assert.False((await hardhat.AskAsync("hardhat_dropTransaction", unknown)).GetBoolean());
        Assert.Contains(
            "must not be smaller",
            (await hardhat.ErrorOfAsync("hardhat_setNonce", await SpentAsync(hardhat), "0x0")).Message());
        Assert.Contains(
            "exactly 32 bytes", (await hardhat.ErrorOfAsync("hardhat_setStorageAt", Bob, "0x0", "0x1")).Message());
        Assert.True((await anvil.AskAsync("anvil_setStorageAt", Bob, "0x0", "0x1")).GetBoolean());
    }

    // The unit trap: the same number is seconds here and milliseconds there.
    [Fact]
    public async Task IntervalMining_CountsInTheMannersUnit()
    {
        await using RunningChain anvil = await RunningChain.StartAsync();
        await using RunningChain hardhat = await RunningChain.StartAsync(Manner.Hardhat);

        await anvil.AskAsync("evm_setIntervalMining", 3600);
        await hardhat.AskAsync("evm_setIntervalMining", new JsonArray(3600000, 7200000));

        Assert.Equal(3600, (await anvil.AskAsync("anvil_getIntervalMining")).GetDouble());
        Assert.Equal(3600, (await hardhat.AskAsync("anvil_getIntervalMining")).GetDouble());
        Assert.False((await anvil.AskAsync("anvil_getAutomine")).GetBoolean());
        Assert.True((await hardhat.AskAsync("hardhat_getAutomine")).GetBoolean());
        await hardhat.AskAsync("evm_setIntervalMining", 0);
        Assert.Equal(JsonValueKind.Null, (await hardhat.AskAsync("anvil_getIntervalMining")).ValueKind);
    }

    private static async Task<string> SpentAsync(RunningChain chain)
    {
        await chain.AskAsync("eth_sendTransaction", RunningChain.Send(Alice, Bob));
        return Alice;
    }
}
