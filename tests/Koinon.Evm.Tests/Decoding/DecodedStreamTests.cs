using FsCheck;
using FsCheck.Fluent;
using Koinon.Evm.Forks;
using Koinon.Evm.Instructions;
using Koinon.Evm.Tests.Language;
using Koinon.Evm.Tracing;
using Koinon.Primitives;
using Koinon.Primitives.State;

namespace Koinon.Evm.Tests.Decoding;

/// <summary>The fused stream, block by block, and the stream of single instructions must not differ in
/// anything.</summary>
public sealed class DecodedStreamTests
{
    [Fact]
    public void Run_RandomCode_IsTheSameFusedAndInstructionByInstruction()
    {
        using var bench = new Bench();
        Prop.ForAll(Programs(), program =>
        {
            foreach (Fork fork in (Fork[])[ForkList.Newest, ForkList.Get("Istanbul"), ForkList.All[0]])
            {
                bench.With(Bench.Contract, program, balance: 1_000u, storage: [(1u, 7u), (2u, 0u)]);
                bench.With(Bench.Other, (Bytecode)Opcode.CallDataSize + Bytecode.ReturnTop(), balance: 5u);
                foreach (long gas in (long[])[60_000, 700, 150])
                {
                    CallOutcome fused = bench.Call(fork, gas, [1, 2, 3]);
                    var tracer = new Eip3155Tracer(new System.Buffers.ArrayBufferWriter<byte>());
                    CallOutcome exact = bench.Call(fork, ref tracer, gas, [1, 2, 3]);
                    AssertSame(exact, fused, $"{fork.Name}, {gas} gas, {Hex.Encode(program.Bytes)}");
                }
            }
        }).QuickCheckThrowOnFailure();
    }

    private static void AssertSame(CallOutcome expected, CallOutcome actual, string what)
    {
        Assert.True(expected.Halt == actual.Halt, $"{what}: {expected.Halt} or {actual.Halt}");
        Assert.True(expected.GasUsed == actual.GasUsed, $"{what}: gas {expected.GasUsed} or {actual.GasUsed}");
        Assert.True(expected.Refund == actual.Refund, $"{what}: refund {expected.Refund} or {actual.Refund}");
        Assert.True(expected.ReturnData.Span.SequenceEqual(actual.ReturnData.Span), $"{what}: other data");
        Assert.True(expected.Logs.Count == actual.Logs.Count, $"{what}: other logs");
        Assert.True(Describe(expected.Changes) == Describe(actual.Changes), $"{what}: other changes");
    }

    private static string Describe(StateChanges changes) => string.Join('\n',
        changes.Accounts.OrderBy(pair => pair.Key).Select(pair =>
            $"{pair.Key} {pair.Value.Account} {pair.Value.StorageWiped} " +
            string.Join(',', pair.Value.Slots.OrderBy(slot => slot.Key).Select(slot => $"{slot.Key}={slot.Value}"))));

    // Programs out of phrases that compilers write, so that fused patterns and jumps to real targets are frequent; then
    // some bytes are changed at random.
    private static Arbitrary<Bytecode> Programs()
    {
        Gen<Bytecode> small = Gen.Choose(0, 70).Select(value => Bytecode.Push((uint)value));
        Gen<Bytecode> wide = Gen.Choose(0, 255).Select(shift =>
            Bytecode.Push((UInt256.One << shift) - (UInt256)(uint)(shift & 1)));
        Gen<Bytecode> dup = Gen.Choose(0, 5).Select(n => (Bytecode)(Opcode)((int)Opcode.Dup1 + n));
        Gen<Bytecode> swap = Gen.Choose(0, 4).Select(n => (Bytecode)(Opcode)((int)Opcode.Swap1 + n));
        Gen<Bytecode> jump = small.Select(target => target + Opcode.Jump);
        Gen<Bytecode> branch = small.Select(target => target + Opcode.JumpI);
        Gen<Bytecode> plain = Gen.Elements(
            Opcode.Add, Opcode.Mul, Opcode.Sub, Opcode.Div, Opcode.SDiv, Opcode.Mod, Opcode.SMod, Opcode.AddMod,
                Opcode.MulMod,
            Opcode.Exp, Opcode.SignExtend, Opcode.Lt, Opcode.Gt, Opcode.Slt, Opcode.Sgt, Opcode.Eq, Opcode.IsZero,
            Opcode.And,
            Opcode.Or, Opcode.Xor, Opcode.Not, Opcode.Byte, Opcode.Shl, Opcode.Shr, Opcode.Sar, Opcode.Clz,
            Opcode.Keccak256,
            Opcode.Address, Opcode.Balance, Opcode.CallDataLoad, Opcode.CallDataSize, Opcode.Pop, Opcode.MLoad,
            Opcode.MStore,
            Opcode.MStore8, Opcode.SLoad, Opcode.SStore, Opcode.MSize, Opcode.Gas, Opcode.JumpDest, Opcode.TLoad,
            Opcode.TStore,
            Opcode.MCopy, Opcode.Pc, Opcode.Log1, Opcode.ReturnDataSize, Opcode.Call, Opcode.StaticCall, Opcode.Create,
            Opcode.Return, Opcode.Revert, Opcode.SelfDestruct, Opcode.Stop).Select(opcode => (Bytecode)opcode);
        Gen<Bytecode> test = Gen.Elements(Opcode.IsZero, Opcode.Lt, Opcode.Gt, Opcode.Eq).SelectMany(comparison =>
            branch.Select(taken => comparison + taken));
        Gen<Bytecode> ladder = dup.SelectMany(first => small.SelectMany(value =>
            test.Select(last => first + value + last)));
        Gen<Bytecode> store = Gen.Choose(0, 96).SelectMany(offset => Gen.Elements(Opcode.MStore, Opcode.MLoad,
            Opcode.MStore8)
            .Select(opcode => Bytecode.Push((uint)offset) + opcode));
        Gen<Bytecode> phrase = Gen.Frequency(
            (6, small), (2, wide), (4, dup), (3, swap), (1, jump), (2, branch), (2, test), (2, ladder), (3, store),
                (12, plain),
            (3, Gen.Constant((Bytecode)Opcode.JumpDest)));
        return phrase.ListOf().Select(phrases => phrases.Aggregate(
            4 * Bytecode.Push(1u), (code, next) => code + next)).ToArbitrary();
    }
}
