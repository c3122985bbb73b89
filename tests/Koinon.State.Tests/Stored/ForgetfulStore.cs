using Koinon.State.Stored;
using Koinon.Storage;

namespace Koinon.State.Tests.Stored;

/// <summary>A store in memory whose snapshots may not be kept, as on disk; it is told where one is.</summary>
internal sealed class ForgetfulStore : IStore
{
    private readonly MemoryStore _store = new(StateStore.Tables);
    private int _open;

    public bool KeepsSnapshots => false;

    /// <summary>Snapshots that were begun and not disposed of.</summary>
    internal int Open => Volatile.Read(ref _open);

    public IReadTransaction BeginRead()
    {
        Interlocked.Increment(ref _open);
        return new Snapshot(this, _store.BeginRead());
    }

    public IWriteTransaction BeginWrite() => _store.BeginWrite();

    public void Sync() => _store.Sync();

    public void Dispose() => _store.Dispose();

    private sealed class Snapshot(ForgetfulStore owner, IReadTransaction inner) : IReadTransaction
    {
        public bool TryGet(StoreTable table, scoped ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value) =>
            inner.TryGet(table, key, out value);

        public IStoreCursor OpenCursor(StoreTable table) => inner.OpenCursor(table);

        public void Dispose()
        {
            inner.Dispose();
            Interlocked.Decrement(ref owner._open);
        }
    }
}
