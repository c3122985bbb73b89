using Koinon.Chain.Ledger;
using Koinon.Evm.Instructions;
using Koinon.Evm.Tests.Language;
using Koinon.Primitives;
using Koinon.Rpc.Tests.Tracing;
using static Koinon.Evm.Tests.Language.Bytecode;
using static Koinon.Rpc.Tests.Tracing.Programs;

namespace Koinon.Rpc.Tests.Debug;

public sealed class TracerTests
{
    private const string Names =
        "4byteTracer, callTracer, eip3155Tracer, flatCallTracer, keccak256PreimageTracer, muxTracer, noopTracer, "
        + "opcodeCounter, prestateTracer";

    [Fact]
    public async Task StructLogs_OfStorage_GrowByContractAndShowCosts()
    {
        using TraceChain chain = new(
            Push(1u) + Opcode.SLoad + Opcode.Pop + Store(2u, 9u) + Opcode.Stop);
        await chain.ShouldAnswerAsync("debug_traceTransaction", Of(chain.Mine(TraceChain.First)), """
            {"gas":45211,"failed":false,"returnValue":"0x","structLogs":[
            {"pc":0,"op":"PUSH1","gas":979000,"gasCost":3,"depth":1,"stack":[]},
            {"pc":2,"op":"SLOAD","gas":978997,"gasCost":2100,"depth":1,"stack":["0x1"],"storage":{
            "0x0000000000000000000000000000000000000000000000000000000000000001":
            "0x0000000000000000000000000000000000000000000000000000000000000007"}},
            {"pc":3,"op":"POP","gas":976897,"gasCost":2,"depth":1,"stack":["0x7"]},
            {"pc":4,"op":"PUSH1","gas":976895,"gasCost":3,"depth":1,"stack":[]},
            {"pc":6,"op":"PUSH1","gas":976892,"gasCost":3,"depth":1,"stack":["0x9"]},
            {"pc":8,"op":"SSTORE","gas":976889,"gasCost":22100,"depth":1,"stack":["0x9","0x2"],"storage":{
            "0x0000000000000000000000000000000000000000000000000000000000000001":
            "0x0000000000000000000000000000000000000000000000000000000000000007",
            "0x0000000000000000000000000000000000000000000000000000000000000002":
            "0x0000000000000000000000000000000000000000000000000000000000000009"}},
            {"pc":9,"op":"STOP","gas":954789,"gasCost":0,"depth":1,"stack":[]}]}
            """);
    }

    [Fact]
    public async Task StructLogs_WithMemoryAndReturnData_ShowThemBeforeTheStep()
    {
        using TraceChain chain = new(
            CallWith(TraceChain.Second, 0) + Opcode.Stop, Remember(5u) + Push(32u) + Push(0u) + Opcode.Return);
        string transaction = chain.Mine(TraceChain.First).Transaction.Hash.ToString();
        await chain.ShouldAnswerAsync(
            "debug_traceTransaction",
            $$"""["{{transaction}}",{"enableMemory":true,"enableReturnData":true,"disableStack":true}]""",
            """
            {"gas":23639,"failed":false,"returnValue":"0x","structLogs":[
            {"pc":0,"op":"PUSH1","gas":979000,"gasCost":3,"depth":1},
            {"pc":2,"op":"PUSH1","gas":978997,"gasCost":3,"depth":1},
            {"pc":4,"op":"PUSH1","gas":978994,"gasCost":3,"depth":1},
            {"pc":6,"op":"PUSH1","gas":978991,"gasCost":3,"depth":1},
            {"pc":8,"op":"PUSH1","gas":978988,"gasCost":3,"depth":1},
            {"pc":10,"op":"PUSH4","gas":978985,"gasCost":3,"depth":1},
            {"pc":15,"op":"PUSH2","gas":978982,"gasCost":3,"depth":1},
            {"pc":18,"op":"CALL","gas":978979,"gasCost":52600,"depth":1},
            {"pc":0,"op":"PUSH1","gas":50000,"gasCost":3,"depth":2},
            {"pc":2,"op":"PUSH1","gas":49997,"gasCost":3,"depth":2},
            {"pc":4,"op":"MSTORE","gas":49994,"gasCost":6,"depth":2},
            {"pc":5,"op":"PUSH1","gas":49988,"gasCost":3,"depth":2,"memory":[
            "0x0000000000000000000000000000000000000000000000000000000000000005"]},
            {"pc":7,"op":"PUSH1","gas":49985,"gasCost":3,"depth":2,"memory":[
            "0x0000000000000000000000000000000000000000000000000000000000000005"]},
            {"pc":9,"op":"RETURN","gas":49982,"gasCost":0,"depth":2,"memory":[
            "0x0000000000000000000000000000000000000000000000000000000000000005"]},
            {"pc":19,"op":"STOP","gas":976361,"gasCost":0,"depth":1,
            "returnData":"0x0000000000000000000000000000000000000000000000000000000000000005"}]}
            """);
    }

