using Koinon.Evm.Forks;
using Koinon.Evm.Instructions;
using Koinon.Evm.Tests.Language;
using Koinon.Evm.Tracing;
using Koinon.Primitives;
using static Koinon.Evm.Tests.Language.Bytecode;

namespace Koinon.Evm.Tests.Tracing;

public sealed class StepTracerTests
{
    [Fact]
    public void Cost_OfAStepThatCannotBePaid_IsWhatItWouldHaveTaken()
    {
        List<(Opcode Opcode, long Cost, HaltReason Halt)> steps = Trace(Push(0u) + Opcode.SLoad, gas: 1_000);
        Assert.Equal((Opcode.SLoad, 2_100, HaltReason.OutOfGas), steps[^1]);
        steps = Trace(Push(5u) + Opcode.Pop, gas: 2);
        Assert.Equal((Opcode.Push0 + 1, 3, HaltReason.OutOfGas), steps[^1]);
    }

    [Fact]
    public void Cost_OfACall_HoldsWhatIsHandedOn_ThatOfACreationDoesNot()
    {
        Bytecode call = Push(0u) + Push(0u) + Push(0u) + Push(0u) + Push(0u) + Push(Bench.Other.ToWord())
            + Push(50_000u) + Opcode.Call;
        Assert.Equal(52_600, Trace(call + Opcode.Stop)[7].Cost);
        Bytecode create = Push(0u) + Push(0u) + Push(0u) + Opcode.Create;
        Assert.Equal(32_000, Trace(create + Opcode.Stop)[3].Cost);
    }

    [Fact]
    public void Slot_InAStep_IsWhatItHoldsThen()
    {
        SlotListener listener = new();
        Run(Push(7u) + Push(1u) + Opcode.SStore + Push(1u) + Opcode.SLoad, listener);
        Assert.Equal([3u, 7u], listener.Values);
    }

    [Fact]
    public void SelfDestruct_ThatCannotBePaid_IsNotHeard()
    {
        CallTracer tracer = new();
        Run(Push(Bench.Caller.ToWord()) + Opcode.SelfDestruct, tracer, gas: 2_000);
        Assert.Equal(HaltReason.OutOfGas, tracer.Root!.Halt);
        Assert.Empty(tracer.Root.Calls);
    }

    [Fact]
    public void Logs_AreNumberedByThoseThatStand()
    {
        Bytecode log = Push(0u) + Push(0u) + Opcode.Log0;
        Bytecode call = Push(0u) + Push(0u) + Push(0u) + Push(0u) + Push(0u) + Push(Bench.Other.ToWord())
            + Push(50_000u) + Opcode.Call + Opcode.Pop;
        CallTracer tracer = new();
        Run(log + call + log, tracer, callee: log + Push(0u) + Push(0u) + Opcode.Revert);
        Assert.Equal([0, 1], tracer.Root!.Logs.Select(entry => entry.Index));
        Assert.Equal([0, 1], tracer.Root.Logs.Select(entry => entry.Position));
        Assert.Equal(2, tracer.LogCount);
    }

    [Theory]
    [InlineData("01", "stack underflow (0 <=> 2)")]
    [InlineData("5b5f5f56", "stack limit reached 1024 (1023)")]
    [InlineData("0c", "invalid opcode: opcode 0x0c not defined")]
    [InlineData("fe", "invalid opcode: INVALID")]
    [InlineData("600556", "invalid jump destination")]
    [InlineData("5f5ffd", "execution reverted")]
    [InlineData("00", "")]
    public void HaltText_OfARun_NamesWhatWasFound(string code, string expected)
    {
        CallTracer tracer = new();
        CallOutcome outcome = Run(new Bytecode(Convert.FromHexString(code)), tracer);
        Assert.Equal(expected, outcome.HaltText);
        Assert.Equal(expected, tracer.Root!.Error);
        Assert.Equal(expected, Bench.Run(new Bytecode(Convert.FromHexString(code)), ForkList.Newest).HaltText);
    }

    [Fact]
    public void Tracer_ThatIsFull_SaysSoAndRunsOn()
    {
        CallTracer tracer = new(bytesMax: 1_000);
        Bytecode call = Push(0u) + Push(0u) + Push(0u) + Push(0u) + Push(0u) + Push(Bench.Other.ToWord())
            + Push(100u) + Opcode.Call + Opcode.Pop;
        CallOutcome outcome = Run(20 * call, tracer, callee: Opcode.Stop);
        Assert.True(outcome.Succeeded);
        Assert.True(tracer.IsFull);
        Assert.InRange(tracer.Root!.Calls.Count, 1, 5);
    }

    private static List<(Opcode Opcode, long Cost, HaltReason Halt)> Trace(Bytecode code, long gas = 1_000_000)
    {
        CostListener listener = new();
        Run(code, listener, gas);
        return listener.Steps;
    }

    private static CallOutcome Run(
        Bytecode code, TraceListener listener, long gas = 1_000_000, Bytecode? callee = null)
    {
        using Bench bench = new();
        bench.With(Bench.Contract, code, storage: [(1u, 3u)]).With(Bench.Other, callee ?? Opcode.Stop);
        if (listener.TracesSteps)
        {
            StepTracer steps = new(listener);
            return bench.Call(ForkList.Newest, ref steps, gas);
        }

        FrameTracer frames = new(listener);
        return bench.Call(ForkList.Newest, ref frames, gas);
    }

    private sealed class CostListener : TraceListener
    {
        private Opcode _opcode;
        private long _gas;

        public List<(Opcode Opcode, long Cost, HaltReason Halt)> Steps { get; } = [];

        public override bool TracesSteps => true;

        public override void OnStep(in Step step) => (_opcode, _gas) = (step.Opcode, step.GasLeft);

        public override void OnStepEnd(long gasLeft, HaltReason halt) => Steps.Add((_opcode, _gas - gasLeft, halt));
    }

    private sealed class SlotListener : TraceListener
    {
        public List<UInt256> Values { get; } = [];

        public override bool TracesSteps => true;

        public override void OnStep(in Step step)
        {
            if (step.Opcode is Opcode.SStore or Opcode.SLoad)
            {
                Values.Add(step.ReadSlot(1u));
            }
        }
    }
}
