using Koinon.Evm.Instructions;
using Koinon.Evm.Precompiles;

namespace Koinon.Evm.Forks;

/// <summary>October 2017: EIP-140, EIP-196, EIP-197, EIP-198, EIP-211, EIP-214.</summary>
internal static class Byzantium
{
    internal static Fork From(Fork parent) => parent with
    {
        Name = "Byzantium",
        Instructions = parent.Instructions.With(
            (Opcode.Revert, 0), (Opcode.ReturnDataSize, 2), (Opcode.ReturnDataCopy, 3), (Opcode.StaticCall, 700)),
        Precompiles = parent.Precompiles.With(
            new ModExp(ModExpPricing.Quadratic), new Bn254Add(500), new Bn254Mul(40_000),
            new Bn254Pairing(baseGas: 100_000, pairGas: 80_000)),
    };
}
