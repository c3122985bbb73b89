using Koinon.Chain.Ledger;
using Koinon.Evm.Instructions;
using Koinon.Primitives;
using Koinon.Rpc.Tests.Tracing;
using Koinon.Rpc.Tracing;
using static Koinon.Evm.Tests.Language.Bytecode;
using static Koinon.Rpc.Tests.Tracing.Programs;

namespace Koinon.Rpc.Tests.Trace;

public sealed class TraceMethodsTests
{
    [Fact]
    public async Task Transaction_OfCallsCreationsAndReverts_IsAFlatList()
    {
        using TraceChain chain = new(
            Call(Address.FromWord(4u)) + Call(TraceChain.Second, value: 1)
                + Push(0u) + Push(0u) + Push(0u) + Opcode.Create + Opcode.Pop + Call(TraceChain.Third),
            RevertWith(0),
            Push(TraceChain.Second.ToWord()) + Opcode.SelfDestruct);
        LedgerTransaction mined = chain.Mine(TraceChain.First, data: [1]);
        string place = $$"""
            "blockHash":"{{chain.Ledger.Head.Hash}}","blockNumber":1,
            "transactionHash":"{{mined.Transaction.Hash}}","transactionPosition":0
            """;
        var calls = await chain.AskAsync("trace_transaction", $"""["{mined.Transaction.Hash}"]""");
        string rootUsed = calls[0].GetProperty("result").GetProperty("gasUsed").GetString()!;
        string given = calls[2].GetProperty("action").GetProperty("gas").GetString()!;
        Address created = Evm.ContractAddress.Of(TraceChain.First, 1);
        await chain.ShouldAnswerAsync("trace_transaction", $"""["{mined.Transaction.Hash}"]""", $$"""
            [{"action":{"callType":"call","from":"{{TraceChain.SenderText}}","gas":"0xef028","input":"0x01",
            "to":"{{TraceChain.FirstText}}","value":"0x0"},{{place}},
            "result":{"gasUsed":"{{rootUsed}}","output":"0x"},"subtraces":3,"traceAddress":[],"type":"call"},
            {"action":{"callType":"call","from":"{{TraceChain.FirstText}}","gas":"0xcc4c","input":"0x",
            "to":"{{TraceChain.SecondText}}","value":"0x1"},{{place}},
            "error":"Reverted","result":null,"subtraces":0,"traceAddress":[0],"type":"call"},
            {"action":{"creationMethod":"create","from":"{{TraceChain.FirstText}}","gas":"{{given}}","init":"0x",
            "value":"0x0"},{{place}},
            "result":{"address":"{{created}}","code":"0x","gasUsed":"0x0"},
            "subtraces":0,"traceAddress":[1],"type":"create"},
            {"action":{"callType":"call","from":"{{TraceChain.FirstText}}","gas":"0xc350","input":"0x",
            "to":"{{TraceChain.ThirdText}}","value":"0x0"},{{place}},
            "result":{"gasUsed":"0x138b","output":"0x"},"subtraces":1,"traceAddress":[2],"type":"call"},
            {"action":{"address":"{{TraceChain.ThirdText}}","balance":"0x0",
            "refundAddress":"{{TraceChain.SecondText}}"},{{place}},
            "result":null,"subtraces":0,"traceAddress":[2,0],"type":"suicide"}]
            """);
        var block = await chain.AskAsync("trace_block", """["0x1"]""");
        Assert.Equal(calls.GetRawText(), block.GetRawText());
        var one = await chain.AskAsync("trace_get", $"""["{mined.Transaction.Hash}",["0x2","0x0"]]""");
        Assert.Equal(calls[4].GetRawText(), one.GetRawText());
    }

    [Fact]
    public async Task Replay_WithStateDifference_TellsWhatCameAndChanged()
    {
        using TraceChain chain = new(
            Store(1u, 9u) + Store(3u, 4u) + Call(Address.FromWord(0x77u), value: 2));
        LedgerTransaction mined = chain.Mine(TraceChain.First);
        UInt256 rich = UInt256.Parse("0xd3c21bcecceda1000000");
        string rest = (rich - (7u * mined.GasUsed)).ToString("x", null);
        await chain.ShouldAnswerAsync(
            "trace_replayTransaction", $$"""["{{mined.Transaction.Hash}}",["stateDiff"]]""", $$"""
            {"output":"0x","trace":[],"vmTrace":null,"stateDiff":{
            "0x0000000000000000000000000000000000000077":{"balance":{"+":"0x2"},"code":{"+":"0x"},
            "nonce":{"+":"0x0"},"storage":{} },
            "{{TraceChain.FirstText}}":{"balance":{"*":{"from":"0x3e8","to":"0x3e6"} },
            "code":"=","nonce":"=","storage":{
            "0x0000000000000000000000000000000000000000000000000000000000000001":{"*":{
            "from":"0x0000000000000000000000000000000000000000000000000000000000000007",
            "to":"0x0000000000000000000000000000000000000000000000000000000000000009"} },
            "0x0000000000000000000000000000000000000000000000000000000000000003":{"*":{
            "from":"0x0000000000000000000000000000000000000000000000000000000000000000",
            "to":"0x0000000000000000000000000000000000000000000000000000000000000004"} } } },
            "{{TraceChain.SenderText}}":{"balance":{"*":{"from":"0xd3c21bcecceda1000000","to":"{{rest}}"} },
            "code":"=","nonce":{"*":{"from":"0x0","to":"0x1"} },"storage":{} } } }
            """);
    }

