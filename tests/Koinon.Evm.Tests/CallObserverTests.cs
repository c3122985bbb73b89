using Koinon.Evm.Forks;
using Koinon.Evm.Instructions;
using Koinon.Evm.Tests.Language;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;
using static Koinon.Evm.Tests.Language.Bytecode;

namespace Koinon.Evm.Tests;

public sealed class CallObserverTests
{
    private static readonly Address Console = Address.Parse("0x000000000000000000636F6e736F6c652e6c6f67");

    [Theory]
    [InlineData(Opcode.StaticCall)]
    [InlineData(Opcode.DelegateCall)]
    [InlineData(Opcode.Call)]
    [InlineData(Opcode.CallCode)]
    public void OnCall_ACallOfAnyKind_HearsItsInput(Opcode opcode)
    {
        Recorder recorder = new(Console);
        Assert.True(Execute(Tell(opcode, 7u) + Tell(opcode, 8u), recorder).Succeeded);
        Assert.Equal([7u, 8u], recorder.Words);
    }

    [Fact]
    public void OnCall_AFrameThatReverts_IsHeardAllTheSame()
    {
        Recorder recorder = new(Console);
        Bytecode code = Tell(Opcode.StaticCall, 7u) + Push(0u) + Push(0u) + Opcode.Revert;
        Assert.Equal(HaltReason.Reverted, Execute(code, recorder).Halt);
        Assert.Equal([7u], recorder.Words);
    }

    [Fact]
    public void OnCall_AnotherAddress_IsNotHeard()
    {
        Recorder recorder = new(Address.FromWord(99u));
        Execute(Tell(Opcode.StaticCall, 7u), recorder);
        Assert.Empty(recorder.Words);
    }

    [Fact]
    public void Execute_WithAnObserver_EndsAsWithout()
    {
        Bytecode code = Tell(Opcode.StaticCall, 7u) + Opcode.ReturnDataSize + Opcode.Add + ReturnTop();
        TransactionOutcome heard = Execute(code, new Recorder(Console));
        TransactionOutcome unheard = Execute(code, null);
        Assert.Equal(unheard.GasUsed, heard.GasUsed);
        Assert.Equal(1u, UInt256.FromBigEndian(heard.ReturnData.Span));
        Assert.Equal(unheard.ReturnData.ToArray(), heard.ReturnData.ToArray());
    }

    // Leaves the call's flag on the stack.
    private static Bytecode Tell(Opcode opcode, UInt256 word)
    {
        Bytecode value = opcode is Opcode.Call or Opcode.CallCode ? Push(0u) : Empty;
        return Push(word) + Push(0u) + Opcode.MStore + Push(0u) + Push(0u) + Push(32u) + Push(0u) + value
            + Push(Console.ToWord()) + Opcode.Gas + opcode;
    }

    private static TransactionOutcome Execute(Bytecode code, ICallObserver? observer)
    {
        using Bench bench = new();
        bench.With(Bench.Contract, code).With(Bench.Caller, Empty, balance: 1_000_000u, nonce: 0);
        Transaction transaction = new() { To = Bench.Contract, GasLimit = 200_000 };
        ExecutionLimits limits = ExecutionLimits.None with { Observer = observer };
        return bench.Executor.Execute(
            ForkList.Newest, bench.Block, bench.State, transaction, Bench.Caller, limits);
    }

    private sealed class Recorder(Address watched) : ICallObserver
    {
        public Address Watched => watched;

        public List<UInt256> Words { get; } = [];

        public void OnCall(ReadOnlySpan<byte> input) => Words.Add(UInt256.FromBigEndian(input));
    }
}
