namespace Koinon.Storage.Lmdb;

/// <summary>The writer. After a failed change it can only be given up.</summary>
/// <remarks>
/// Keys that come after a table's last go to its end without a search, and fill their pages: tables by number then
/// take about half the room.
/// </remarks>
internal sealed unsafe class LmdbWriteTransaction(LmdbStore store, nint txn)
    : LmdbTransaction(store, txn), IWriteTransaction
{
    private readonly byte[]?[] _last = new byte[]?[store.Tables.Count];
    private StoreException? _failure;

    public void Put(StoreTable table, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        StoreKey.Check(key);
        int place = Store.Tables.PlaceOf(table);
        nint txn = BeginChange();
        bool isLast = IsAfterLast(txn, place, key);
        byte empty = 0;
        fixed (byte* keyBytes = key, valueBytes = value)
        {
            LmdbValue at = new(keyBytes, key.Length);
            LmdbValue put = new(value.IsEmpty ? &empty : valueBytes, value.Length);
            int code = LmdbNative.Put(txn, Store.Dbis[place], &at, &put, isLast ? LmdbNative.Append : 0);
            if (code != 0) Fail(code);
        }

        if (isLast) _last[place] = key.ToArray();
    }

    public bool Delete(StoreTable table, ReadOnlySpan<byte> key)
    {
        StoreKey.Check(key);
        int place = Store.Tables.PlaceOf(table);
        nint txn = BeginChange();
        fixed (byte* keyBytes = key)
        {
            LmdbValue at = new(keyBytes, key.Length);
            int code = LmdbNative.Delete(txn, Store.Dbis[place], &at, null);
            if (code == LmdbError.NotFound) return false;
            if (code != 0) Fail(code);
        }

        return true;
    }

    public long DeleteRange(StoreTable table, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        int place = Store.Tables.PlaceOf(table);
        nint txn = BeginChange();
        uint dbi = Store.Dbis[place];
        if (!from.IsEmpty || !to.IsEmpty) return DeleteRange(txn, dbi, from, to);

        int code = LmdbNative.Stat(txn, dbi, out LmdbStat stat);
        if (code == 0) code = LmdbNative.Drop(txn, dbi, 0);
        if (code != 0) Fail(code);
        _last[place] = null;
        return (long)stat.Entries;
    }

    public void Commit()
    {
        nint txn = Live();
        WriterLock.CheckThread(Store.IsWritingHere);
        if (_failure is not null)
        {
            throw new StoreException(_failure.Error, _failure.Message, _failure);
        }

        End();
        int code = LmdbError.OfCommit(LmdbNative.TxnCommit(txn), Store.File);
        Store.EndWrite(code);
        if (code != 0) LmdbError.Throw(code, Store.File);
    }

    public override void Dispose()
    {
        if (Txn == 0) return;

        WriterLock.CheckThread(Store.IsWritingHere);
        LmdbNative.TxnAbort(End());
        Store.EndWrite(0);
    }

    protected override nint OpenNative(nint txn, int place)
    {
        LmdbError.Check(LmdbNative.CursorOpen(txn, Store.Dbis[place], out nint cursor), Store.File);
        return cursor;
    }

    protected override void CloseNative(int place, nint cursor) => LmdbNative.CursorClose(cursor);

    private nint BeginChange()
    {
        nint txn = Live();
        WriterLock.CheckThread(Store.IsWritingHere);
        if (_failure is not null) throw new StoreException(_failure.Error, _failure.Message, _failure);

        Changes = unchecked(Changes + 1);
        return txn;
    }

    private void Fail(int code)
    {
        _failure = LmdbError.Of(code, Store.File);
        throw _failure;
    }

    /// <summary>Whether a key comes after all of its table.</summary>
    /// <remarks>The last key is read once; later deletions may make it too high, which costs the short way only.
    /// </remarks>
    private bool IsAfterLast(nint txn, int place, ReadOnlySpan<byte> key)
    {
        _last[place] ??= ReadLast(txn, Store.Dbis[place]);
        return key.SequenceCompareTo(_last[place]) > 0;
    }

    private byte[] ReadLast(nint txn, uint dbi)
    {
        int code = LmdbNative.CursorOpen(txn, dbi, out nint cursor);
        if (code != 0) Fail(code);
        LmdbValue key, value;
        code = LmdbNative.CursorGet(cursor, &key, &value, LmdbNative.Last);
        byte[] last = code == 0 ? key.Span.ToArray() : [];
        LmdbNative.CursorClose(cursor);
        if (code is not (0 or LmdbError.NotFound)) Fail(code);
        return last;
    }

    private long DeleteRange(nint txn, uint dbi, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        int code = LmdbNative.CursorOpen(txn, dbi, out nint cursor);
        if (code != 0) Fail(code);
        long count = 0;
        LmdbValue key, value;
        fixed (byte* first = from)
        {
            key = new LmdbValue(first, from.Length);
            code = LmdbNative.CursorGet(cursor, &key, &value, from.IsEmpty ? LmdbNative.First : LmdbNative.SetRange);
        }

        while (code == 0 && (to.IsEmpty || key.Span.SequenceCompareTo(to) < 0))
        {
            code = LmdbNative.CursorDelete(cursor, 0);
            if (code != 0) break;

            count++;
            code = LmdbNative.CursorGet(cursor, &key, &value, LmdbNative.Next);
        }

        LmdbNative.CursorClose(cursor);
        if (code is not (0 or LmdbError.NotFound)) Fail(code);
        return count;
    }
}