    [Theory]
    [InlineData("01", "ADD", 3, "stack underflow (0 <=> 2)")]
    [InlineData("620fffff51", "MLOAD", 2_195_590, "out of gas")]
    [InlineData("5f5f5f5f5f5f61ffff61ffff55", null, 0, null)]
    [InlineData("0c", "opcode 0x0c not defined", 0, null)]
    [InlineData("fe", "INVALID", 0, null)]
    [InlineData("600556", "JUMP", 8, null)]
    public async Task StructLogs_OfAFailingStep_TellItsCostAndWhyItWasNotBegun(
        string code, string? name, long cost, string? error)
    {
        using TraceChain chain = new(new Bytecode(Convert.FromHexString(code)));
        var trace = await chain.AskAsync("debug_traceTransaction", Of(chain.Mine(TraceChain.First, gas: 40_000)));
        var last = trace.GetProperty("structLogs").EnumerateArray().Last();
        if (name is not null)
        {
            Assert.Equal(name, last.GetProperty("op").GetString());
            Assert.Equal(cost, last.GetProperty("gasCost").GetInt64());
            Assert.Equal(error, last.TryGetProperty("error", out var text) ? text.GetString() : null);
            Assert.Equal("0x", trace.GetProperty("returnValue").GetString());
            Assert.True(trace.GetProperty("failed").GetBoolean());
        }
    }

    [Fact]
    public async Task StructLogs_OfACreation_CountOnlyWhatTheInstructionCosts()
    {
        using TraceChain chain = new(Push(0u) + Push(0u) + Push(0u) + Opcode.Create + Opcode.Stop);
        var trace = await chain.AskAsync("debug_traceTransaction", Of(chain.Mine(TraceChain.First)));
        var logs = trace.GetProperty("structLogs");
        Assert.Equal("CREATE", logs[3].GetProperty("op").GetString());
        Assert.Equal(32_000, logs[3].GetProperty("gasCost").GetInt32());
    }

    [Fact]
    public async Task StructLogs_WithALimit_ShowSoMany()
    {
        using TraceChain chain = new(Push(1u) + Push(2u) + Opcode.Add + Opcode.Stop);
        string hash = chain.Mine(TraceChain.First).Transaction.Hash.ToString();
        var trace = await chain.AskAsync("debug_traceTransaction", $$"""["{{hash}}",{"limit":2}]""");
        Assert.Equal(2, trace.GetProperty("structLogs").GetArrayLength());
        Assert.Equal(21_009, trace.GetProperty("gas").GetInt32());
    }