    [Fact]
    public async Task Replay_WithVmTrace_TellsWhatEachInstructionDid()
    {
        using TraceChain chain = new(
            Push(5u) + Push(0u) + Opcode.MStore + CallWith(TraceChain.Second, 0, Opcode.StaticCall) + Opcode.Stop,
            Opcode.Stop);
        LedgerTransaction mined = chain.Mine(TraceChain.First);
        var replay = await chain.AskAsync(
            "trace_replayTransaction", $$"""["{{mined.Transaction.Hash}}",["vmTrace"]]""");
        var trace = replay.GetProperty("vmTrace");
        var ops = trace.GetProperty("ops");
        Assert.StartsWith("0x60056000526000", trace.GetProperty("code").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            """{"cost":3,"pc":0,"op":"PUSH1","sub":null,"ex":{"mem":null,"push":["0x5"],"store":null,"used":978997}}""",
            ops[0].GetRawText());
        Assert.Equal(
            """{"cost":6,"pc":4,"op":"MSTORE","sub":null,"ex":{"mem":{"data":"""
            + "\"0x0000000000000000000000000000000000000000000000000000000000000005\""
            + ""","off":0},"push":[],"store":null,"used":978988}}""",
            ops[2].GetRawText());
        var call = ops[9];
        Assert.Equal("STATICCALL", call.GetProperty("op").GetString());
        Assert.Equal("0x00", call.GetProperty("sub").GetProperty("code").GetString());
        Assert.Equal(1, call.GetProperty("sub").GetProperty("ops").GetArrayLength());
        Assert.Equal("""["0x1"]""", call.GetProperty("ex").GetProperty("push").GetRawText());
    }

    [Fact]
    public async Task Replay_OfABlock_NamesTheTransactions()
    {
        using TraceChain chain = new(Opcode.Stop);
        (Address?, ulong, byte[], UInt256) call = (TraceChain.First, 50_000, [], default);
        IReadOnlyList<LedgerTransaction> mined = chain.Mine(call, call);
        var block = await chain.AskAsync("trace_replayBlockTransactions", """["0x1",["trace"]]""");
        Assert.Equal(
            mined.Select(static one => one.Transaction.Hash.ToString()),
            block.EnumerateArray().Select(static one => one.GetProperty("transactionHash").GetString()));
    }

