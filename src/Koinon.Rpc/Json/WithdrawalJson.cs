using Koinon.Primitives;
using Koinon.Primitives.Blocks;

namespace Koinon.Rpc.Json;

/// <summary>A withdrawal as answers show it (EIP-4895).</summary>
/// <param name="Index">Its number.</param>
/// <param name="ValidatorIndex">The validator's number.</param>
/// <param name="Address">Who receives it.</param>
/// <param name="Amount">In gwei.</param>
public sealed record WithdrawalJson(Quantity Index, Quantity ValidatorIndex, Address Address, Quantity Amount)
{
    /// <summary>The shape of a withdrawal.</summary>
    public static WithdrawalJson Of(Withdrawal withdrawal) =>
        new(withdrawal.Index, withdrawal.ValidatorIndex, withdrawal.Address, withdrawal.Amount);
}
