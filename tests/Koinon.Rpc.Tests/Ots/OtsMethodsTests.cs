using Koinon.Chain.Ledger;
using Koinon.Evm.Instructions;
using Koinon.Primitives;
using Koinon.Rpc.Tests.Tracing;
using Koinon.Rpc.Tracing;
using static Koinon.Evm.Tests.Language.Bytecode;
using static Koinon.Rpc.Tests.Tracing.Programs;

namespace Koinon.Rpc.Tests.Ots;

public sealed class OtsMethodsTests
{
    private static readonly Address Paid = Address.FromWord(0x77u);

    [Fact]
    public async Task InternalOperations_OfATransaction_AreTransfersCreationsAndDestructions()
    {
        using TraceChain chain = new(
            Call(Paid, value: 3) + Call(TraceChain.Second) + Push(0u) + Push(0u) + Push(2u) + Opcode.Create + Opcode.Pop
                + Call(TraceChain.Third),
            Opcode.Stop,
            Push(9u) + Opcode.SelfDestruct);
        LedgerTransaction mined = chain.Mine(TraceChain.First, value: 1u);
        await chain.ShouldAnswerAsync("ots_getInternalOperations", $"""["{mined.Transaction.Hash}"]""", $$"""
            [{"type":0,"from":"{{TraceChain.FirstText}}","to":"{{Paid}}","value":"0x3"},
            {"type":2,"from":"{{TraceChain.FirstText}}","to":"{{Evm.ContractAddress.Of(TraceChain.First, 1)}}",
            "value":"0x2"},
            {"type":1,"from":"{{TraceChain.ThirdText}}","to":"0x0000000000000000000000000000000000000009",
            "value":"0x0"}]
            """);
    }

    [Fact]
    public async Task TransactionError_OfARevert_IsWhatItReturned()
    {
        using TraceChain chain = new(Remember(0x11u) + RevertWith(32), Opcode.Invalid);
        LedgerTransaction reverted = chain.Mine(TraceChain.First);
        LedgerTransaction failed = chain.Mine(TraceChain.Second);
        await chain.ShouldAnswerAsync(
            "ots_getTransactionError",
            $"""["{reverted.Transaction.Hash}"]""",
            "\"0x0000000000000000000000000000000000000000000000000000000000000011\"");
        await chain.ShouldAnswerAsync("ots_getTransactionError", $"""["{failed.Transaction.Hash}"]""", "\"0x\"");
    }

    [Fact]
    public async Task Trace_OfATransaction_HasDepths()
    {
        using TraceChain chain = new(Call(TraceChain.Second, Opcode.DelegateCall), Opcode.Stop);
        LedgerTransaction mined = chain.Mine(TraceChain.First, data: [1], value: 4u);
        await chain.ShouldAnswerAsync("ots_traceTransaction", $"""["{mined.Transaction.Hash}"]""", $$"""
            [{"type":"CALL","depth":0,"from":"{{TraceChain.SenderText}}","to":"{{TraceChain.FirstText}}","value":"0x4",
            "input":"0x01","output":"0x"},
            {"type":"DELEGATECALL","depth":1,"from":"{{TraceChain.FirstText}}","to":"{{TraceChain.SecondText}}",
            "value":null,"input":"0x","output":"0x"}]
            """);
    }

    [Fact]
    public async Task Block_HasDetailsAndPages()
    {
        using TraceChain chain = new(Opcode.Stop);
        (Address?, ulong, byte[], UInt256) call = (TraceChain.First, 50_000, [1, 2, 3, 4, 5, 6], default);
        IReadOnlyList<LedgerTransaction> mined = chain.Mine(call, call, call);
        var details = await chain.AskAsync("ots_getBlockDetails", "[1]");
        Assert.Equal(3, details.GetProperty("block").GetProperty("transactionCount").GetInt32());
        Assert.False(details.GetProperty("block").TryGetProperty("transactions", out _));
        Assert.Equal("null", details.GetProperty("block").GetProperty("logsBloom").GetRawText());
        Assert.Equal("0x0", details.GetProperty("issuance").GetProperty("blockReward").GetString());
        Assert.Equal($"0x{7 * 3 * mined[0].GasUsed:x}", details.GetProperty("totalFees").GetString());
        var byHash = await chain.AskAsync("ots_getBlockDetailsByHash", $"""["{chain.Ledger.Head.Hash}"]""");
        Assert.Equal(details.GetRawText(), byHash.GetRawText());
        var page = await chain.AskAsync("ots_getBlockTransactions", "[1,1,2]");
        var shown = page.GetProperty("fullblock").GetProperty("transactions");
        Assert.Equal(1, shown.GetArrayLength());
        Assert.Equal(mined[0].Transaction.Hash.ToString(), shown[0].GetProperty("hash").GetString());
        Assert.Equal("0x01020304", shown[0].GetProperty("input").GetString());
        Assert.Equal("null", page.GetProperty("receipts")[0].GetProperty("logs").GetRawText());
    }

