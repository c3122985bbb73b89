namespace Koinon.Chain.Pool;

/// <summary>Why the pool does not take a transaction.</summary>
public enum PoolError : byte
{
    /// <summary>It was taken.</summary>
    None,

    /// <summary>It may not be executed: the transaction's own error says why.</summary>
    TransactionInvalid,

    /// <summary>The pool has it already.</summary>
    AlreadyKnown,

    /// <summary>The pool has another of the same sender and nonce, and this one does not pay enough more.</summary>
    ReplacementUnderpriced,

    /// <summary>The sender has as many waiting as the pool keeps of one.</summary>
    SenderFull,

    /// <summary>The pool is full of what comes before this one.</summary>
    PoolFull,

    /// <summary>The pool is full, and this one does not pay more than the least paying.</summary>
    Underpriced,

    /// <summary>It offers a block's author less than the pool asks at least.</summary>
    TipBelowMinimum,

    /// <summary>It has more bytes than the pool takes of one.</summary>
    Oversized,

    /// <summary>It may cost more than the caller lets a transaction cost.</summary>
    FeeAboveCap,

    /// <summary>It names no chain (EIP-155), and the caller wants one named.</summary>
    NotReplayProtected,

    /// <summary>The sender is delegated (EIP-7702) and has another one waiting.</summary>
    DelegatedInFlight,

    /// <summary>The sender is delegated (EIP-7702), and its nonce is not the next.</summary>
    DelegatedGap,

    /// <summary>It delegates for an account that has several transactions waiting (EIP-7702).</summary>
    AuthorityReserved,

    /// <summary>The sender has transactions of the other kind waiting: with blobs, or without.</summary>
    SenderReserved,

    /// <summary>A blob transaction came without its blobs.</summary>
    SidecarMissing,

    /// <summary>The blobs are proven in a way that the fork does not take.</summary>
    SidecarVersion,

    /// <summary>Blobs, commitments and proofs are not as many as the hashes, or are of other blobs.</summary>
    SidecarMismatch,

    /// <summary>A proof does not hold.</summary>
    BlobProofInvalid,

    /// <summary>The journal that keeps what waits could not be written.</summary>
    NotWritten,
}
