using Koinon.Storage.Memory;

namespace Koinon.Storage;

/// <summary>A store in memory: each table a persistent ordered tree of packed pages.</summary>
/// <remarks>
/// A snapshot is one reference, and so is a clone of the whole store; both share with it what has not changed since.
/// An old snapshot keeps alive what it sees and hinders nobody.
/// </remarks>
public sealed class MemoryStore : IStore
{
    private readonly StoreTables _tables;
    private readonly Lock _writer = new();
    private readonly MemoryEdits _edits;
    private MemoryNode?[] _roots;
    private bool _isDisposed;

    /// <summary>Makes an empty store.</summary>
    /// <param name="tables">All tables it will have, with names that differ.</param>
    public MemoryStore(IReadOnlyList<StoreTable> tables)
    {
        _tables = new StoreTables(tables);
        _edits = new MemoryEdits();
        _roots = new MemoryNode?[_tables.Count];
    }

    private MemoryStore(StoreTables tables, MemoryEdits edits, MemoryNode?[] roots) =>
        (_tables, _edits, _roots) = (tables, edits, roots);

    /// <summary>Another store with what is committed now; from then on each goes its own way. Constant time.</summary>
    public MemoryStore Clone()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return new MemoryStore(_tables, _edits, Volatile.Read(ref _roots));
    }

    /// <inheritdoc/>
    public bool KeepsSnapshots => true;

    /// <inheritdoc/>
    public IReadTransaction BeginRead()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return new MemoryReadTransaction(_tables, Volatile.Read(ref _roots));
    }

    /// <inheritdoc/>
    public IWriteTransaction BeginWrite()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        WriterLock.Enter(_writer);
        return new MemoryWriteTransaction(this, _tables, [.. _roots], _edits.Next());
    }

    /// <inheritdoc/>
    public void Sync() => ObjectDisposedException.ThrowIf(_isDisposed, this);

    /// <inheritdoc/>
    public void Dispose() => _isDisposed = true;

    internal void Publish(MemoryNode?[] roots) => Volatile.Write(ref _roots, roots);

    internal void EndWrite() => _writer.Exit();

    internal bool IsWritingHere => _writer.IsHeldByCurrentThread;
}
