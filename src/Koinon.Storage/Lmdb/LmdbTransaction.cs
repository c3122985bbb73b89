namespace Koinon.Storage.Lmdb;

/// <summary>What reading and writing have in common: finding, and the cursors that end with it.</summary>
internal abstract unsafe class LmdbTransaction(LmdbStore store, nint txn) : IReadTransaction
{
    private LmdbCursor? _cursors;

    public LmdbStore Store { get; } = store;

    /// <summary>The native transaction; none after the end.</summary>
    public nint Txn { get; private set; } = txn;

    /// <summary>Counts changes: a cursor then finds its place anew.</summary>
    public int Changes { get; protected set; }

    public bool TryGet(StoreTable table, scoped ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        StoreKey.Check(key);
        uint dbi = Store.Dbis[Store.Tables.PlaceOf(table)];
        nint txn = Live();
        fixed (byte* bytes = key)
        {
            LmdbValue sought = new(bytes, key.Length), found;
            int code = LmdbNative.Get(txn, dbi, &sought, &found);
            if (code == 0)
            {
                value = found.Span;
                return true;
            }

            value = default;
            if (code != LmdbError.NotFound) LmdbError.Throw(code, Store.File);
            return false;
        }
    }

    public IStoreCursor OpenCursor(StoreTable table)
    {
        int place = Store.Tables.PlaceOf(table);
        LmdbCursor cursor = new(this, place, OpenNative(Live(), place));
        if (_cursors is not null) _cursors.Before = cursor;
        cursor.After = _cursors;
        _cursors = cursor;
        return cursor;
    }

    public abstract void Dispose();

    /// <summary>The native transaction where it has not ended and may still be used.</summary>
    public virtual nint Live()
    {
        ObjectDisposedException.ThrowIf(Txn == 0, this);
        return Txn;
    }

    /// <summary>Takes a cursor out of the list of open ones and gives its native one up.</summary>
    public void Close(LmdbCursor cursor)
    {
        if (cursor.Before is null) _cursors = cursor.After;
        else cursor.Before.After = cursor.After;
        if (cursor.After is not null) cursor.After.Before = cursor.Before;
        CloseNative(cursor.Place, cursor.Detach());
    }

    /// <summary>Closes all cursors and forgets the native transaction, which the caller then ends.</summary>
    protected nint End()
    {
        nint txn = Txn;
        while (_cursors is not null) Close(_cursors);
        Txn = 0;
        return txn;
    }

    protected abstract nint OpenNative(nint txn, int place);

    protected abstract void CloseNative(int place, nint cursor);
}
