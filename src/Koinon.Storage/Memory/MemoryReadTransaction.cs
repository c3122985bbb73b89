namespace Koinon.Storage.Memory;

/// <summary>A snapshot: the roots of the trees as they were.</summary>
internal class MemoryReadTransaction(StoreTables tables, MemoryNode?[] roots) : IReadTransaction
{
    private MemoryNode?[]? _roots = roots;

    /// <summary>Counts changes, so that a cursor knows when its way is no longer the tree's.</summary>
    public int Changes { get; protected set; }

    protected StoreTables Tables { get; } = tables;

    protected bool IsEnded => _roots is null;

    public bool TryGet(StoreTable table, scoped ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        StoreKey.Check(key);
        return MemoryTree.TryFind(Root(Tables.PlaceOf(table)), key, out value);
    }

    public IStoreCursor OpenCursor(StoreTable table)
    {
        int place = Tables.PlaceOf(table);
        _ = Root(place);
        return new MemoryCursor(this, place);
    }

    public virtual void Dispose() => _roots = null;

    internal bool IsOf(StoreTables tables) => ReferenceEquals(Tables, tables);

    internal void CopyRoots(Span<MemoryNode?> roots) => Roots().CopyTo(roots);

    internal MemoryNode? Root(int place) => Roots()[place];

    protected MemoryNode?[] Roots()
    {
        ObjectDisposedException.ThrowIf(_roots is null, this);
        return _roots;
    }
}
