using Koinon.Storage;

namespace Koinon.Chain.Tests.Ledger;

/// <summary>A store in memory that lets somebody look between a commit and what follows it.</summary>
internal sealed class HookedStore : IStore
{
    private readonly MemoryStore _store = new(Koinon.Chain.Ledger.LedgerTables.All);

    /// <summary>Called after each commit, before the writer knows of it.</summary>
    public Action? Committed { get; set; }

    public IReadTransaction BeginRead() => _store.BeginRead();

    public IWriteTransaction BeginWrite() => new Writer(this, _store.BeginWrite());

    public void Sync() => _store.Sync();

    public void Dispose() => _store.Dispose();

    private sealed class Writer(HookedStore store, IWriteTransaction transaction) : IWriteTransaction
    {
        public bool TryGet(StoreTable table, scoped ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value) =>
            transaction.TryGet(table, key, out value);

        public IStoreCursor OpenCursor(StoreTable table) => transaction.OpenCursor(table);

        public void Put(StoreTable table, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) =>
            transaction.Put(table, key, value);

        public bool Delete(StoreTable table, ReadOnlySpan<byte> key) => transaction.Delete(table, key);

        public long DeleteRange(StoreTable table, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to) =>
            transaction.DeleteRange(table, from, to);

        public void Commit()
        {
            transaction.Commit();
            store.Committed?.Invoke();
        }

        public void Dispose() => transaction.Dispose();
    }
}
