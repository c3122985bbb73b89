using Koinon.Evm.Instructions;
using Koinon.Primitives.Transactions;

namespace Koinon.Evm.Forks;

/// <summary>August 2021: EIP-1559, EIP-3198, EIP-3529, EIP-3541.</summary>
internal static class London
{
    internal static Fork From(Fork parent) => parent with
    {
        Name = "London",
        Instructions = parent.Instructions.With((Opcode.BaseFee, 2)),
        Gas = parent.Gas with { RefundQuotient = 5, SelfDestructRefund = 0, StorageClearRefund = 4_800 },
        HasBaseFee = true,
        ReservesCodePrefix = true,
        TransactionTypeMax = TransactionType.DynamicFee,
    };
}
