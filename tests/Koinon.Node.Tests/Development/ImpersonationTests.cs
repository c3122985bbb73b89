using System.Text.Json;
using System.Text.Json.Nodes;
using Koinon.Primitives;
using Koinon.Rpc.Development.Manners;

namespace Koinon.Node.Tests.Development;

/// <summary>Transactions that nobody signed: complaints 33 and 34 of json-rpc.md.</summary>
public sealed class ImpersonationTests
{
    private const string Bob = RunningChain.Bob;
    private const string Ether = "0xde0b6b3a7640000";
    private const string Word65 =
        "0x1111111111111111111111111111111111111111111111111111111111111111"
        + "22222222222222222222222222222222222222222222222222222222222222221b";

    [Theory]
    [InlineData(Manner.Anvil)]
    [InlineData(Manner.Hardhat)]
    public async Task Send_OfAContract_IsTakenWhileItIsImpersonated(Manner manner)
    {
        await using RunningChain chain = await RunningChain.StartAsync(manner);
        await chain.AskAsync("anvil_setCode", RunningChain.Contract, "0x00");
        await chain.AskAsync("anvil_setBalance", RunningChain.Contract, Ether);

        await chain.AskAsync("hardhat_impersonateAccount", RunningChain.Contract);
        string hash = await chain.TextAsync("eth_sendTransaction", RunningChain.Send(RunningChain.Contract, Bob));

        JsonElement transaction = await chain.AskAsync("eth_getTransactionByHash", hash);
        Assert.Equal(RunningChain.Contract, transaction.GetProperty("from").GetString());
        Assert.Equal("0x0", transaction.GetProperty("s").GetString());
        Assert.Equal(
            RunningChain.Contract,
            (await chain.AskAsync("eth_getTransactionReceipt", hash)).GetProperty("from").GetString());
        JsonElement stopped = await chain.AskAsync("hardhat_stopImpersonatingAccount", RunningChain.Contract);
        Assert.Equal(manner == Manner.Hardhat ? JsonValueKind.True : JsonValueKind.Null, stopped.ValueKind);
        Assert.StartsWith(
            manner == Manner.Hardhat ? "Unknown account 0x" : "unknown account 0x",
            (await chain.ErrorOfAsync("eth_sendTransaction", RunningChain.Send(RunningChain.Contract, Bob))).Message());
    }

    [Fact]
    public async Task Send_OfTwoImpersonatedSenders_HasHashesOfTheirOwn()
    {
        await using RunningChain chain = await RunningChain.StartAsync(options => options with
        {
            ImpersonatesAll = true,
            ImpersonatedBalance = 0,
        });
        await chain.AskAsync("anvil_setBalance", RunningChain.Stranger, Ether);
        await chain.AskAsync("anvil_setBalance", RunningChain.Contract, Ether);

        string one = await chain.TextAsync("eth_sendTransaction", RunningChain.Send(RunningChain.Stranger, Bob));
        string other = await chain.TextAsync("eth_sendTransaction", RunningChain.Send(RunningChain.Contract, Bob));

        Assert.NotEqual(one, other);
        Assert.Equal(2, await chain.NumberAsync());
    }

    [Fact]
    public async Task SendUnsignedTransaction_IsTakenFromAnybody()
    {
        await using RunningChain chain = await RunningChain.StartAsync();
        await chain.AskAsync("anvil_setBalance", RunningChain.Stranger, Ether);

        string hash = await chain.TextAsync(
            "eth_sendUnsignedTransaction", RunningChain.Send(RunningChain.Stranger, Bob, value: "0x5"));

        JsonElement receipt = await chain.AskAsync("eth_getTransactionReceipt", hash);
        Assert.Equal("0x1", receipt.GetProperty("status").GetString());
    }

    [Fact]
    public async Task SendRaw_OfATransactionThatNobodySigned_IsRefused()
    {
        await using RunningChain chain = await RunningChain.StartAsync();
        await chain.AskAsync("anvil_setBalance", RunningChain.Stranger, Ether);
        string hash = await chain.TextAsync(
            "eth_sendUnsignedTransaction", RunningChain.Send(RunningChain.Stranger, Bob));
        string raw = await chain.TextAsync("eth_getRawTransactionByHash", hash);

        Assert.Equal("invalid sender", (await chain.ErrorOfAsync("eth_sendRawTransaction", raw)).Message());
    }