    [Fact]
    public async Task CallTracer_OfNestedCalls_ShowsFramesLogsAndReverts()
    {
        Bytecode reverting = new(Convert.FromHexString(
            "7f08c379a000000000000000000000000000000000000000000000000000000000"
            + "5f52602060045260026024527f6e6f0000000000000000000000000000000000000000000000000000000000006044"
            + "5260645ffd"));
        using TraceChain chain = new(
            Call(TraceChain.Second, value: 3) + Push(42u) + Push(0u) + Push(0u) + Opcode.Log1
                + Call(TraceChain.Third, Opcode.DelegateCall) + Call(Address.FromWord(4u), Opcode.StaticCall, gas: 99),
            reverting,
            Push(0u) + Push(0u) + Opcode.Log0 + Push(1u) + Opcode.SelfDestruct);
        string hash = chain.Mine(TraceChain.First, data: [1, 2], value: 7u).Transaction.Hash.ToString();
        await chain.ShouldAnswerAsync(
            "debug_traceTransaction",
            $$"""["{{hash}}",{"tracer":"callTracer","tracerConfig":{"withLog":true} }]""",
            $$"""
            {"from":"{{TraceChain.SenderText}}","gas":"0xf4240","gasUsed":"0x{{chain.Ledger.Head.Header.GasUsed:x}}",
            "to":"{{TraceChain.FirstText}}","input":"0x0102","value":"0x7","type":"CALL",
            "logs":[{"address":"{{TraceChain.FirstText}}","data":"0x","index":"0x0","position":"0x1","topics":[
            "0x000000000000000000000000000000000000000000000000000000000000002a"]}],
            "calls":[
            {"from":"{{TraceChain.FirstText}}","gas":"0xcc4c","gasUsed":"0x34","to":"{{TraceChain.SecondText}}",
            "input":"0x","value":"0x3","type":"CALL","error":"execution reverted","revertReason":"no",
            "output":"0x08c379a0{{0x20:x64}}{{2:x64}}6e6f{{0:x60}}"},
            {"from":"{{TraceChain.FirstText}}","gas":"0xc350","gasUsed":"0x76b0","to":"{{TraceChain.ThirdText}}",
            "input":"0x","value":"0x7","type":"DELEGATECALL",
            "logs":[{"address":"{{TraceChain.FirstText}}","data":"0x","index":"0x1","position":"0x0","topics":[]}],
            "calls":[{"from":"{{TraceChain.FirstText}}","gas":"0x0","gasUsed":"0x0",
            "to":"0x0000000000000000000000000000000000000001","input":"0x","value":"0x3ef","type":"SELFDESTRUCT"}]},
            {"from":"{{TraceChain.FirstText}}","gas":"0x63","gasUsed":"0xf",
            "to":"0x0000000000000000000000000000000000000004","input":"0x","type":"STATICCALL"}]}
            """);
        var top = await chain.AskAsync(
            "debug_traceTransaction",
            $$"""["{{hash}}",{"tracer":"callTracer","tracerConfig":{"onlyTopCall":true} }]""");
        Assert.False(top.TryGetProperty("calls", out _));
        Assert.False(top.TryGetProperty("logs", out _));
    }

    [Fact]
    public async Task CallTracer_OfAFailedCreation_HasNoRecipient()
    {
        using TraceChain chain = new(Empty);
        LedgerTransaction mined = chain.Mine(null, data: [0xfe]);
        await chain.ShouldAnswerAsync(
            "debug_traceTransaction",
            $$"""["{{mined.Transaction.Hash}}",{"tracer":"callTracer"}]""",
            $$"""
            {"from":"{{TraceChain.SenderText}}","gas":"0xf4240","gasUsed":"0xf4240","input":"0xfe","value":"0x0",
            "type":"CREATE","error":"invalid opcode: INVALID"}
            """);
    }

    [Fact]
    public async Task PrestateTracer_ShowsWhatWasTouchedBefore()
    {
        using TraceChain chain = new(
            Store(1u, 0u) + Push(5u) + Opcode.SLoad + Push(TraceChain.Second.ToWord()) + Opcode.Balance + Opcode.Stop,
            Opcode.Stop);
        string hash = chain.Mine(TraceChain.First).Transaction.Hash.ToString();
        string code = Hex.Encode(Code(chain, TraceChain.First));
        await chain.ShouldAnswerAsync(
            "debug_traceTransaction",
            $$"""["{{hash}}",{"tracer":"prestateTracer"}]""",
            $$"""
            {"{{TraceChain.SenderText}}":{"balance":"0xd3c21bcecceda1000000"},
            "{{TraceChain.FirstText}}":{"balance":"0x3e8","nonce":1,"code":"{{code}}",
            "codeHash":"{{Hash256.Keccak(Code(chain, TraceChain.First))}}","storage":{
            "0x0000000000000000000000000000000000000000000000000000000000000001":
            "0x0000000000000000000000000000000000000000000000000000000000000007",
            "0x0000000000000000000000000000000000000000000000000000000000000005":
            "0x0000000000000000000000000000000000000000000000000000000000000000"} },
            "{{TraceChain.SecondText}}":{"balance":"0x0","nonce":1,"code":"0x00",
            "codeHash":"{{Hash256.Keccak([0])}}"} }
            """);
        var withEmpty = await chain.AskAsync(
            "debug_traceTransaction",
            $$"""["{{hash}}",{"tracer":"prestateTracer","tracerConfig":{"includeEmpty":true,"disableCode":true} }]""");
        Assert.Equal("0x0", withEmpty.GetProperty(Address.Zero.ToString()).GetProperty("balance").GetString());
        Assert.False(withEmpty.GetProperty(TraceChain.FirstText).TryGetProperty("code", out _));
    }

