using System.Text.Json;

namespace Koinon.Rpc.Tests.Eth;

/// <summary>What methods answer at their edges.</summary>
public sealed class EthMethodsTests : IDisposable
{
    private const string Contract = "0xc0de000000000000000000000000000000000001";
    private const string NoHash = "0x0000000000000000000000000000000000000000000000000000000000000005";

    private readonly TestChain _chain = new(
        $$"""
        "{{Contract}}": { "balance": "0x7", "nonce": "0x3", "code": "0x5f5460010155", "storage": { "0x5": "0x2a" } }
        """);

    [Theory]
    [InlineData("\"0x5\"")]
    [InlineData("\"0x05\"")]
    [InlineData("\"0x0000000000000000000000000000000000000000000000000000000000000005\"")]
    [InlineData("5")]
    public async Task ASlot_InEveryFormToolsSend_IsRead(string slot)
    {
        Assert.EndsWith("2a", await _chain.TextAsync("eth_getStorageAt", $"\"{Contract}\",{slot},\"latest\""));
        JsonElement proof = await _chain.ResultAsync("eth_getProof", $"\"{Contract}\",[{slot}]");
        Assert.Equal("0x2a", proof.GetProperty("storageProof")[0].GetProperty("value").GetString());
    }

    [Fact]
    public async Task FeeHistory_BeyondTheHead_IsRefusedAndWithoutPercentilesHasNoRewards()
    {
        Assert.Equal(
            (-32000, "request beyond head block: requested 153, head 0", null),
            await _chain.ErrorAsync("eth_feeHistory", "1,\"0x99\",[50]"));
        foreach (string parameters in (string[])["1,\"latest\"", "\"0x1\",\"latest\",[]", "\"1\",\"latest\",null"])
        {
            JsonElement history = await _chain.ResultAsync("eth_feeHistory", parameters);
            Assert.False(history.TryGetProperty("reward", out _), parameters);
            Assert.Equal(2, history.GetProperty("baseFeePerGas").GetArrayLength());
        }
    }

    [Theory]
    [InlineData("eth_getBlockByHash", $"\"{NoHash}\"")]
    [InlineData("eth_getBlockByNumber", "\"0x99\"")]
    [InlineData("eth_getBlockByNumber", "153,true")]
    [InlineData("eth_getHeaderByHash", $"\"{NoHash}\"")]
    [InlineData("eth_getHeaderByNumber", "\"0x99\"")]
    [InlineData("erigon_getHeaderByNumber", "\"0x99\"")]
    [InlineData("eth_getBlockReceipts", "\"0x99\"")]
    [InlineData("eth_getBlockReceipts", $"\"{NoHash}\"")]
    [InlineData("eth_getBlockTransactionCountByHash", $"\"{NoHash}\"")]
    [InlineData("eth_getBlockTransactionCountByNumber", "\"0x99\"")]
    [InlineData("eth_getUncleCountByBlockHash", $"\"{NoHash}\"")]
    [InlineData("eth_getUncleCountByBlockNumber", "\"0x99\"")]
    [InlineData("eth_getUncleByBlockHashAndIndex", $"\"{NoHash}\",\"0x0\"")]
    [InlineData("eth_getUncleByBlockNumberAndIndex", "\"latest\",0")]
    [InlineData("eth_getTransactionByHash", $"\"{NoHash}\"")]
    [InlineData("eth_getTransactionByBlockHashAndIndex", $"\"{NoHash}\",\"0x0\"")]
    [InlineData("eth_getTransactionByBlockNumberAndIndex", "\"latest\",\"0x0\"")]
    [InlineData("eth_getTransactionBySenderAndNonce", $"\"{Contract}\",\"0x0\"")]
    [InlineData("eth_getTransactionReceipt", $"\"{NoHash}\"")]
    [InlineData("eth_getRawTransactionByHash", $"\"{NoHash}\"")]
    [InlineData("eth_getRawTransactionByBlockHashAndIndex", $"\"{NoHash}\",\"0x0\"")]
    [InlineData("eth_getRawTransactionByBlockNumberAndIndex", "\"latest\",\"0x0\"")]
    [InlineData("eth_getAccount", $"\"0x00000000000000000000000000000000000000ff\",\"latest\"")]
    public async Task AQuestion_AboutWhatIsNotThere_IsAnsweredWithNull(string method, string parameters) =>
        Assert.Equal(JsonValueKind.Null, (await _chain.ResultAsync(method, parameters)).ValueKind);