    // Complaint 33: the impersonated account lacks money for gas.
    [Fact]
    public async Task Impersonate_WithABalanceAsked_GivesWhatGasCosts()
    {
        await using RunningChain chain = await RunningChain.StartAsync(options => options with
        {
            ImpersonatedBalance = UInt256.Parse(Ether),
        });

        await chain.AskAsync("anvil_impersonateAccount", RunningChain.Stranger);

        Assert.Equal(Ether, await chain.TextAsync("eth_getBalance", RunningChain.Stranger, "latest"));
        await chain.AskAsync("eth_sendTransaction", RunningChain.Send(RunningChain.Stranger, Bob));
    }

    // Complaint 34: it cannot sign messages, and is told so.
    [Fact]
    public async Task Sign_OfAnImpersonatedAccount_SaysThatNobodyHasItsKey()
    {
        await using RunningChain chain = await RunningChain.StartAsync();
        await chain.AskAsync("anvil_impersonateAccount", RunningChain.Stranger);

        string message = (await chain.ErrorOfAsync("personal_sign", "0x1234", RunningChain.Stranger)).Message();

        Assert.Contains("impersonated", message);
        Assert.Contains("cannot sign", message);
    }

    [Fact]
    public async Task Sign_OfAKnownAccount_IsTheSignatureOfItsKey()
    {
        await using RunningChain chain = await RunningChain.StartAsync();

        string one = await chain.TextAsync("eth_sign", RunningChain.Alice, "0x1234");
        string other = await chain.TextAsync("personal_sign", "0x1234", RunningChain.Alice);

        Assert.Equal(one, other);
        Assert.Equal(132, one.Length);
    }

    [Fact]
    public async Task SignTypedData_OfAnObjectAndOfItsText_IsTheSame()
    {
        await using RunningChain chain = await RunningChain.StartAsync();
        const string Json = """
            {"types":{"EIP712Domain":[{"name":"name","type":"string"}],"Mail":[{"name":"text","type":"string"}]},
            "primaryType":"Mail","domain":{"name":"x"},"message":{"text":"hi"}}
            """;

        string one = await chain.TextAsync(
            "eth_signTypedData_v4", RunningChain.Alice, JsonNode.Parse(Json));
        string other = await chain.TextAsync("eth_signTypedData", RunningChain.Alice, Json);

        Assert.Equal(one, other);
        JsonElement error = await chain.ErrorOfAsync("eth_signTypedData_v4", RunningChain.Alice, "{}");
        Assert.Equal(-32602, error.GetProperty("code").GetInt32());
    }

    // Complaint 34: contracts believe a signature that is said to be an account's.
    [Theory]
    [InlineData(true, "1b")]
    [InlineData(false, "00")]
    public async Task ImpersonateSignature_WhateverIsSigned_IsRecoveredAsTheAccount(bool isPair, string v)
    {
        await using RunningChain chain = await RunningChain.StartAsync();
        string rs = string.Concat(Enumerable.Repeat("11", 32)) + string.Concat(Enumerable.Repeat("22", 32));
        string input = "0x" + new string('3', 64) + RunningChain.Word(27) + rs;
        Assert.Equal("0x", await RecoverAsync(chain, input));

        if (isPair)
        {
            await chain.AskAsync(
                "anvil_impersonateSignature", new JsonArray($"0x{rs}{v}", RunningChain.Stranger));
        }
        else
        {
            await chain.AskAsync("anvil_impersonateSignature", $"0x{rs}{v}", RunningChain.Stranger);
        }

        Assert.Equal(RunningChain.Word(0xaa), (await RecoverAsync(chain, input))[2..]);
        Assert.Equal("0x", await RecoverAsync(chain, "0x" + new string('3', 64) + RunningChain.Word(28) + rs));
        await chain.AskAsync("anvil_reset");
        Assert.Equal("0x", await RecoverAsync(chain, input));
    }

    [Theory]
    [InlineData("0x1234", RunningChain.Stranger, "invalid argument 0: a signature of 2 bytes")]
    [InlineData(null, RunningChain.Stranger, "missing value for required argument 0")]
    [InlineData(Word65, null, "missing value for required argument 1")]
    public async Task ImpersonateSignature_OfSomethingElse_SaysWhatIsWrong(
        string? signature, string? signer, string expected)
    {
        await using RunningChain chain = await RunningChain.StartAsync();

        JsonElement error = await chain.ErrorOfAsync("anvil_impersonateSignature", signature, signer);

        Assert.StartsWith(expected, error.Message());
    }

    private static Task<string> RecoverAsync(RunningChain chain, string input) => chain.TextAsync(
        "eth_call", new JsonObject { ["to"] = "0x0000000000000000000000000000000000000001", ["data"] = input });
}
