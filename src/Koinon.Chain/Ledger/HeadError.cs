namespace Koinon.Chain.Ledger;

/// <summary>Why the head may not be moved.</summary>
public enum HeadError : byte
{
    /// <summary>It was moved, or stands there already.</summary>
    None,

    /// <summary>The head is not a block that is known here.</summary>
    HeadUnknown,

    /// <summary>The safe block is not known, or is neither the head nor before it.</summary>
    SafeNotAncestor,

    /// <summary>The finalized block is not known, or is neither the head nor before it.</summary>
    FinalizedNotAncestor,

    /// <summary>The branch leaves the canonical chain below the oldest state that is kept.</summary>
    StateNotKept,
}
