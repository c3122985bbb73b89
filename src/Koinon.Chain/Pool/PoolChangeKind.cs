namespace Koinon.Chain.Pool;

/// <summary>What became of a transaction in the pool.</summary>
public enum PoolChangeKind : byte
{
    /// <summary>It was taken, and the next block may hold it.</summary>
    Added,

    /// <summary>It was taken, and waits for one of the same sender before it.</summary>
    Queued,

    /// <summary>It was queued, and the next block may hold it now.</summary>
    Promoted,

    /// <summary>It stands in a block.</summary>
    Included,

    /// <summary>Another of its sender and nonce pays more and took its place.</summary>
    Replaced,

    /// <summary>Another of its sender and nonce stands in a block.</summary>
    Outdated,

    /// <summary>Somebody asked for its removal.</summary>
    Removed,

    /// <summary>The pool was full, and others pay more.</summary>
    Evicted,

    /// <summary>The rules have changed, and no block may hold it any more.</summary>
    Invalidated,

    /// <summary>The pool went back to what it held before the transaction came.</summary>
    Discarded,
}
