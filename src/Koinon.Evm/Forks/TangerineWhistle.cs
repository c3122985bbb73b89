using Koinon.Evm.Instructions;

namespace Koinon.Evm.Forks;

/// <summary>October 2016: state access repriced (EIP-150).</summary>
internal static class TangerineWhistle
{
    internal static Fork From(Fork parent) => parent with
    {
        Name = "EIP150",
        Instructions = parent.Instructions.With(
            (Opcode.Balance, 400), (Opcode.ExtCodeSize, 700), (Opcode.ExtCodeCopy, 700), (Opcode.SLoad, 200),
            (Opcode.Call, 700), (Opcode.CallCode, 700), (Opcode.DelegateCall, 700), (Opcode.SelfDestruct, 5_000)),
        Gas = parent.Gas with { SelfDestructNewAccount = 25_000 },
        CallGas = CallGasRule.AllButOne64th,
    };
}