    [Fact]
    public async Task Searches_OfAnAddress_GoThroughThePages()
    {
        using TraceChain chain = new(Call(TraceChain.Second), Opcode.Stop, Opcode.Stop);
        List<string> touched = [];
        for (int i = 0; i < 3; i++)
        {
            touched.Add(chain.Mine(TraceChain.First).Transaction.Hash.ToString());
            chain.Mine(TraceChain.Third);
        }

        var before = await chain.AskAsync("ots_searchTransactionsBefore", $"""["{TraceChain.SecondText}",0,2]""");
        Assert.Equal([touched[2], touched[1]], Hashes(before));
        Assert.True(before.GetProperty("firstPage").GetBoolean());
        Assert.False(before.GetProperty("lastPage").GetBoolean());
        var rest = await chain.AskAsync("ots_searchTransactionsBefore", $"""["{TraceChain.SecondText}",3,2]""");
        Assert.Equal([touched[0]], Hashes(rest));
        Assert.True(rest.GetProperty("lastPage").GetBoolean());
        var after = await chain.AskAsync("ots_searchTransactionsAfter", $"""["{TraceChain.SecondText}",0,2]""");
        Assert.Equal([touched[1], touched[0]], Hashes(after));
        Assert.True(after.GetProperty("lastPage").GetBoolean());
        Assert.False(after.GetProperty("firstPage").GetBoolean());

        static IEnumerable<string?> Hashes(System.Text.Json.JsonElement page) =>
            page.GetProperty("txs").EnumerateArray().Select(static one => one.GetProperty("hash").GetString());
    }

    [Fact]
    public async Task Search_OverTheLimit_SaysWhereToGoOn()
    {
        using TraceChain chain = new(Opcode.Stop, limits: new TraceLimits { SearchBlocksMax = 2 });
        for (int i = 0; i < 4; i++)
        {
            chain.Mine(TraceChain.First);
        }

        (int code, string message) = await chain.RefuseAsync(
            "ots_searchTransactionsBefore", $"""["{TraceChain.ThirdText}",0,5]""");
        Assert.Equal(-32602, code);
        Assert.EndsWith("go on from block 2", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ContractsAndNonces_AreFoundByTheirBlocks()
    {
        using TraceChain chain = new(
            Remember(0x600a5ff3u << 16, 0) + Push(32u) + Push(0u) + Push(0u) + Opcode.Create);
        chain.Mine(TraceChain.Second);
        byte[] deploy = [.. (Store([0]) + Push(1u) + Push(0u) + Opcode.Return).Bytes];
        LedgerTransaction mined = chain.Mine(null, data: deploy);
        chain.Mine(TraceChain.Second);
        Address contract = Evm.ContractAddress.Of(TraceChain.Sender, 1);
        await chain.ShouldAnswerAsync(
            "ots_getContractCreator",
            $"""["{contract}"]""",
            $$"""{"hash":"{{mined.Transaction.Hash}}","creator":"{{TraceChain.SenderText}}"}""");
        await chain.ShouldAnswerAsync("ots_getContractCreator", $"""["{TraceChain.FirstText}"]""", "null");
        await chain.ShouldAnswerAsync("ots_hasCode", $"""["{contract}","0x1"]""", "false");
        await chain.ShouldAnswerAsync("ots_hasCode", $"""["{contract}","latest"]""", "true");
        await chain.ShouldAnswerAsync(
            "ots_getTransactionBySenderAndNonce",
            $"""["{TraceChain.SenderText}",1]""",
            $"\"{mined.Transaction.Hash}\"");
        await chain.ShouldAnswerAsync(
            "ots_getTransactionBySenderAndNonce", $"""["{TraceChain.SenderText}","0x9"]""", "null");
        await chain.ShouldAnswerAsync("ots_getApiLevel", "[]", "8");
    }
}
