namespace Koinon.Storage;

/// <summary>Ordered keys and values in named tables, with snapshots and one writer.</summary>
/// <remarks>
/// Safe from any thread; a read transaction and its cursors belong to one thread at a time, a write transaction to the
/// thread that began it, from its beginning to its end. Keys are compared as unsigned bytes, have 1 to 511 bytes, and
/// every table is known since the store was opened.
/// </remarks>
public interface IStore : IDisposable
{
    /// <summary>
    /// Whether a snapshot may be kept for as long as anybody wants, be read by several threads at once, and be let go
    /// without being disposed of: it holds nothing but memory then.
    /// </summary>
    bool KeepsSnapshots => false;

    /// <summary>Begins to read: a snapshot of what is committed now. Neither waits for a writer nor makes one wait.
    /// </summary>
    /// <exception cref="StoreException">The reader slots are used up, or the disk fails.</exception>
    IReadTransaction BeginRead();

    /// <summary>Begins to write, after the writer before has ended.</summary>
    /// <exception cref="StoreException">The disk fails.</exception>
    IWriteTransaction BeginWrite();

    /// <summary>Returns when all that is committed would outlive a power cut.</summary>
    /// <exception cref="StoreException">The disk fails.</exception>
    void Sync();
}
