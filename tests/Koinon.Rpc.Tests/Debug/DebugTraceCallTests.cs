using System.Text;
using Koinon.Chain.Ledger;
using Koinon.Evm.Instructions;
using Koinon.Evm.Tests.Language;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Tests.Tracing;
using Koinon.Rpc.Tracing;
using static Koinon.Evm.Tests.Language.Bytecode;

namespace Koinon.Rpc.Tests.Debug;

public sealed class DebugTraceCallTests
{
    // Answers slot 0.
    private static readonly Bytecode Reader = Push(0u) + Opcode.SLoad + ReturnTop();

    // Adds one to slot 0.
    private static readonly Bytecode Counter = Push(0u) + Opcode.SLoad + Push(1u) + Opcode.Add + Push(0u)
        + Opcode.SStore + Reader;

    // Jumps for ever.
    private static readonly Bytecode Loop = Opcode.JumpDest + Push(0u) + Opcode.Jump;

    [Fact]
    public async Task TraceCall_WithOverrides_RunsOnThem()
    {
        using TraceChain chain = new(Reader);
        var result = await chain.AskAsync("debug_traceCall", $$"""
            [{"to":"{{TraceChain.FirstText}}"},"latest",{"tracer":"callTracer","stateOverrides":
            {"{{TraceChain.FirstText}}":{"stateDiff":{"0x00":"0x2a"} } } }]
            """);
        Assert.EndsWith("2a", result.GetProperty("output").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "01")]
    [InlineData(1, "02")]
    [InlineData(2, "03")]
    public async Task TraceCall_WithAnIndex_RunsBeforeThatTransaction(int index, string expected)
    {
        using TraceChain chain = new(Counter);
        (Primitives.Address?, ulong, byte[], Primitives.UInt256) call = (TraceChain.First, 100_000, [], default);
        chain.Mine(call, call, call);
        var result = await chain.AskAsync("debug_traceCall", $$"""
            [{"to":"{{TraceChain.FirstText}}"},"0x1",{"tracer":"callTracer","txIndex":{{index}} }]
            """);
        Assert.EndsWith(expected, result.GetProperty("output").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TraceCall_OnPending_IsRefused()
    {
        using TraceChain chain = new(Reader);
        (int code, string message) = await chain.RefuseAsync(
            "debug_traceCall", $$"""[{"to":"{{TraceChain.FirstText}}"},"pending"]""");
        Assert.Equal(-32000, code);
        Assert.Equal("tracing on top of pending is not supported", message);
    }

    [Fact]
    public async Task TraceBlock_OfATransactionThatTakesTooLong_GoesOnWithTheNext()
    {
        using TraceChain chain = new(Loop, Opcode.Stop);
        (Address?, ulong, byte[], UInt256) quick = (TraceChain.Second, 21_000, [], default);
        chain.Mine((TraceChain.First, 20_000_000, [], default), quick);
        var items = await chain.AskAsync(
            "debug_traceBlockByNumber", """["0x1",{"tracer":"prestateTracer","timeout":"1us"}]""");
        Assert.Equal(2, items.GetArrayLength());
        Assert.Equal("execution timeout", items[0].GetProperty("error").GetString());
        Assert.False(items[0].TryGetProperty("result", out _));
        Assert.StartsWith("0x", items[1].GetProperty("txHash").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TraceCall_ThatTakesTooLong_IsEnded()
    {
        using TraceChain chain = new(Loop);
        (int code, string message) = await chain.RefuseAsync("debug_traceCall", $$"""
            [{"to":"{{TraceChain.FirstText}}"},"latest",{"tracer":"prestateTracer","timeout":"1us"}]
            """);
        Assert.Equal(-32000, code);
        Assert.Equal("execution timeout", message);
    }

    [Fact]
    public async Task TraceTransaction_AfterOthersInItsBlock_RunsOnWhatTheyLeft()
    {
        using TraceChain chain = new(Counter);
        (Primitives.Address?, ulong, byte[], Primitives.UInt256) call = (TraceChain.First, 100_000, [], default);
        IReadOnlyList<LedgerTransaction> mined = chain.Mine(call, call, call);
        var block = await chain.AskAsync("debug_traceBlockByNumber", """["0x1",{"tracer":"callTracer"}]""");
        for (int i = 0; i < mined.Count; i++)
        {
            var one = await chain.AskAsync(
                "debug_traceTransaction", $$"""["{{mined[i].Transaction.Hash}}",{"tracer":"callTracer"}]""");
            Assert.EndsWith($"0{i + 1}", one.GetProperty("output").GetString(), StringComparison.Ordinal);
            Assert.Equal(mined[i].Transaction.Hash.ToString(), block[i].GetProperty("txHash").GetString());
            Assert.Equal(one.GetRawText(), block[i].GetProperty("result").GetRawText());
        }

        string rlp = Primitives.Hex.Encode(chain.Ledger.Head.Block.Encode());
        var given = await chain.AskAsync("debug_traceBlock", $$"""["{{rlp}}",{"tracer":"callTracer"}]""");
        Assert.Equal(block.GetRawText(), given.GetRawText());
    }

    [Fact]
    public async Task StructLogs_OfALongRun_AreSentInPiecesAndStopWhenTheReaderLeaves()
    {
        using TraceChain chain = new(Loop);
        LedgerTransaction mined = chain.Mine(TraceChain.First, gas: 5_000_000);
        string request = $$"""{"id":1,"method":"debug_traceTransaction","params":["{{mined.Transaction.Hash}}"]}""";
        PieceOutput whole = new(int.MaxValue);
        await AskAsync(chain, request, whole, TestContext.Current.CancellationToken);
        Assert.True(whole.Count > 500, $"{whole.Count} pieces");
        Assert.True(whole.Longest < 64 * 1024, $"{whole.Longest} bytes held");

        PieceOutput some = new(3);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => AskAsync(chain, request, some, some.Leaving.Token));
        Assert.InRange(some.Count, 3, 4);
    }

    [Fact]
    public async Task StructLogs_OfALongMemory_AreWrittenWordByWord()
    {
        using TraceChain chain = new(Push(200_000u) + Opcode.MLoad + Opcode.Pop + Opcode.Stop);
        LedgerTransaction mined = chain.Mine(TraceChain.First);
        PieceOutput output = new(int.MaxValue);
        string request = $$"""
            {"id":1,"method":"debug_traceTransaction","params":["{{mined.Transaction.Hash}}",{"enableMemory":true}]}
            """;
        await AskAsync(chain, request, output, TestContext.Current.CancellationToken);
        Assert.True(output.Longest < 64 * 1024, $"{output.Longest} bytes held");
        var trace = await chain.AskAsync(
            "debug_traceTransaction", $$"""["{{mined.Transaction.Hash}}",{"enableMemory":true}]""");
        var last = trace.GetProperty("structLogs").EnumerateArray().Last();
        Assert.Equal(6_251, last.GetProperty("memory").GetArrayLength());
        Assert.Equal(0, last.GetProperty("gasCost").GetInt32());
    }

    [Fact]
    public async Task Traces_BeyondThoseThatMayWait_AreRefused()
    {
        using TraceChain chain = new(Loop, limits: new TraceLimits { ConcurrentMax = 1, WaitingMax = 0 });
        LedgerTransaction mined = chain.Mine(TraceChain.First, gas: 3_000_000);
        string request = $$"""{"id":1,"method":"debug_traceTransaction","params":["{{mined.Transaction.Hash}}"]}""";
        PieceOutput held = new(int.MaxValue) { Gate = new TaskCompletionSource() };
        Task first = AskAsync(chain, request, held, TestContext.Current.CancellationToken);
        await held.FirstPiece.Task.WaitAsync(TestContext.Current.CancellationToken);
        (int code, string message) = await chain.RefuseAsync(
            "debug_traceTransaction", $"""["{mined.Transaction.Hash}"]""");
        Assert.Equal(-32005, code);
        Assert.Equal("too many traces at once: 1 run and 0 wait", message);
        held.Gate.SetResult();
        await first;
    }

    [Fact]
    public async Task Traces_BesideOneWhoseReaderIsSlow_GetTheirTurn()
    {
        using TraceChain chain = new(Loop, limits: new TraceLimits { ConcurrentMax = 1, WaitingMax = 1 });
        LedgerTransaction mined = chain.Mine(TraceChain.First, gas: 3_000_000);
        string request = $$"""{"id":1,"method":"debug_traceTransaction","params":["{{mined.Transaction.Hash}}"]}""";
        PieceOutput held = new(int.MaxValue) { Gate = new TaskCompletionSource() };
        Task first = AskAsync(chain, request, held, TestContext.Current.CancellationToken);
        await held.FirstPiece.Task.WaitAsync(TestContext.Current.CancellationToken);
        var other = await chain.AskAsync(
            "debug_traceTransaction", $$"""["{{mined.Transaction.Hash}}",{"tracer":"callTracer"}]""");
        Assert.Equal("out of gas", other.GetProperty("error").GetString());
        held.Gate.SetResult();
        await first;
    }

    private static async Task AskAsync(
        TraceChain chain, string request, PieceOutput output, CancellationToken cancellation)
    {
        using RpcBody body = chain.Dispatcher.Read(Encoding.UTF8.GetBytes(request));
        await chain.Dispatcher.AnswerAsync(body, output, null, cancellation);
        await output.CompleteAsync(cancellation);
    }

    private sealed class PieceOutput(int most) : RpcOutput
    {
        public int Count { get; private set; }

        public int Longest { get; private set; }

        public CancellationTokenSource Leaving { get; } = new();

        public TaskCompletionSource? Gate { get; init; }

        public TaskCompletionSource FirstPiece { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override async ValueTask SendAsync(bool isLast, CancellationToken cancellation)
        {
            Longest = Math.Max(Longest, HeldBytes);
            if (++Count == most)
            {
                await Leaving.CancelAsync();
            }

            FirstPiece.TrySetResult();
            if (Gate is not null)
            {
                await Gate.Task.WaitAsync(cancellation);
            }

            cancellation.ThrowIfCancellationRequested();
        }
    }
}
