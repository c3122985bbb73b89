using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Tests.Eth;

public sealed class EthCallTests
{
    private const string Contract = "0xc0de000000000000000000000000000000000001";
    private const string Rich = "0x00000000000000000000000000000000000000aa";
    private const string Zeros = "0x0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>Returns the word that an instruction pushes.</summary>
    private static string Returning(string instructions) => $"0x{instructions}60005260206000f3";

    [Theory]
    [InlineData("43", "{}", 0)]
    [InlineData("43", """{"number":"0x2a"}""", 42)]
    [InlineData("43", """{"number":42}""", 42)]
    [InlineData("42", """{"time":"0x2a"}""", 42)]
    [InlineData("42", """{"timestamp":"42"}""", 42)]
    [InlineData("45", """{"gasLimit":"0x2a"}""", 42)]
    [InlineData("41", """{"feeRecipient":"0x000000000000000000000000000000000000002a"}""", 42)]
    [InlineData("41", """{"coinbase":"0x000000000000000000000000000000000000002a"}""", 42)]
    [InlineData("44", """{"prevRandao":"0x000000000000000000000000000000000000000000000000000000000000002a"}""", 42)]
    [InlineData("48", """{"baseFeePerGas":"0x2a"}""", 42)]
    [InlineData("48", "{}", 0)]
    [InlineData("4a", """{"blobBaseFee":"0x2a"}""", 42)]
    [InlineData("48", """{"unknownToUs":1}""", 0)]
    public async Task EthCall_WithABlockOverride_ShowsItToTheContract(string instruction, string block, int expected)
    {
        using TestChain chain = new(
            $$""" "{{Contract}}": { "balance": "0x0", "code": "{{Returning(instruction)}}" } """);

        string answer = await chain.TextAsync(
            "eth_call", $$"""{"to":"{{Contract}}"},"latest",null,{{block}}""");

        Assert.Equal($"0x{expected:x64}", answer);
    }

    [Theory]
    [InlineData("47", """{"balance":"0x2a"}""")]
    [InlineData("600154", """{"stateDiff":{"0x1":"0x2a"}}""")]
    [InlineData(
        "600154",
        """{"state":{"0x01":"0x000000000000000000000000000000000000000000000000000000000000002a"}}""")]
    [InlineData("602a", """{"nonce":"0x5"}""")]
    public async Task EthCall_WithAnAccountOverride_ShowsItToTheContract(string instructions, string account)
    {
        using TestChain chain = new(
            $$""" "{{Contract}}": { "balance": "0x1", "code": "{{Returning(instructions)}}" } """);

        string answer = await chain.TextAsync(
            "eth_call", $$"""{"to":"{{Contract}}"},"latest",{"{{Contract}}":{{account}}}""");

        Assert.Equal($"0x{42:x64}", answer);
    }

    [Fact]
    public async Task EthCall_WithAWholeStateOverride_ForgetsTheOtherSlots()
    {
        using TestChain chain = new(
            $$"""
            "{{Contract}}": { "balance": "0x1", "code": "{{Returning("600254")}}", "storage": {"0x02": "0x2a"} }
            """);

        string kept = await chain.TextAsync(
            "eth_call", $$$"""{"to":"{{{Contract}}}"},"latest",{"{{{Contract}}}":{"stateDiff":{"0x1":"0x7"} } }""");
        string forgotten = await chain.TextAsync(
            "eth_call", $$$"""{"to":"{{{Contract}}}"},"latest",{"{{{Contract}}}":{"state":{"0x1":"0x7"} } }""");

        Assert.Equal($"0x{42:x64}", kept);
        Assert.Equal(Zeros, forgotten);
    }

    [Fact]
    public async Task EthCall_WithAMovedPrecompile_FindsItAtItsNewPlaceAlone()
    {
        using TestChain chain = new();
        const string Overrides = """
            {"0x0000000000000000000000000000000000000004":
                {"movePrecompileToAddress":"0x1000000000000000000000000000000000000000"}}
            """;

        string moved = await chain.TextAsync(
            "eth_call",
            $$"""{"to":"0x1000000000000000000000000000000000000000","data":"0x1234"},"latest",{{Overrides}}""");
        string left = await chain.TextAsync(
            "eth_call",
            $$"""{"to":"0x0000000000000000000000000000000000000004","data":"0x1234"},"latest",{{Overrides}}""");

        Assert.Equal(("0x1234", "0x"), (moved, left));
    }

