using Koinon.Evm.Instructions;

namespace Koinon.Evm.Forks;

/// <summary>March 2016: EIP-2, EIP-7.</summary>
internal static class Homestead
{
    internal static Fork From(Fork parent) => parent with
    {
        Name = "Homestead",
        Instructions = parent.Instructions.With((Opcode.DelegateCall, 40)),
        Gas = parent.Gas with { TransactionCreation = 32_000 },
        CodeDeposit = CodeDepositRule.FailOnOutOfGas,
        RequiresLowS = true,
    };
}
