using Koinon.Evm.Instructions;
using Koinon.Evm.Precompiles;

namespace Koinon.Evm.Forks;

/// <summary>December 2025: EIP-7594, EIP-7823, EIP-7825, EIP-7883, EIP-7939, EIP-7951.</summary>
internal static class Osaka
{
    internal static Fork From(Fork parent) => parent with
    {
        Name = "Osaka",
        Instructions = parent.Instructions.With((Opcode.Clz, 5)),
        TransactionGasMax = 1 << 24,
        TransactionBlobsMax = 6,
        Precompiles = parent.Precompiles.With(new ModExp(ModExpPricing.Bounded), new P256Verify()),
    };
}
