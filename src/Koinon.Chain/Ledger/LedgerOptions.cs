namespace Koinon.Chain.Ledger;

/// <summary>What bounds a ledger in memory.</summary>
public sealed record LedgerOptions
{
    /// <summary>
    /// How many blocks below the head blocks of side branches are kept; at least 7, which uncles need.
    /// </summary>
    public ulong SideBranchDepth { get; init; } = 128;

    /// <summary>How many blocks below the head states are kept. States share what they have in common.</summary>
    public ulong StateDepth { get; init; } = 100_000;

    /// <summary>How many moves of the head are kept for those who resume.</summary>
    public int HeadChangesKept { get; init; } = 1_024;
}
