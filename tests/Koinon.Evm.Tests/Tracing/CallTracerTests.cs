using Koinon.Evm.Forks;
using Koinon.Evm.Frames;
using Koinon.Evm.Instructions;
using Koinon.Evm.Tests.Language;
using Koinon.Evm.Tracing;
using Koinon.Primitives;
using static Koinon.Evm.Tests.Language.Bytecode;

namespace Koinon.Evm.Tests.Tracing;

public sealed class CallTracerTests
{
    private static readonly Bytecode Log = Push(0u) + Push(0u) + Opcode.Log0;

    [Fact]
    public void Root_CallsAndCreations_AreItsChildrenInOrder()
    {
        CallTrace root = Trace(CallTo(Bench.Other) + Push(0u) + Push(0u) + Push(0u) + Opcode.Create +
            CallTo(Address.FromWord(4u)));
        Assert.Equal([FrameKind.Call, FrameKind.Create, FrameKind.Call], root.Calls.Select(call => call.Kind));
        Assert.Equal([Bench.Other, ContractAddress.Of(Bench.Contract, 1), Address.FromWord(4u)],
            root.Calls.Select(call => call.To));
        Assert.All(root.Calls, call => Assert.Equal(Bench.Contract, call.From));
        Assert.Equal(15, root.Calls[2].GasUsed);
    }

    [Fact]
    public void Root_AFrameThatReverts_KeepsItsReasonAndLosesItsLogs()
    {
        CallTrace root = Trace(Log + CallTo(Bench.Other), callee: Log + Push(7u) + Push(0u) + Opcode.MStore +
            Push(32u) + Push(0u) + Opcode.Revert);
        CallTrace call = Assert.Single(root.Calls);
        Assert.Equal(HaltReason.Reverted, call.Halt);
        Assert.Equal(7u, UInt256.FromBigEndian(call.Output.Span));
        Assert.Empty(call.Logs);
        Assert.Equal(0, Assert.Single(root.Logs).Position);
    }

    [Fact]
    public void Root_ASelfDestruct_IsAChildWithBeneficiaryAndBalance()
    {
        CallTrace root = Trace(Push(Bench.Caller.ToWord()) + Opcode.SelfDestruct);
        CallTrace child = Assert.Single(root.Calls);
        Assert.True(child.IsSelfDestruct);
        Assert.Equal(Bench.Caller, child.To);
        Assert.Equal(1_000u, child.Value);
    }

    [Fact]
    public void Root_OnlyTopCall_HasNoChildren()
    {
        CallTrace root = Trace(CallTo(Bench.Other), onlyTopCall: true);
        Assert.Empty(root.Calls);
    }

    private static CallTrace Trace(Bytecode code, Bytecode? callee = null, bool onlyTopCall = false)
    {
        using var bench = new Bench();
        var tracer = new CallTracer(onlyTopCall);
        bench.With(Bench.Contract, code, balance: 1_000u).With(Bench.Other, callee ?? Log);
        var run = new FrameTracer(tracer);
        bench.Call(ForkList.Newest, ref run);
        Assert.NotNull(tracer.Root);
        return tracer.Root;
    }

    private static Bytecode CallTo(Address address) =>
        Push(0u) + Push(0u) + Push(0u) + Push(0u) + Push(0u) + Push(address.ToWord()) + Push(50_000u) + Opcode.Call;
}