    [Fact]
    public async Task Calls_OneAfterAnother_SeeWhatCameBefore()
    {
        using TraceChain chain = new(
            Push(0u) + Opcode.SLoad + Push(1u) + Opcode.Add + Push(0u) + Opcode.SStore
                + Push(0u) + Opcode.SLoad + ReturnTop());
        string call = $$"""{"to":"{{TraceChain.FirstText}}"}""";
        var answers = await chain.AskAsync(
            "trace_callMany", $$"""[[[{{call}},["trace"]],[{{call}},["stateDiff"]]],"latest"]""");
        Assert.EndsWith("01", answers[0].GetProperty("output").GetString(), StringComparison.Ordinal);
        Assert.EndsWith("02", answers[1].GetProperty("output").GetString(), StringComparison.Ordinal);
        var one = await chain.AskAsync("trace_call", $$"""[{{call}},["trace","stateDiff"]]""");
        Assert.EndsWith("01", one.GetProperty("output").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filter_ByAddressAndPage_ShowsTheCallsThatFit()
    {
        using TraceChain chain = new(Call(TraceChain.Second), Call(TraceChain.Third), Opcode.Stop);
        chain.Mine(TraceChain.First);
        chain.Mine(TraceChain.Second);
        string first = $$"""{"fromAddress":["{{TraceChain.FirstText}}"]}""";
        Assert.Equal(1, (await chain.AskAsync("trace_filter", $"[{first}]")).GetArrayLength());
        string second = $$"""{"toAddress":["{{TraceChain.SecondText}}"]}""";
        Assert.Equal(2, (await chain.AskAsync("trace_filter", $"[{second}]")).GetArrayLength());
        string paged = $$"""{"toAddress":["{{TraceChain.SecondText}}"],"after":1,"count":1}""";
        var page = await chain.AskAsync("trace_filter", $"[{paged}]");
        Assert.Equal(2, page[0].GetProperty("blockNumber").GetInt32());
        Assert.Equal(1, page.GetArrayLength());
        string both = $$"""
            {"fromAddress":["{{TraceChain.SecondText}}"],"toAddress":["{{TraceChain.SecondText}}"],
            "mode":"intersection"}
            """;
        Assert.Equal(0, (await chain.AskAsync("trace_filter", $"[{both}]")).GetArrayLength());
        Assert.Equal(5, (await chain.AskAsync("trace_filter", "[{}]")).GetArrayLength());
    }

    [Fact]
    public async Task Filter_OverALimit_NamesIt()
    {
        TraceLimits limits = new() { FilterBlocksMax = 2, FilterTracesMax = 1 };
        using TraceChain chain = new(Opcode.Stop, limits: limits);
        for (int i = 0; i < 3; i++)
        {
            chain.Mine(TraceChain.First);
        }

        (int code, string message) = await chain.RefuseAsync("trace_filter", "[{}]");
        Assert.Equal(-32602, code);
        Assert.Equal("block range of 3 is too wide: at most 2 are traced", message);
        (code, message) = await chain.RefuseAsync("trace_filter", """[{"fromBlock":"0x2"}]""");
        Assert.Equal(-32602, code);
        Assert.Equal("more than 1 traces fit: ask for fewer blocks, or use count and after", message);
        Assert.Equal(
            1, (await chain.AskAsync("trace_filter", """[{"fromBlock":"0x2","count":1}]""")).GetArrayLength());
    }

    [Fact]
    public async Task Filter_OverALimitThatIsMetLate_IsStillRefused()
    {
        using TraceChain chain = new(Opcode.Stop, limits: new TraceLimits { FilterTracesMax = 3 });
        byte[] longInput = new byte[30_000];
        for (int i = 0; i < 4; i++)
        {
            chain.Mine(TraceChain.First, data: longInput);
        }

        (int code, string message) = await chain.RefuseAsync("trace_filter", "[{}]");

        Assert.Equal(-32602, code);
        Assert.Equal("more than 3 traces fit: ask for fewer blocks, or use count and after", message);
        Assert.Equal(3, (await chain.AskAsync("trace_filter", """[{"count":3}]""")).GetArrayLength());
    }

    [Fact]
    public async Task OpcodeGas_OfABlock_CountsWithoutWhatIsHandedOn()
    {
        using TraceChain chain = new(Call(TraceChain.Second), Opcode.Stop);
        LedgerTransaction mined = chain.Mine(TraceChain.First);
        await chain.ShouldAnswerAsync("trace_blockOpcodeGas", """["0x1"]""", $$"""
            {"blockHash":"{{chain.Ledger.Head.Hash}}","blockNumber":1,"transactions":[
            {"transactionHash":"{{mined.Transaction.Hash}}","opcodeGas":[
            {"opcode":"STOP","count":2,"gasUsed":0},{"opcode":"POP","count":1,"gasUsed":2},
            {"opcode":"PUSH1","count":5,"gasUsed":15},{"opcode":"PUSH2","count":1,"gasUsed":3},
            {"opcode":"PUSH4","count":1,"gasUsed":3},{"opcode":"CALL","count":1,"gasUsed":2600}]}]}
            """);
    }

    [Theory]
    [InlineData("trace_transaction", "[\"0x0000000000000000000000000000000000000000000000000000000000000001\"]")]
    [InlineData("trace_block", "[\"0x99\"]")]
    public async Task Answer_WhereThereIsNothing_IsNull(string method, string parameters)
    {
        using TraceChain chain = new(Opcode.Stop);
        Assert.Equal("null", (await chain.AskAsync(method, parameters)).GetRawText());
    }

    [Fact]
    public async Task Types_ThatAreUnknown_AreRefused()
    {
        using TraceChain chain = new(Opcode.Stop);
        (int code, string message) = await chain.RefuseAsync(
            "trace_call", $$"""[{"to":"{{TraceChain.FirstText}}"},["everything"]]""");
        Assert.Equal(-32602, code);
        Assert.Equal(
            "invalid argument 1: not a type of trace: trace, stateDiff and vmTrace are known", message);
    }
}
