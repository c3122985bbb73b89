using Koinon.Evm.Instructions;

namespace Koinon.Evm.Forks;

/// <summary>The fork that was prepared for January 2019: EIP-145, EIP-1014, EIP-1052, EIP-1283.</summary>
internal static class Constantinople
{
    internal static Fork From(Fork parent) => parent with
    {
        Name = "Constantinople",
        Instructions = parent.Instructions.With(
            (Opcode.Shl, 3), (Opcode.Shr, 3), (Opcode.Sar, 3), (Opcode.ExtCodeHash, 400), (Opcode.Create2, 32_000)),
        Gas = parent.Gas with { StorageDirty = 200 },
        StorageGas = StorageGasRule.Net,
    };
}
