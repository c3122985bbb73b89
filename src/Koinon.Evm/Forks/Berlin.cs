using Koinon.Evm.Instructions;
using Koinon.Evm.Precompiles;
using Koinon.Primitives.Transactions;

namespace Koinon.Evm.Forks;

/// <summary>April 2021: EIP-2565, EIP-2718, EIP-2929, EIP-2930.</summary>
internal static class Berlin
{
    internal static Fork From(Fork parent) => parent with
    {
        Name = "Berlin",
        Instructions = parent.Instructions.With(
            (Opcode.Balance, 100), (Opcode.ExtCodeSize, 100), (Opcode.ExtCodeCopy, 100), (Opcode.ExtCodeHash, 100),
            (Opcode.SLoad, 100), (Opcode.Call, 100), (Opcode.CallCode, 100), (Opcode.DelegateCall, 100),
            (Opcode.StaticCall, 100)),
        Gas = parent.Gas with
        {
            ColdAccountSurcharge = 2_500,
            ColdSlotSurcharge = 2_000,
            SelfDestructColdAccount = 2_600,
            WarmAccess = 100,
            StorageReset = 2_900,
            StorageDirty = 100,
        },
        HasColdAccess = true,
        TransactionTypeMax = TransactionType.AccessList,
        Precompiles = parent.Precompiles.With(new ModExp(ModExpPricing.Words)),
    };
}
