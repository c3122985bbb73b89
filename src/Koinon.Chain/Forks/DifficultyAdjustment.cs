namespace Koinon.Chain.Forks;

/// <summary>How the difficulty follows the time between two blocks of proof of work.</summary>
public enum DifficultyAdjustment : byte
{
    /// <summary>Up by a step under 13 seconds, else down by one.</summary>
    Threshold,

    /// <summary>By steps for each 10 seconds, at most 99 down (EIP-2).</summary>
    Homestead,

    /// <summary>By steps for each 9 seconds, one more where the parent has uncles (EIP-100).</summary>
    WithUncles,
}
