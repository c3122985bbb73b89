namespace Koinon.Storage.Lmdb;

/// <summary>A snapshot on a rented reader slot.</summary>
internal sealed class LmdbReadTransaction(LmdbStore store, LmdbReader reader) : LmdbTransaction(store, reader.Txn)
{
    public override nint Live()
    {
        nint txn = base.Live();
        if (reader.IsExpired)
        {
            throw new StoreException(
                StoreError.ReaderExpired,
                $"the snapshot was held longer than the limit of {Store.ReaderTimeLimit}: begin a new one");
        }

        return txn;
    }

    public override void Dispose()
    {
        if (Txn == 0) return;

        End();
        Store.EndRead(reader);
    }

    protected override nint OpenNative(nint txn, int place)
    {
        nint cursor = reader.TakeCursor(place);
        LmdbError.Check(
            cursor != 0
                ? LmdbNative.CursorRenew(txn, cursor)
                : LmdbNative.CursorOpen(txn, Store.Dbis[place], out cursor),
            Store.File);
        return cursor;
    }

    protected override void CloseNative(int place, nint cursor) => reader.KeepCursor(place, cursor);
}
