namespace Koinon.Chain.Ledger;

/// <summary>One move of the head, or an edit of its state, as it is announced.</summary>
/// <param name="Sequence">Counts the moves, from 1; no number is left out.</param>
/// <param name="Ancestor">The last block that the old and the new chain share.</param>
/// <param name="Removed">Blocks that are no longer canonical, the highest first.</param>
/// <param name="Added">Blocks that are canonical now, the lowest first; the last one is the head.</param>
public sealed record HeadChange(
    ulong Sequence, LedgerBlock Ancestor, IReadOnlyList<LedgerBlock> Removed, IReadOnlyList<LedgerBlock> Added)
{
    /// <summary>The head after the move.</summary>
    public LedgerBlock Head => Added.Count > 0 ? Added[^1] : Ancestor;

    /// <summary>
    /// Whether the removed blocks are given up on request (a development chain goes back), so that nothing of them
    /// comes again by itself.
    /// </summary>
    public bool IsDiscarded { get; init; }

    /// <summary>Whether no block moved and the state of the head was edited (a development chain).</summary>
    public bool IsEdit { get; init; }
}
