using Koinon.Evm.Instructions;
using Koinon.Evm.Precompiles;

namespace Koinon.Evm.Forks;

/// <summary>December 2019: EIP-152, EIP-1108, EIP-1344, EIP-1884, EIP-2028, EIP-2200.</summary>
internal static class Istanbul
{
    internal static Fork From(Fork parent) => parent with
    {
        Name = "Istanbul",
        Instructions = parent.Instructions.With(
            (Opcode.ChainId, 2), (Opcode.SelfBalance, 5), (Opcode.Balance, 700), (Opcode.ExtCodeHash, 700),
            (Opcode.SLoad, 800)),
        Gas = parent.Gas with { DataNonZeroByte = 16, StorageDirty = 800, StorageSentry = 2_300 },
        StorageGas = StorageGasRule.Net,
        Precompiles = parent.Precompiles.With(
            new Bn254Add(150), new Bn254Mul(6_000), new Bn254Pairing(baseGas: 45_000, pairGas: 34_000), new Blake2F()),
    };
}