    [Theory]
    [InlineData("""{"0xc0de000000000000000000000000000000000001":{"state":{},"stateDiff":{}}}""", -32602, "state")]
    [InlineData("""{"0xc0de":{}}""", -32602, "invalid argument 2: \"0xc0de\" is not an address")]
    [InlineData("""{"0xc0de000000000000000000000000000000000001":{"nonce":"no"}}""", -32602, "nonce: not a number")]
    [InlineData("""[]""", -32602, "invalid argument 2: not an object of addresses")]
    [InlineData(
        """{"0xc0de000000000000000000000000000000000001":{"stateDiff":{"1":"0x1"}}}""", -32602, "not a storage key")]
    [InlineData(
        """
        {"0xc0de000000000000000000000000000000000001":
            {"movePrecompileToAddress":"0x1000000000000000000000000000000000000000"}}
        """,
        -32000,
        "account 0xc0de000000000000000000000000000000000001 is not a precompile")]
    public async Task EthCall_WithAWrongOverride_NamesIt(string overrides, int code, string text)
    {
        using TestChain chain = new();

        (int actual, string message, _) = await chain.ErrorAsync(
            "eth_call", $$"""{"to":"{{Contract}}"},"latest",{{overrides}}""");

        Assert.Equal(code, actual);
        Assert.Contains(text, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "missing value for required argument 0")]
    [InlineData("null", "missing value for required argument 0")]
    [InlineData("\"0x\"", "invalid argument 0: not an object")]
    [InlineData("{\"to\":5}", "invalid argument 0: to: not an address")]
    [InlineData("{\"gas\":\"0x10000000000000000\"}", "invalid argument 0: gas: larger than 64 bits")]
    [InlineData("{\"value\":-1}", "invalid argument 0: value: not a whole number")]
    [InlineData("{\"data\":\"0x1\"}", "invalid argument 0: data: not hex")]
    [InlineData("{\"data\":\"0x01\",\"input\":\"0x02\"}", "invalid argument 0: input: data and input name different")]
    [InlineData("{\"gasPrice\":\"0x1\",\"maxFeePerGas\":\"0x1\"}", "both gasPrice and (maxFeePerGas")]
    [InlineData("{\"accessList\":{}}", "invalid argument 0: accessList: not an array")]
    [InlineData("{\"accessList\":[{\"storageKeys\":[]}]}", "accessList[0]: address: missing")]
    [InlineData("{\"blobVersionedHashes\":[\"0x01\"]}", "blobVersionedHashes[0]: not a hash")]
    [InlineData("{\"authorizationList\":[{\"nonce\":\"0x0\"}]}", "authorizationList[0]: address: missing")]
    [InlineData("{},\"soon\"", "invalid argument 1: not a block")]
    [InlineData("{},{\"blockHash\":\"0x1\"}", "invalid argument 1: not a hash")]
    [InlineData("{},\"latest\",null,7", "invalid argument 3: not an object")]
    [InlineData("{},\"latest\",null,null,1", "too many arguments, want at most 4")]
    public async Task EthCall_WithAWrongParameter_NamesIt(string parameters, string text)
    {
        using TestChain chain = new();

        (int code, string message, _) = await chain.ErrorAsync("eth_call", parameters);

        Assert.Equal(-32602, code);
        Assert.Contains(text, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"0x5\"", "header not found")]
    [InlineData("\"0x0000000000000000000000000000000000000000000000000000000000000005\"", "header not found")]
    public async Task EthCall_OnAnUnknownBlock_IsRefused(string block, string text)
    {
        using TestChain chain = new();

        Assert.Equal(
            (-32000, text, null), await chain.ErrorAsync("eth_call", $$"""{"to":"{{Contract}}"},{{block}}"""));
    }

