namespace Koinon.Chain.Ledger;

/// <summary>One move of the head, as it is announced.</summary>
/// <param name="Sequence">Counts the moves, from 1; no number is left out.</param>
/// <param name="Ancestor">The last block that the old and the new chain share.</param>
/// <param name="Removed">Blocks that are no longer canonical, the highest first.</param>
/// <param name="Added">Blocks that are canonical now, the lowest first; the last one is the head.</param>
public sealed record HeadChange(
    ulong Sequence, LedgerBlock Ancestor, IReadOnlyList<LedgerBlock> Removed, IReadOnlyList<LedgerBlock> Added)
{
    /// <summary>The head after the move.</summary>
    public LedgerBlock Head => Added.Count > 0 ? Added[^1] : Ancestor;
}
