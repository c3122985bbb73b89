using Koinon.Primitives;

namespace Koinon.Chain.Forks;

/// <summary>The difficulty formula of one fork of proof of work.</summary>
/// <param name="Adjustment">How it follows the time between blocks.</param>
/// <param name="BombDelay">Blocks by which the exponential part is put off.</param>
public readonly record struct DifficultyRule(DifficultyAdjustment Adjustment, ulong BombDelay)
{
    /// <summary>No block's difficulty is below this.</summary>
    public static UInt256 Minimum => 131_072;

    private const ulong BombPeriodBlocks = 100_000;
    private const int StepShift = 11;
    private const long StepsDownMax = 99;

    /// <summary>The difficulty of a block.</summary>
    /// <param name="parentDifficulty">The parent's difficulty.</param>
    /// <param name="parentTimestamp">The parent's time in seconds.</param>
    /// <param name="parentHasUncles">Whether the parent has uncles.</param>
    /// <param name="number">The block's number.</param>
    /// <param name="timestamp">The block's time in seconds, after its parent's.</param>
    /// <remarks>
    /// Source: yellow paper, section 4.3.4; EIP-2, EIP-100, EIP-649, EIP-1234, EIP-2384, EIP-3554 and on.
    /// </remarks>
    public UInt256 Compute(
        in UInt256 parentDifficulty, ulong parentTimestamp, bool parentHasUncles, ulong number, ulong timestamp)
    {
        ulong seconds = timestamp > parentTimestamp ? timestamp - parentTimestamp : 0;
        long steps = Adjustment switch
        {
            DifficultyAdjustment.Threshold => seconds < 13 ? 1 : -1,
            DifficultyAdjustment.Homestead => Steps(1, seconds / 10),
            _ => Steps(parentHasUncles ? 2 : 1, seconds / 9),
        };

        UInt256 step = parentDifficulty >> StepShift;

        // Only a genesis could state a difficulty that wraps here.
        UInt256 difficulty = steps >= 0
            ? unchecked(parentDifficulty + step * (ulong)steps)
            : unchecked(parentDifficulty - step * (ulong)-steps);

        // The bound holds once, after the exponential part: so the yellow paper and the executable specification.
        return AtLeastMinimum(unchecked(difficulty + Bomb(number)));
    }

    private static long Steps(long most, ulong periods) =>
        periods >= StepsDownMax + 2 ? -StepsDownMax : Math.Max(most - (long)periods, -StepsDownMax);

    private static UInt256 AtLeastMinimum(in UInt256 difficulty) => difficulty < Minimum ? Minimum : difficulty;

    private UInt256 Bomb(ulong number)
    {
        ulong delayed = number > BombDelay ? number - BombDelay : 0;
        ulong period = delayed / BombPeriodBlocks;
        return period < 2 ? UInt256.Zero : UInt256.One << (int)Math.Min(period - 2, 256);
    }
}
