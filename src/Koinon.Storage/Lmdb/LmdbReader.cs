namespace Koinon.Storage.Lmdb;

/// <summary>A reader slot with its native transaction and a cursor for each table, used again and again.</summary>
internal sealed class LmdbReader(nint txn, int tables)
{
    private readonly nint[] _cursors = new nint[tables];
    private long _expired = -1;

    public readonly nint Txn = txn;

    /// <summary>Counts the snapshots this slot has had; what is said of one is not held against the next.</summary>
    public long Generation;

    /// <summary>Whether a snapshot is open on it.</summary>
    public volatile bool IsOpen;

    /// <summary>Which snapshot a commit has found open, and when.</summary>
    public long SeenGeneration = -1, SeenAt;

    public bool IsExpired => Volatile.Read(ref _expired) == Generation;

    public void Expire(long generation) => Volatile.Write(ref _expired, generation);

    /// <summary>A cursor kept for a table, or none.</summary>
    public nint TakeCursor(int place)
    {
        nint cursor = _cursors[place];
        _cursors[place] = 0;
        return cursor;
    }

    public void KeepCursor(int place, nint cursor)
    {
        if (_cursors[place] == 0) _cursors[place] = cursor;
        else LmdbNative.CursorClose(cursor);
    }

    /// <summary>Frees everything native, when nobody reads any more.</summary>
    public void Free()
    {
        foreach (nint cursor in _cursors)
        {
            if (cursor != 0) LmdbNative.CursorClose(cursor);
        }

        LmdbNative.TxnAbort(Txn);
    }
}