    [Fact]
    public async Task PrestateTracer_InDiffMode_ShowsOnlyWhatChanged()
    {
        using TraceChain chain = new(Store(1u, 0u) + Store(2u, 0u) + Store(3u, 8u) + Call(TraceChain.Second, value: 2));
        LedgerTransaction mined = chain.Mine(TraceChain.First);
        UInt256 paid = 7u * mined.GasUsed;
        UInt256 rich = UInt256.Parse("0xd3c21bcecceda1000000");
        string code = Hex.Encode(Code(chain, TraceChain.First));
        await chain.ShouldAnswerAsync(
            "debug_traceTransaction",
            $$"""["{{mined.Transaction.Hash}}",{"tracer":"prestateTracer","tracerConfig":{"diffMode":true} }]""",
            $$"""
            {"pre":{
            "{{TraceChain.SenderText}}":{"balance":"0xd3c21bcecceda1000000"},
            "{{TraceChain.FirstText}}":{"balance":"0x3e8","nonce":1,"code":"{{code}}",
            "codeHash":"{{Hash256.Keccak(Code(chain, TraceChain.First))}}","storage":{
            "0x0000000000000000000000000000000000000000000000000000000000000001":
            "0x0000000000000000000000000000000000000000000000000000000000000007"} },
            "{{TraceChain.SecondText}}":{"balance":"0x0","nonce":1} },
            "post":{
            "{{TraceChain.SenderText}}":{"balance":"{{(rich - paid).ToString("x", null)}}","nonce":1},
            "{{TraceChain.FirstText}}":{"balance":"0x3e6","storage":{
            "0x0000000000000000000000000000000000000000000000000000000000000003":
            "0x0000000000000000000000000000000000000000000000000000000000000008"} },
            "{{TraceChain.SecondText}}":{"balance":"0x2"} } }
            """);
    }

    [Fact]
    public async Task PrestateTracer_OfACreationThatDestructsItself_ShowsItNowhere()
    {
        using TraceChain chain = new(Empty);
        LedgerTransaction mined = chain.Mine(null, data: [.. Push(9u).Bytes, (byte)Opcode.SelfDestruct], value: 5u);
        var difference = await chain.AskAsync(
            "debug_traceTransaction",
            $$"""["{{mined.Transaction.Hash}}",{"tracer":"prestateTracer","tracerConfig":{"diffMode":true} }]""");
        Assert.Equal(
            [Address.FromWord(9u).ToString(), TraceChain.SenderText],
            difference.GetProperty("post").EnumerateObject().Select(static one => one.Name).Order());
        Assert.Equal(
            [TraceChain.SenderText], difference.GetProperty("pre").EnumerateObject().Select(static one => one.Name));
    }

    [Fact]
    public async Task FourByteTracer_CountsSelectorsBySize()
    {
        using TraceChain chain = new(
            Remember(UInt256.Parse("0x1122334400000000000000000000000000000000000000000000000000000000"))
                + CallWith(TraceChain.Second, 5) + CallWith(TraceChain.Second, 5) + CallWith(TraceChain.Second, 3)
                + CallWith(Address.FromWord(4u), 8));
        LedgerTransaction mined = chain.Mine(TraceChain.First, data: [0xaa, 0xbb, 0xcc, 0xdd]);
        await chain.ShouldAnswerAsync(
            "debug_traceTransaction",
            $$"""["{{mined.Transaction.Hash}}",{"tracer":"4byteTracer"}]""",
            """{"0xaabbccdd-0":1,"0x11223344-1":2}""");
    }

