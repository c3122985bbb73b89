using Koinon.Evm.Instructions;
using Koinon.Evm.Tests.Language;
using Koinon.Primitives;
using static Koinon.Evm.Tests.Language.Bytecode;

namespace Koinon.Rpc.Tests.Tracing;

/// <summary>Pieces of programs that leave the stack as it was, and programs made of them.</summary>
internal static class Programs
{
    private static readonly Address Nobody = Address.Parse("0x00000000000000000000000000000000deadbeef");

    /// <summary>Calls without data.</summary>
    public static Bytecode Call(Address to, Opcode opcode = Opcode.Call, ulong value = 0, ulong gas = 50_000) =>
        CallWith(to, 0, opcode, value, gas) + Opcode.Pop;

    /// <summary>Calls with so many bytes of memory as data, and leaves the flag on the stack.</summary>
    public static Bytecode CallWith(
        Address to, ulong inputLength, Opcode opcode = Opcode.Call, ulong value = 0, ulong gas = 50_000)
    {
        Bytecode sent = opcode is Opcode.Call or Opcode.CallCode ? Push(value) : Empty;
        return Push(0u) + Push(0u) + Push(inputLength) + Push(0u) + sent + Push(to.ToWord()) + Push(gas) + opcode;
    }

    /// <summary>Writes a slot.</summary>
    public static Bytecode Store(UInt256 slot, UInt256 value) => Push(value) + Push(slot) + Opcode.SStore;

    /// <summary>Writes a word of memory.</summary>
    public static Bytecode Remember(UInt256 word, ulong offset = 0) => Push(word) + Push(offset) + Opcode.MStore;

    /// <summary>Reverts with the first bytes of memory.</summary>
    public static Bytecode RevertWith(ulong length) => Push(length) + Push(0u) + Opcode.Revert;

    /// <summary>A program made of pieces that some numbers choose.</summary>
    public static Bytecode OfSeeds(IEnumerable<byte> seeds)
    {
        Bytecode program = Empty;
        foreach (byte seed in seeds)
        {
            program += Piece(seed);
        }

        return program;
    }

    private static Bytecode Piece(byte seed)
    {
        Address to = (seed >> 5) switch
        {
            0 or 1 => TraceChain.First,
            2 or 3 => TraceChain.Second,
            4 => TraceChain.Third,
            5 => Address.FromWord(4u),
            6 => Address.FromWord(2u),
            _ => Nobody,
        };
        byte amount = (byte)(seed >> 5);
        return (seed & 0x1f) switch
        {
            0 or 1 or 2 => Call(to, gas: 20_000),
            3 => Call(to, Opcode.DelegateCall, gas: 30_000),
            4 => Call(to, Opcode.StaticCall, gas: 30_000),
            5 => Call(to, Opcode.CallCode, value: amount, gas: 30_000),
            6 => Call(to, value: amount, gas: 10_000),
            7 or 8 or 9 => Store(amount, amount),
            10 or 11 => Store(1u, 0u),
            12 or 13 => Push(amount) + Opcode.SLoad + Opcode.Pop,
            14 => Push(amount) + Push(0u) + Push(32u) + Opcode.Log1,
            15 => Remember(seed, 32UL * amount),
            16 => Push(0u) + Push(0u) + Push(amount) + Opcode.Create + Opcode.Pop,
            17 => Remember(0x600160005500u << 24, 0) + Push(32u) + Push(0u) + Push(0u) + Opcode.Create + Opcode.Pop,
            18 => Push(amount) + Push(0u) + Push(0u) + Push(0u) + Opcode.Create2 + Opcode.Pop,
            19 => Push(to.ToWord()) + Opcode.Balance + Opcode.Pop,
            20 => Push(to.ToWord()) + Opcode.ExtCodeHash + Opcode.Pop,
            21 => Opcode.Gas + (Bytecode)Opcode.Pop,
            22 => Push(64u) + Push(0u) + Opcode.Keccak256 + Opcode.Pop,
            23 => Push(seed) + Push(1u) + Opcode.TStore,
            24 => amount == 7 ? (Bytecode)Opcode.Invalid : Empty,
            25 => amount == 7 ? RevertWith(32) : Empty,
            26 => amount == 7 ? Push(to.ToWord()) + Opcode.SelfDestruct : Empty,
            27 => amount == 7 ? (Bytecode)Opcode.Add : Empty,
            28 => amount == 7 ? Push(1u) + Opcode.Jump : Empty,
            29 => amount == 7 ? Push(32u) + Push(0u) + Opcode.Return : Empty,
            _ => Opcode.ReturnDataSize + (Bytecode)Opcode.Pop,
        };
    }
}
