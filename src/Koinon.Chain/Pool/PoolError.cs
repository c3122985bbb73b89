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

    /// <summary>The pool is full, and this one does not pay more than the least paying.</summary>
    PoolFull,
}