    [Theory]
    [InlineData("fe", "invalid opcode: INVALID")]
    [InlineData("21", "invalid opcode: opcode 0x21 not defined")]
    [InlineData("01", "stack underflow (0 <=> 2)")]
    [InlineData("600056", "invalid jump destination")]
    public async Task EthCall_OfAFaultyContract_SaysWhatWasWrong(string code, string text)
    {
        using TestChain chain = new($$""" "{{Contract}}": { "balance": "0x0", "code": "0x{{code}}" } """);

        Assert.Equal((-32000, text, null), await chain.ErrorAsync("eth_call", $$"""{"to":"{{Contract}}"}"""));
    }

    [Fact]
    public async Task EthCall_ThatNamesNoFee_NeedsNoEther() =>
        await WithContract("00", async chain =>
            Assert.Equal("0x", await chain.TextAsync("eth_call", $$"""{"from":"{{Rich}}","to":"{{Contract}}"}""")));

    [Fact]
    public async Task EthCall_ThatNamesAFee_NeedsTheEther() =>
        await WithContract("00", async chain =>
        {
            (int code, string message, _) = await chain.ErrorAsync(
                "eth_call", $$"""{"from":"{{Rich}}","to":"{{Contract}}","gasPrice":"0x3b9aca00","gas":"0x5208"}""");
            Assert.Equal(-32000, code);
            Assert.StartsWith("insufficient funds for gas * price + value: ", message, StringComparison.Ordinal);
        });

    [Fact]
    public async Task EthCall_ThatPaysLessThanTheBaseFee_IsRefused() =>
        await WithContract("00", async chain =>
        {
            (_, string message, _) = await chain.ErrorAsync(
                "eth_call", $$"""{"to":"{{Contract}}","maxFeePerGas":"0x1","gas":"0x5208"}""");
            Assert.StartsWith("max fee per gas less than block base fee: ", message, StringComparison.Ordinal);
        });

    [Fact]
    public async Task EthCall_ForAnotherChain_IsRefused() =>
        await WithContract("00", async chain =>
            Assert.Equal(
                (-32000, "chainId does not match node's (have=1, want=1337)", null),
                await chain.ErrorAsync("eth_call", $$"""{"to":"{{Contract}}","chainId":"0x1"}""")));

    [Fact]
    public async Task EthCall_WithoutEnd_IsEndedInTime()
    {
        // JUMPDEST, PUSH0 and back.
        RpcLimits limits = new() { CallGasMax = ulong.MaxValue / 2, CallTimeMax = TimeSpan.FromMilliseconds(50) };
        using TestChain chain = new(
            $$""" "{{Contract}}": { "balance": "0x0", "code": "0x5b5f56" } """, limits);

        Assert.Equal(
            (-32000, "execution aborted (timeout = 0.05s)", null),
            await chain.ErrorAsync("eth_call", $$"""{"to":"{{Contract}}"}"""));
    }

    [Fact]
    public async Task EthCall_WithMoreGasThanAllowed_RunsWithWhatIsAllowed()
    {
        using TestChain chain = new(
            $$""" "{{Contract}}": { "balance": "0x0", "code": "{{Returning("5a")}}" } """,
            new RpcLimits { CallGasMax = 100_000 });

        string left = await chain.TextAsync("eth_call", $$"""{"to":"{{Contract}}","gas":"0xffffffff"}""");

        Assert.Equal(100_000 - 21_000 - 2, Convert.ToInt32(left[^8..], 16));
    }

    [Fact]
    public async Task EthCall_WithADelegationBeforeItsFork_IsRefused() =>
        await WithContract("00", async chain =>
        {
            (int code, string message, _) = await chain.ErrorAsync(
                "eth_call",
                $$"""
                {"to":"{{Contract}}","authorizationList":[{"chainId":"0x1","address":"{{Rich}}","nonce":"0x0"}]}
                """);
            Assert.Equal(-32000, code);
            Assert.StartsWith("transaction type not supported", message, StringComparison.Ordinal);
        });

    private static async Task WithContract(string code, Func<TestChain, Task> test)
    {
        using TestChain chain = new($$""" "{{Contract}}": { "balance": "0x0", "code": "0x{{code}}" } """);
        await test(chain);
    }
}
