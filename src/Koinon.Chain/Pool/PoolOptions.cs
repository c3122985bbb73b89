namespace Koinon.Chain.Pool;

/// <summary>What bounds a pool.</summary>
public sealed record PoolOptions
{
    /// <summary>The most transactions of all senders.</summary>
    public int TransactionsMax { get; init; } = 8_192;

    /// <summary>The most transactions of one sender.</summary>
    public int TransactionsOfSenderMax { get; init; } = 256;

    /// <summary>By how many parts in a hundred a replacement must raise both fees.</summary>
    public int ReplacementRaisePercent { get; init; } = 10;
}
