namespace Koinon.Storage.Memory;

/// <summary>The writer: a copy of the roots, and trees of its own making under them.</summary>
internal sealed class MemoryWriteTransaction(MemoryStore store, StoreTables tables, MemoryNode?[] roots, long number)
    : MemoryReadTransaction(tables, roots), IWriteTransaction
{
    private readonly MemoryTreeEditor _editor = new(number);

    public void Put(StoreTable table, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        StoreKey.Check(key);
        int place = Tables.PlaceOf(table);
        MemoryNode?[] roots = OwnRoots();
        roots[place] = _editor.Put(roots[place], key, value);
    }

    public bool Delete(StoreTable table, ReadOnlySpan<byte> key)
    {
        StoreKey.Check(key);
        int place = Tables.PlaceOf(table);
        MemoryNode?[] roots = OwnRoots();
        roots[place] = _editor.Delete(roots[place], key, out bool wasThere);
        return wasThere;
    }

    public long DeleteRange(StoreTable table, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        int place = Tables.PlaceOf(table);
        MemoryNode?[] roots = OwnRoots();
        roots[place] = _editor.DeleteRange(roots[place], from, to, out long count);
        return count;
    }

    public bool TryRestore(IReadTransaction snapshot)
    {
        if (snapshot is not MemoryReadTransaction former || !former.IsOf(Tables)) return false;

        former.CopyRoots(OwnRoots());
        return true;
    }

    public void Commit()
    {
        store.Publish(OwnRoots());
        Dispose();
    }

    public override void Dispose()
    {
        if (IsEnded) return;

        WriterLock.CheckThread(store.IsWritingHere);
        base.Dispose();
        store.EndWrite();
    }

    private MemoryNode?[] OwnRoots()
    {
        MemoryNode?[] roots = Roots();
        WriterLock.CheckThread(store.IsWritingHere);
        Changes = unchecked(Changes + 1);
        return roots;
    }
}
