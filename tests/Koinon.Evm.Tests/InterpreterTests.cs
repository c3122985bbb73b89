using Koinon.Evm.Forks;
using Koinon.Evm.Instructions;
using Koinon.Evm.Tests.Language;
using Koinon.Primitives;
using static Koinon.Evm.Tests.Language.Bytecode;

namespace Koinon.Evm.Tests;

public sealed class InterpreterTests
{
    private static readonly Fork Newest = ForkList.Newest;

    [Fact]
    public void Add_TwoPushes_ReturnsTheirSum() =>
        Bench.Run(Push(2u) + Push(40u) + Opcode.Add + ReturnTop(), Newest).ShouldReturn(42u);

    [Fact]
    public void Push0_BeforeItsFork_HaltsWithInvalidOpcode() =>
        Bench.Run((Bytecode)Opcode.Push0 + ReturnTop(), ForkList.Get("Paris")).ShouldHalt(HaltReason.InvalidOpcode);

    [Fact]
    public void Push32_AtTheCodesEnd_ReadsZeros()
    {
        // PUSH2 with one byte of data left: 0xff00.
        var code = new Bytecode([.. (Push(0u) + Opcode.MLoad).Bytes, (byte)Opcode.Push2, 0xff]);
        Bench.Run(code, Newest).ShouldStop();
    }

    [Theory]
    [InlineData(0, HaltReason.StackUnderflow)]
    [InlineData(1, HaltReason.StackUnderflow)]
    public void Add_WithTooFewWords_HaltsWithStackUnderflow(int words, HaltReason expected) =>
        Bench.Run((words * Push(1u)) + Opcode.Add, Newest).ShouldHalt(expected);

    [Fact]
    public void Push_OnAFullStack_HaltsWithStackOverflow()
    {
        Bench.Run(1_024 * Push(1u), Newest).ShouldStop();
        Bench.Run(1_025 * Push(1u), Newest).ShouldHalt(HaltReason.StackOverflow);
    }

    [Fact]
    public void Jump_IntoPushData_HaltsWithInvalidJump() =>
        Bench.Run(Push(4u) + Opcode.Jump + Push((uint)Opcode.JumpDest), Newest).ShouldHalt(HaltReason.InvalidJump);

    [Fact]
    public void Jump_BeyondTheCode_HaltsWithInvalidJump() =>
        Bench.Run(Push(UInt256.MaxValue) + Opcode.Jump, Newest).ShouldHalt(HaltReason.InvalidJump);

    [Fact]
    public void JumpI_OverAHalt_GoesOn()
    {
        // 0: PUSH1 1, PUSH1 6, JUMPI, INVALID, JUMPDEST at 6.
        Bytecode code = Push(1u) + Push(6u) + Opcode.JumpI + Opcode.Invalid + Opcode.JumpDest + Push(7u) + ReturnTop();
        Bench.Run(code, Newest).ShouldReturn(7u);
    }

    [Fact]
    public void Jump_ByAComputedTarget_GoesOn()
    {
        Bytecode code = Push(3u) + Push(4u) + Opcode.Add + Opcode.Jump + Opcode.Invalid + Opcode.JumpDest + Push(9u) +
            ReturnTop();
        Bench.Run(code, Newest).ShouldReturn(9u);
    }

    [Fact]
    public void Gas_InTheMiddleOfABlock_IsExact()
    {
        // PUSH1 3, POP 2, GAS 2: 7 gas are gone when GAS is answered; what follows in the code is not charged yet.
        CallOutcome outcome = Bench.Run(Push(1u) + Opcode.Pop + Opcode.Gas + ReturnTop(), Newest, gas: 100);
        outcome.ShouldReturn(93u);
    }

    [Fact]
    public void Run_WithOneGasTooFew_HaltsWithOutOfGas()
    {
        Bytecode code = Push(1u) + Push(2u) + Opcode.Add;
        Bench.Run(code, Newest, gas: 9).ShouldStop();
        Bench.Run(code, Newest, gas: 8).ShouldHalt(HaltReason.OutOfGas, gas: 8);
    }

    [Fact]
    public void MLoad_FarAway_HaltsWithOutOfGas()
    {
        Bench.Run(Push(UInt256.MaxValue) + Opcode.MLoad, Newest).ShouldHalt(HaltReason.OutOfGas);
        Bench.Run(Push(new UInt256(0, 0, 0, ulong.MaxValue - 8)) + Opcode.MLoad, Newest)
            .ShouldHalt(HaltReason.OutOfGas);
        Bench.Run(Push(1UL << 40) + Opcode.MLoad, Newest, gas: long.MaxValue).ShouldHalt(HaltReason.OutOfGas,
            long.MaxValue);
    }

