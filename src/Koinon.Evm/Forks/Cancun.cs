using Koinon.Evm.Instructions;
using Koinon.Evm.Precompiles;
using Koinon.Primitives.Transactions;

namespace Koinon.Evm.Forks;

/// <summary>March 2024: EIP-1153, EIP-4844, EIP-5656, EIP-6780, EIP-7516.</summary>
internal static class Cancun
{
    internal static Fork From(Fork parent) => parent with
    {
        Name = "Cancun",
        Instructions = parent.Instructions.With(
            (Opcode.TLoad, 100), (Opcode.TStore, 100), (Opcode.MCopy, 3), (Opcode.BlobHash, 3), (Opcode.BlobBaseFee,
                2)),
        SelfDestruct = SelfDestructRule.OnlyInCreatingTransaction,
        TransactionTypeMax = TransactionType.Blob,
        Precompiles = parent.Precompiles.With(new PointEvaluation()),
    };
}
