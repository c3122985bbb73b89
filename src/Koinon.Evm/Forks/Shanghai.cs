using Koinon.Evm.Instructions;

namespace Koinon.Evm.Forks;

/// <summary>April 2023: EIP-3651, EIP-3855, EIP-3860 (and withdrawals, EIP-4895, a rule of blocks).</summary>
internal static class Shanghai
{
    internal static Fork From(Fork parent) => parent with
    {
        Name = "Shanghai",
        Instructions = parent.Instructions.With((Opcode.Push0, 2)),
        Gas = parent.Gas with { InitCodeWord = 2 },
        InitCodeSizeMax = 2 * parent.CodeSizeMax,
        HasWarmBeneficiary = true,
    };
}
