namespace Koinon.Chain.Networks;

/// <summary>What a fork waits for.</summary>
public enum ActivationKind : byte
{
    /// <summary>A block number.</summary>
    Number,

    /// <summary>The total difficulty of the parent block (EIP-3675).</summary>
    ParentTotalDifficulty,

    /// <summary>A block's time, in seconds.</summary>
    Time,
}
