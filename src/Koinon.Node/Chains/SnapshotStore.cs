using Koinon.Storage;

namespace Koinon.Node.Chains;

/// <summary>A store as it was at one moment, for one thread: whoever writes it meanwhile is not seen.</summary>
/// <param name="store">The store; it is closed with this.</param>
internal sealed class SnapshotStore(IStore store) : IStore
{
    private readonly IReadTransaction _snapshot = store.BeginRead();

    /// <inheritdoc/>
    public IReadTransaction BeginRead() => new View(_snapshot);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Always: it is a snapshot.</exception>
    public IWriteTransaction BeginWrite() => throw new InvalidOperationException("A snapshot is not written.");

    /// <inheritdoc/>
    public void Sync()
    {
        // Nothing is written here.
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _snapshot.Dispose();
        store.Dispose();
    }

    /// <summary>The snapshot, which ends with the store and not with who reads it.</summary>
    private sealed class View(IReadTransaction snapshot) : IReadTransaction
    {
        public bool TryGet(StoreTable table, scoped ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value) =>
            snapshot.TryGet(table, key, out value);

        public IStoreCursor OpenCursor(StoreTable table) => snapshot.OpenCursor(table);

        public void Dispose()
        {
        }
    }
}
