using Koinon.Evm.Instructions;
using Koinon.Evm.Precompiles;

namespace Koinon.Evm.Forks;

/// <summary>The first rules (yellow paper, 2015).</summary>
internal static class Frontier
{
    internal static Fork Create() => new()
    {
        Name = "Frontier",
        Gas = new GasSchedule(),
        Precompiles = PrecompileSet.None.With(
            new EcRecover(), new Sha256(), new Ripemd160(), new Identity()),
        Instructions = InstructionSet.None
            .With(
                (Opcode.Stop, 0), (Opcode.Add, 3), (Opcode.Mul, 5), (Opcode.Sub, 3), (Opcode.Div, 5), (Opcode.SDiv, 5),
                (Opcode.Mod, 5), (Opcode.SMod, 5), (Opcode.AddMod, 8), (Opcode.MulMod, 8), (Opcode.Exp, 10),
                (Opcode.SignExtend, 5))
            .WithRange(Opcode.Lt, Opcode.Byte, 3)
            .With(
                (Opcode.Keccak256, 30), (Opcode.Address, 2), (Opcode.Balance, 20), (Opcode.Origin, 2), (Opcode.Caller,
                    2),
                (Opcode.CallValue, 2), (Opcode.CallDataLoad, 3), (Opcode.CallDataSize, 2), (Opcode.CallDataCopy, 3),
                (Opcode.CodeSize, 2), (Opcode.CodeCopy, 3), (Opcode.GasPrice, 2), (Opcode.ExtCodeSize, 20),
                (Opcode.ExtCodeCopy, 20))
            .With(
                (Opcode.BlockHash, 20), (Opcode.Coinbase, 2), (Opcode.Timestamp, 2), (Opcode.Number, 2),
                (Opcode.PrevRandao, 2), (Opcode.GasLimit, 2))
            .With(
                (Opcode.Pop, 2), (Opcode.MLoad, 3), (Opcode.MStore, 3), (Opcode.MStore8, 3), (Opcode.SLoad, 50),
                (Opcode.SStore, 0), (Opcode.Jump, 8), (Opcode.JumpI, 10), (Opcode.Pc, 2), (Opcode.MSize, 2),
                (Opcode.Gas, 2), (Opcode.JumpDest, 1))
            .WithRange(Opcode.Push1, Opcode.Push32, 3)
            .WithRange(Opcode.Dup1, Opcode.Dup16, 3)
            .WithRange(Opcode.Swap1, Opcode.Swap16, 3)
            .WithRange(Opcode.Log0, Opcode.Log4, 375)
            .With(
                (Opcode.Create, 32_000), (Opcode.Call, 40), (Opcode.CallCode, 40), (Opcode.Return, 0),
                (Opcode.Invalid, 0), (Opcode.SelfDestruct, 0)),
    };
}