    [Fact]
    public async Task FlatCallTracer_LeavesPrecompilesOutAndConvertsErrors()
    {
        using TraceChain chain = new(
            Call(Address.FromWord(4u)) + Call(TraceChain.Second, value: 1), Opcode.Invalid);
        LedgerTransaction mined = chain.Mine(TraceChain.First);
        string place = $$"""
            "blockHash":"{{chain.Ledger.Head.Hash}}","blockNumber":1,
            "transactionHash":"{{mined.Transaction.Hash}}","transactionPosition":0
            """;
        await chain.ShouldAnswerAsync(
            "debug_traceTransaction",
            $$"""
            ["{{mined.Transaction.Hash}}",
            {"tracer":"flatCallTracer","tracerConfig":{"convertParityErrors":true} }]
            """,
            $$"""
            [{"action":{"callType":"call","from":"{{TraceChain.SenderText}}","gas":"0xf4240","input":"0x",
            "to":"{{TraceChain.FirstText}}","value":"0x0"},{{place}},
            "result":{"gasUsed":"0x{{mined.GasUsed:x}}","output":"0x"},"subtraces":1,"traceAddress":[],"type":"call"},
            {"action":{"callType":"call","from":"{{TraceChain.FirstText}}","gas":"0xcc4c","input":"0x",
            "to":"{{TraceChain.SecondText}}","value":"0x1"},{{place}},
            "error":"Bad instruction","subtraces":0,"traceAddress":[0],"type":"call"}]
            """);
    }

    [Fact]
    public async Task MuxTracer_AnswersForEach()
    {
        using TraceChain chain = new(Push(1u) + Opcode.Pop + Opcode.Stop);
        LedgerTransaction mined = chain.Mine(TraceChain.First, data: [1, 2, 3, 4]);
        await chain.ShouldAnswerAsync(
            "debug_traceTransaction",
            $$"""
            ["{{mined.Transaction.Hash}}",{"tracer":"muxTracer","tracerConfig":
            {"4byteTracer":null,"opcodeCounter":{},"noopTracer":{} } }]
            """,
            """{"4byteTracer":{"0x01020304-0":1},"opcodeCounter":{"STOP":1,"PUSH1":1,"POP":1},"noopTracer":{}}""");
    }

    // Complaint 37: a tracer is ignored.
    [Theory]
    [InlineData("""{"tracer":"nosuch"}""", "\"nosuch\" is not known; known are " + Names)]
    [InlineData("""{"tracer":"{result:function(){}}"}""", "JavaScript is not run")]
    [InlineData("""{"tracer":5}""", "tracer: not a string")]
    [InlineData("""{"tracer":"muxTracer","tracerConfig":{"foo":{}}}""", "\"foo\" is not known")]
    [InlineData("""{"tracer":"prestateTracer","tracerConfig":{"diffMode":true,"includeEmpty":true}}""", "includeEmpty")]
    [InlineData("""{"tracer":"callTracer","tracerConfig":[]}""", "tracerConfig: not an object")]
    [InlineData("""{"timeout":"soon"}""", "timeout: not a time")]
    [InlineData("""{"disableStack":1}""", "disableStack: neither true nor false")]
    public async Task Request_ThatCannotBeServed_IsRefusedOnEveryPath(string config, string expected)
    {
        using TraceChain chain = new(Opcode.Stop);
        string hash = chain.Mine(TraceChain.First).Transaction.Hash.ToString();
        (string Method, string Parameters)[] paths =
        [
            ("debug_traceTransaction", $"""["{hash}",{config}]"""),
            ("debug_traceCall", $$"""[{"to":"{{TraceChain.FirstText}}"},"latest",{{config}}]"""),
            ("debug_traceBlockByNumber", $"""["0x1",{config}]"""),
            ("debug_traceBlockByHash", $"""["{chain.Ledger.Head.Hash}",{config}]"""),
        ];
        foreach ((string method, string parameters) in paths)
        {
            (int code, string message) = await chain.RefuseAsync(method, parameters);
            Assert.Equal(-32602, code);
            Assert.Contains(expected, message, StringComparison.Ordinal);
        }
    }

    private static string Of(in LedgerTransaction mined) => $"""["{mined.Transaction.Hash}"]""";

    private static byte[] Code(TraceChain chain, in Address address)
    {
        chain.Ledger.Head.State!.ReadAccount(address, out var account);
        chain.Ledger.Head.State!.ReadCode(account.CodeHash, out ReadOnlyMemory<byte> code);
        return code.ToArray();
    }
}
