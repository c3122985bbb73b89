namespace Koinon.Storage;

/// <summary>The one writer of a store; it reads what it wrote. Without its commit it leaves no trace.</summary>
public interface IWriteTransaction : IReadTransaction
{
    /// <summary>Puts a value in the place of whatever was there.</summary>
    /// <param name="table">Where.</param>
    /// <param name="key">1 to 511 bytes.</param>
    /// <param name="value">Any bytes, none included.</param>
    /// <exception cref="StoreException">The store is full, or the disk fails: it cannot be committed.</exception>
    void Put(StoreTable table, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value);

    /// <summary>Removes a value.</summary>
    /// <param name="table">Where.</param>
    /// <param name="key">1 to 511 bytes.</param>
    /// <returns>Whether it was there.</returns>
    /// <exception cref="StoreException">The store is full, or the disk fails: it cannot be committed.</exception>
    bool Delete(StoreTable table, ReadOnlySpan<byte> key);

    /// <summary>Removes every value in a range of keys.</summary>
    /// <param name="table">Where.</param>
    /// <param name="from">The first key of the range; empty for the table's first.</param>
    /// <param name="to">The first key after the range; empty for none.</param>
    /// <returns>How many there were.</returns>
    /// <exception cref="StoreException">The store is full, or the disk fails: it cannot be committed.</exception>
    long DeleteRange(StoreTable table, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to);

    /// <summary>Makes every table what a snapshot of the same store shows.</summary>
    /// <param name="snapshot">The snapshot, which must not have ended.</param>
    /// <returns>Whether it was done: only a store whose snapshots may be kept can.</returns>
    bool TryRestore(IReadTransaction snapshot) => false;

    /// <summary>
    /// Makes all of it visible at once. When it returns, the death of the process loses nothing of it; a power cut
    /// neither, where the store is opened for that.
    /// </summary>
    /// <exception cref="StoreException">The store is full, or the disk fails; nothing was written then.</exception>
    void Commit();
}