    [Fact]
    public void Call_NestedTooDeep_FailsAtDepth1024()
    {
        // Calls itself with all gas and returns the depth reached: 1 + what the call returned.
        var bench = new Bench().With(
            Bench.Contract,
            Push(32u) + Push(0u) + Push(0u) + Push(0u) + Push(0u) + Opcode.Address + Opcode.Gas + Opcode.Call +
            Opcode.Pop +
            Push(0u) + Opcode.MLoad + Push(1u) + Opcode.Add + ReturnTop());
        using (bench)
        {
            CallOutcome outcome = bench.Call(Newest, gas: long.MaxValue / 4);
            outcome.ShouldReturn(1_025u);
        }
    }

    [Fact]
    public void Run_ALoopOf100000Turns_EndsWithTheRightGas()
    {
        // PUSH3 n; JUMPDEST; PUSH1 1; SWAP1; SUB; DUP1; PUSH1 4; JUMPI: 1 + 3+3+3+3+3+10 a turn.
        Bytecode code = Push(100_000u) + Opcode.JumpDest + Push(1u) + Opcode.Swap1 + Opcode.Sub + Opcode.Dup1 +
            Push(4u) + Opcode.JumpI;
        CallOutcome outcome = Bench.Run(code, Newest, gas: 10_000_000);
        outcome.ShouldStop();
        Assert.Equal(3 + (100_000 * 26), outcome.GasUsed);
    }

    [Fact]
    public void Run_CodeLongerThanADecodedRun_IsContinued()
    {
        Bytecode code = (3_000 * (Push(1u) + Opcode.Pop)) + Push(5u) + ReturnTop();
        Bench.Run(code, Newest).ShouldReturn(5u);
    }

    [Fact]
    public void Run_ManyDestinationsInARow_ChargesEachOnce()
    {
        // PUSH1 4, JUMP into the middle of five JUMPDESTs at 3 to 7, then 9 and RETURN.
        Bytecode code = Push(5u) + Opcode.Jump + (5 * (Bytecode)Opcode.JumpDest) + Opcode.Gas + ReturnTop();
        Bench.Run(code, Newest, gas: 100).ShouldReturn((UInt256)(ulong)(100 - 3 - 8 - 3 - 2));
        Bytecode straight = (5 * (Bytecode)Opcode.JumpDest) + Opcode.Gas + ReturnTop();
        Bench.Run(straight, Newest, gas: 100).ShouldReturn((UInt256)(ulong)(100 - 5 - 2));
    }

    [Fact]
    public void Run_OnManyThreadsFromColdCode_IsTheSameOnEach()
    {
        // A loop of many blocks, decoded by whichever thread comes first while the others run it.
        Bytecode body = Empty;
        for (int i = 0; i < 40; i++)
        {
            body += (Bytecode)Opcode.JumpDest + Push(1u) + Opcode.Pop + Opcode.JumpDest;
        }

        Bytecode code = Push(300u) + Opcode.JumpDest + body + Push(1u) + Opcode.Swap1 + Opcode.Sub + Opcode.Dup1 +
            Push(3u) + Opcode.JumpI + Opcode.Gas + ReturnTop();
        UInt256 expected = UInt256.FromBigEndian(Bench.Run(code, Newest).ReturnData.Span);
        for (int round = 0; round < 50; round++)
        {
            using Bench bench = new Bench().With(Bench.Contract, code);
            Parallel.For(0, 8, _ => bench.Call(Newest).ShouldReturn(expected));
        }
    }

    [Fact]
    public void Run_ThatIsCancelled_EndsSoAndChangesNothing()
    {
        // An endless loop with endless gas.
        using var bench = new Bench();
        bench.With(Bench.Contract, (Bytecode)Opcode.JumpDest + Push(0u) + Opcode.Jump);
        var cancelled = new CancellationToken(canceled: true);
        CallOutcome outcome = bench.Executor.Call(
            Newest, bench.Block, bench.State,
            new Message { Caller = Bench.Caller, Target = Bench.Contract, Gas = long.MaxValue }, cancelled);
        Assert.Equal(HaltReason.Cancelled, outcome.Halt);
        Assert.Empty(outcome.Changes.Accounts);
    }
}
