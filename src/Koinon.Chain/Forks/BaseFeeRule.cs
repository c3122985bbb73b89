using Koinon.Primitives;

namespace Koinon.Chain.Forks;

/// <summary>How the base fee follows the gas that blocks use (EIP-1559).</summary>
/// <param name="Initial">The base fee of the first block that has one, in wei.</param>
/// <param name="Elasticity">The gas limit over the gas target.</param>
/// <param name="ChangeDenominator">The highest change from block to block is one part in this many.</param>
public sealed record BaseFeeRule(ulong Initial, ulong Elasticity, ulong ChangeDenominator)
{
    /// <summary>The base fee of a block whose parent has one.</summary>
    /// <param name="parentBaseFee">The parent's base fee.</param>
    /// <param name="parentGasUsed">Gas that the parent used.</param>
    /// <param name="parentGasLimit">The parent's gas limit.</param>
    public UInt256 Next(in UInt256 parentBaseFee, ulong parentGasUsed, ulong parentGasLimit)
    {
        ulong target = parentGasLimit / Elasticity;
        if (parentGasUsed == target || target == 0)
        {
            return parentBaseFee;
        }

        ulong distance = parentGasUsed > target ? parentGasUsed - target : target - parentGasUsed;

        // No balance pays a base fee that wraps here; only a genesis could state one.
        UInt256 change = unchecked(parentBaseFee * distance) / target / ChangeDenominator;
        return parentGasUsed < target
            ? unchecked(parentBaseFee - change)
            : unchecked(parentBaseFee + (change.IsZero ? UInt256.One : change));
    }
}
