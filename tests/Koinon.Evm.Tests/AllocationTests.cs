using Koinon.Evm.Decoding;
using Koinon.Evm.Forks;
using Koinon.Evm.Frames;
using Koinon.Evm.Instructions;
using Koinon.Evm.Tests.Language;
using Koinon.Evm.Tracing;
using Koinon.Primitives;
using static Koinon.Evm.Tests.Language.Bytecode;

namespace Koinon.Evm.Tests;

/// <summary>A warm machine allocates nothing, whatever runs on it. Over the real in-memory state.</summary>
public sealed class AllocationTests
{
    private const uint Turns = 1_000;

    // Each is a loop's body: it leaves the stack as it found it.
    public static TheoryData<string> Bodies => [.. Programs.Keys];

    private static Dictionary<string, Bytecode> Programs { get; } = new()
    {
        ["arithmetic"] = Push(11u) + Push(13u) + Push(3u) + Push(5u) + Opcode.Add + Opcode.MulMod + Opcode.Pop,
        ["division"] = Push(3u) + Push(UInt256.MaxValue) + Opcode.Div + Push(9u) + Opcode.SMod + Opcode.Pop,
        ["power"] = Push(3u) + Push(UInt256.MaxValue) + Opcode.Exp + Opcode.Pop,
        ["memory"] = Push(1u) + Push(320u) + Opcode.MStore + Push(0u) + Push(64u) + Push(32u) + Opcode.MCopy,
        ["keccak"] = Push(64u) + Push(0u) + Opcode.Keccak256 + Opcode.Pop,
        ["storage write"] = (Bytecode)Opcode.Gas + Push(1u) + Opcode.SStore,
        ["new storage"] = (Bytecode)Opcode.Gas + Opcode.Gas + Opcode.SStore,
        ["storage read"] = Push(1u) + Opcode.SLoad + Opcode.Pop,
        ["cold storage read"] = (Bytecode)Opcode.Gas + Opcode.SLoad + Opcode.Pop,
        ["transient storage"] = Push(1u) + Opcode.Gas + Opcode.TStore + Push(1u) + Opcode.TLoad + Opcode.Pop,
        ["cold account"] = (Bytecode)Opcode.Gas + Opcode.Balance + Opcode.Pop,
        ["log"] = Push(1u) + Push(2u) + Push(32u) + Push(0u) + Opcode.Log2,
        ["call"] = Push(32u) + Push(0u) + Push(32u) + Push(0u) + Push(1u) + PushAddress(Bench.Other) + Opcode.Gas +
        Opcode.Call + Opcode.Pop,
        ["static call"] = Push(32u) + Push(0u) + Push(32u) + Push(0u) + PushAddress(Bench.Other) + Opcode.Gas +
        Opcode.StaticCall + Opcode.Pop,
        ["reverting call"] = Push(0u) + Push(0u) + Push(0u) + Push(0u) + Push(0u) + PushAddress(Bench.Caller) +
        Opcode.Gas + Opcode.Call + Opcode.Pop,
        ["precompile"] = Push(32u) + Push(0u) + Push(32u) + Push(0u) + Push(4u) + Opcode.Gas + Opcode.StaticCall +
        Opcode.Pop,
        ["creation"] = Push(0u) + Push(0u) + Push(0u) + Opcode.Create + Opcode.Pop,
        ["creation of code"] = StoreInitCode() + Opcode.Create + Opcode.Pop,
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Run_OnAWarmMachine_AllocatesNothing(string name)
    {
        Bytecode body = Programs[name];
        Bytecode head = Push(Turns) + Opcode.JumpDest;
        Bytecode code = head + body + Push(1u) + Opcode.Swap1 + Opcode.Sub + Opcode.Dup1 + Push(3u) + Opcode.JumpI;
        using var bench = new Bench();
        bench.With(Bench.Contract, code, balance: 1_000_000u, storage: [(1u, 1u)])
            .With(Bench.Other, (Bytecode)Opcode.CallDataSize + ReturnTop())
            .With(Bench.Caller, Push(0u) + Push(0u) + Opcode.Revert);
        using var machine = new Machine(new CodeCache(1 << 20));
        var message = new Message { Caller = Bench.Caller, Target = Bench.Contract, Gas = 400_000_000 };
        long allocated = long.MaxValue;
        for (int run = 0; run < 4; run++)
        {
            machine.Begin(ForkList.Newest, bench.State, default);
            machine.Environment.Load(bench.Block, ForkList.Newest);
            NoTracer tracer = default;
            Assert.True(machine.EnterFirst(message, out _));
            long before = GC.GetAllocatedBytesForCurrentThread();
            Interpreter.Run(machine, ref tracer);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.Equal(HaltReason.None, machine.Halt);
        }

        Assert.Equal(0, allocated);
    }

    private static Bytecode PushAddress(Address address) => Push(address.ToWord());

    // Initialisation code that deploys one zero byte: PUSH1 1, PUSH1 0, RETURN as a word in memory from offset 0.
    private static Bytecode StoreInitCode() => Push("0x60016000f3") + Push(0u) + Opcode.MStore + Push(5u) +
        Push(27u) + Push(0u);
}