    [Theory]
    [InlineData("eth_getBalance")]
    [InlineData("eth_getCode")]
    [InlineData("eth_getTransactionCount")]
    [InlineData("eth_getAccount")]
    [InlineData("eth_getAccountInfo")]
    public async Task AStateRead_OfAWrongAddressOrBlock_NamesIt(string method)
    {
        Assert.StartsWith(
            "invalid argument 0: not an address", (await _chain.ErrorAsync(method, "\"0x1\"")).Message);
        Assert.StartsWith(
            "missing value for required argument 0", (await _chain.ErrorAsync(method, "")).Message);
        Assert.StartsWith(
            "invalid argument 1: not a block", (await _chain.ErrorAsync(method, $"\"{Contract}\",\"now\"")).Message);
        Assert.Equal(
            (-32000, "header not found", null), await _chain.ErrorAsync(method, $"\"{Contract}\",\"0x99\""));
        Assert.StartsWith(
            "too many arguments", (await _chain.ErrorAsync(method, $"\"{Contract}\",\"latest\",1")).Message);
    }

    [Theory]
    [InlineData("\"latest\"")]
    [InlineData("\"pending\"")]
    [InlineData("\"earliest\"")]
    [InlineData("\"safe\"")]
    [InlineData("\"finalized\"")]
    [InlineData("\"0x0\"")]
    [InlineData("\"0x00\"")]
    [InlineData("\"0\"")]
    [InlineData("0")]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("{\"blockNumber\":\"0x0\"}")]
    [InlineData("{\"blockNumber\":\"latest\"}")]
    public async Task GetBalance_WithAnyNameOfABlock_IsAnswered(string block) =>
        Assert.Equal("0x7", await _chain.TextAsync("eth_getBalance", $"\"{Contract}\",{block}"));

    [Theory]
    [InlineData("\"0x5\"")]
    [InlineData("\"0x05\"")]
    [InlineData("\"0x0000000000000000000000000000000000000000000000000000000000000005\"")]
    public async Task GetStorageAt_WithAnyFormOfASlot_IsAnsweredIn32Bytes(string slot) =>
        Assert.Equal($"0x{42:x64}", await _chain.TextAsync("eth_getStorageAt", $"\"{Contract}\",{slot}"));

    [Fact]
    public async Task GetAccountInfo_OfAContract_HasNonceBalanceAndCode()
    {
        JsonElement info = await _chain.ResultAsync("eth_getAccountInfo", $"\"{Contract}\"");

        Assert.Equal("0x3", info.GetProperty("nonce").GetString());
        Assert.Equal("0x7", info.GetProperty("balance").GetString());
        Assert.Equal("0x5f5460010155", info.GetProperty("code").GetString());
    }

    [Fact]
    public async Task GetAccount_OfAContract_HasTheRootsOfItsProof()
    {
        JsonElement account = await _chain.ResultAsync("eth_getAccount", $"\"{Contract}\",\"latest\"");
        JsonElement proof = await _chain.ResultAsync("eth_getProof", $"\"{Contract}\",[\"0x05\"],\"latest\"");

        Assert.Equal(proof.GetProperty("storageHash").GetString(), account.GetProperty("storageRoot").GetString());
        Assert.Equal(proof.GetProperty("codeHash").GetString(), account.GetProperty("codeHash").GetString());
        Assert.Equal("0x5", proof.GetProperty("storageProof")[0].GetProperty("key").GetString());
        Assert.Equal("0x2a", proof.GetProperty("storageProof")[0].GetProperty("value").GetString());
    }

    [Fact]
    public async Task GetProof_OfTooManyKeys_NamesTheLimit()
    {
        string keys = string.Join(',', Enumerable.Repeat("\"0x1\"", 1025));

        (int code, string message, _) = await _chain.ErrorAsync("eth_getProof", $"\"{Contract}\",[{keys}]");

        Assert.Equal(-32602, code);
        Assert.Contains("at most 1024", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetStorageValues_OfTooManySlots_HasGethsCode()
    {
        string keys = string.Join(',', Enumerable.Repeat("\"0x1\"", 1025));

        Assert.Equal(
            (-38026, "too many slots (max 1024)", null),
            await _chain.ErrorAsync("eth_getStorageValues", $$"""{"{{Contract}}":[{{keys}}]}"""));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"0xc0de\":[\"0x1\"]}")]
    [InlineData("[]")]
    [InlineData($"{{\"{Contract}\":5}}")]
    public async Task GetStorageValues_OfAWrongObject_IsRefused(string slots) =>
        Assert.Equal(-32602, (await _chain.ErrorAsync("eth_getStorageValues", slots)).Code);

    [Fact]
    public async Task GetBlockByNumber_OfPending_HasNoHashNonceAndMiner()
    {
        JsonElement block = await _chain.ResultAsync("eth_getBlockByNumber", "\"pending\",true");

        Assert.Equal("0x1", block.GetProperty("number").GetString());
        foreach (string name in (string[])["hash", "nonce", "miner"])
        {
            Assert.Equal(JsonValueKind.Null, block.GetProperty(name).ValueKind);
        }
    }

    [Fact]
    public async Task GetBlockByNumber_AskedAgain_IsTheSame()
    {
        string first = (await _chain.ResultAsync("eth_getBlockByNumber", "\"latest\"")).GetRawText();

        Assert.Equal(first, (await _chain.ResultAsync("eth_getBlockByNumber", "\"0x0\",false")).GetRawText());
        Assert.Equal(
            first,
            (await _chain.ResultAsync("eth_getBlockByHash", $"\"{_chain.Ledger.Head.Hash}\"")).GetRawText());
    }

    [Theory]
    [InlineData("""{"time":"0xffffffffffffffff"}""", """{"number":"0x9"}""", -38021)]
    [InlineData("""{"time":"0xffffffffffffffff"}""", "{}", -38021)]
    [InlineData("""{"number":"0xffffffffffffffff"}""", "{}", -38026)]
    [InlineData("""{"number":"0x2"}""", """{"number":"0x2"}""", -38020)]
    public async Task Simulation_OfBlocksThatCannotFollow_HasACodeOfItsOwn(string first, string second, int code) =>
        Assert.Equal(code, (await _chain.ErrorAsync(
            "eth_simulateV1",
            $$"""{"blockStateCalls":[{"blockOverrides":{{first}}},{"blockOverrides":{{second}}}]}""")).Code);

    [Fact]
    public async Task CallMany_OfTwoCalls_LeavesTheFirstForTheSecond()
    {
        // SSTORE(0, calldata) where there is data, else RETURN(SLOAD(0)).
        const string Cell = "0x3615600a575f355f55005b5f545f5260205ff3";
        JsonElement answer = await _chain.ResultAsync(
            "eth_callMany",
            $$$"""
            [{"transactions":[
                {"to":"{{{Contract}}}","data":"0x{{{42:x64}}}"},
                {"to":"{{{Contract}}}"},
                {"to":"{{{Contract}}}","value":"0x1"} ]}],
            {"blockNumber":"latest"},
            {"{{{Contract}}}":{"code":"{{{Cell}}}"} }
            """);

        Assert.Equal("0x", answer[0][0].GetProperty("value").GetString());
        Assert.Equal($"0x{42:x64}", answer[0][1].GetProperty("value").GetString());
        Assert.StartsWith("insufficient funds", answer[0][2].GetProperty("error").GetString());
    }

    [Fact]
    public async Task CreateAccessList_OfACallThatReadsASlot_NamesIt()
    {
        JsonElement answer = await _chain.ResultAsync(
            "eth_createAccessList", $$"""{"to":"{{Contract}}"}""");

        JsonElement entry = Assert.Single(answer.GetProperty("accessList").EnumerateArray());
        Assert.Equal(Contract, entry.GetProperty("address").GetString());
        Assert.Equal("stack underflow (1 <=> 2)", answer.GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("{}", -32602)]
    [InlineData("{\"blockStateCalls\":[]}", -32602)]
    [InlineData("{\"blockStateCalls\":[{\"calls\":[{\"to\":1}]}]}", -32602)]
    [InlineData("{\"blockStateCalls\":[{\"blockOverrides\":{\"number\":\"0x0\"}}]}", -38020)]
    [InlineData("{\"blockStateCalls\":[{\"blockOverrides\":{\"time\":\"0x64\"}}]}", -38021)]
    [InlineData("{\"blockStateCalls\":[{\"blockOverrides\":{\"number\":\"0x101\"}}]}", -38026)]
    [InlineData(
        "{\"blockStateCalls\":[{\"calls\":[{\"to\":\"0x0000000000000000000000000000000000000001\",\"gas\":\"0xfff0\","
        + "\"nonce\":\"0x9\",\"gasPrice\":\"0x3b9aca00\"}]}],"
        + "\"validation\":true}",
        -38011)]
    [InlineData(
        "{\"blockStateCalls\":[{\"stateOverrides\":{\"0x0000000000000000000000000000000000000004\":"
        + "{\"movePrecompileToAddress\":\"0x0000000000000000000000000000000000000004\"}}}]}",
        -38022)]
    [InlineData("{\"blockStateCalls\":[{\"calls\":[{\"gas\":\"0xffffffffff\"}]}]}", -38015)]
    public async Task SimulateV1_OfWhatCannotBe_HasTheCodeOfTheSpecification(string simulation, int code) =>
        Assert.Equal(code, (await _chain.ErrorAsync("eth_simulateV1", simulation)).Code);

    [Theory]
    [InlineData("eth_mining", "false")]
    [InlineData("eth_hashrate", "\"0x0\"")]
    [InlineData("eth_protocolVersion", "1")]
    [InlineData("eth_syncing", "false")]
    [InlineData("eth_coinbase", "\"0x0000000000000000000000000000000000000000\"")]
    [InlineData("eth_chainId", "\"0x539\"")]
    [InlineData("net_version", "\"1337\"")]
    [InlineData("eth_networkId", "\"1337\"")]
    [InlineData("net_listening", "true")]
    [InlineData("net_peerCount", "\"0x0\"")]
    [InlineData("eth_requestAccounts", "[]")]
    [InlineData("eth_pendingTransactions", "[]")]
    [InlineData("txpool_status", "{\"pending\":\"0x0\",\"queued\":\"0x0\"}")]
    [InlineData("txpool_content", "{\"pending\":{},\"queued\":{}}")]
    [InlineData("txpool_inspect", "{\"pending\":{},\"queued\":{}}")]
    public async Task AQuestionWithoutParameters_OfAnEmptyChain_IsAnswered(string method, string answer) =>
        Assert.Equal(answer, (await _chain.ResultAsync(method, "")).GetRawText());

    [Theory]
    [InlineData("eth_getWork", "")]
    [InlineData("eth_submitWork", "\"0x1\",\"0x2\",\"0x3\"")]
    [InlineData("eth_submitHashrate", "\"0x1\",\"0x2\"")]
    public async Task WorkOfMiners_OfThisChain_IsNotServed(string method, string parameters) =>
        Assert.Equal(-32004, (await _chain.ErrorAsync(method, parameters)).Code);

    [Theory]
    [InlineData("\"0x400\",\"latest\",[101]")]
    [InlineData("\"0x400\",\"latest\",[50,10]")]
    [InlineData("\"0x400\",\"latest\",[\"x\"]")]
    [InlineData("\"much\",\"latest\"")]
    [InlineData("1")]
    public async Task FeeHistory_WithWrongParameters_NamesThem(string parameters) =>
        Assert.Equal(-32602, (await _chain.ErrorAsync("eth_feeHistory", parameters)).Code);

    [Theory]
    [InlineData("1,\"latest\",[]")]
    [InlineData("\"0x1\",\"latest\",[25,75]")]
    [InlineData("\"1\",\"pending\"")]
    public async Task FeeHistory_OfOneBlock_HasTwoBaseFees(string parameters) =>
        Assert.Equal(
            2,
            (await _chain.ResultAsync("eth_feeHistory", parameters)).GetProperty("baseFeePerGas").GetArrayLength());

    public void Dispose() => _chain.Dispose();
}
