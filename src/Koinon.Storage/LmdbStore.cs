using Koinon.Storage.Lmdb;

namespace Koinon.Storage;

/// <summary>A store on disk: one file of LMDB in a data directory that belongs to this process.</summary>
/// <remarks>
/// Readers never wait and hinder no writer, but what an old snapshot sees cannot be used again before it ends. The
/// store may be closed while snapshots are open: the file is closed with the last of them.
/// </remarks>
public sealed class LmdbStore : IStore
{
    /// <summary>The name of the file in the data directory.</summary>
    public const string FileName = "chain.mdb";

    /// <summary>After how many commits read pages are let go of.</summary>
    private const int CommitsBetweenReleases = 1024;

    private readonly LmdbOptions _options;
    private readonly DataDirectoryLock? _directory;
    private readonly LmdbReaders _readers;
    private readonly Lock _writer = new();
    private readonly nint _env;
    private readonly MapResidency _residency;
    private StoreException? _failure;
    private int _commits;
    private int _users = 1;
    private int _isClosed;
    private int _isFreed;

    private LmdbStore(LmdbOptions options, StoreTables tables, DataDirectoryLock? directory, nint env, string file)
    {
        (_options, Tables, _directory, _env, File) = (options, tables, directory, env, file);
        _readers = new LmdbReaders(options, env, file);
        _residency = MapResidency.Of(file);
        Dbis = new uint[tables.Count];
    }

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>What a power cut may cost.</summary>
    public LmdbDurability Durability => _options.Durability;

    internal StoreTables Tables { get; }

    internal uint[] Dbis { get; }

    internal TimeSpan? ReaderTimeLimit => _options.ReaderTimeLimit;

    internal bool IsWritingHere => _writer.IsHeldByCurrentThread;

    /// <summary>Opens the store of a data directory, or makes an empty one.</summary>
    /// <param name="options">Where and how.</param>
    /// <exception cref="StoreException">The library is missing, the directory is in use or unusable, or what stands
    /// there is not a store of this kind and schema.</exception>
    public static LmdbStore Open(LmdbOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        StoreTables tables = new(options.Tables);
        LmdbLibrary.Require(LmdbNative.Library);
        string file = Path.Combine(options.Directory, FileName);
        if (options.IsReadOnly && !System.IO.File.Exists(file))
        {
            throw new StoreException(StoreError.Missing, $"'{options.Directory}' holds no chain");
        }

        DataDirectoryLock? directory = options.IsReadOnly ? null : DataDirectoryLock.Acquire(options.Directory);
        nint env = 0;
        try
        {
            bool isNew = !System.IO.File.Exists(file);
            env = LmdbOpening.OpenFile(options, file);
            LmdbStore store = new(options, tables, directory, env, file);
            LmdbOpening.OpenTables(options, tables, env, file, store.Dbis);
            if (isNew) DirectorySync.Run(options.Directory);
            return store;
        }
        catch
        {
            if (env != 0) LmdbNative.EnvClose(env);
            directory?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IReadTransaction BeginRead()
    {
        Use();
        try
        {
            return new LmdbReadTransaction(this, _readers.Rent());
        }
        catch
        {
            Leave();
            throw;
        }
    }

    /// <inheritdoc/>
    public IWriteTransaction BeginWrite()
    {
        if (_options.IsReadOnly) throw new InvalidOperationException("The store was opened to be read only.");

        Use();
        try
        {
            WriterLock.Enter(_writer);
        }
        catch
        {
            Leave();
            throw;
        }

        try
        {
            if (_failure is not null) throw new StoreException(_failure.Error, _failure.Message, _failure);

            LmdbError.Check(LmdbNative.TxnBegin(_env, 0, 0, out nint txn), File);
            return new LmdbWriteTransaction(this, txn);
        }
        catch
        {
            _writer.Exit();
            Leave();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Sync()
    {
        Use();
        try
        {
            lock (_writer)
            {
                int code = LmdbNative.EnvSync(_env, 1);
                Remember(code);
                LmdbError.Check(code, File);
            }
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>How large the store is and who reads it. Walks the list of free pages.</summary>
    public StoreStatistics GetStatistics()
    {
        using LmdbReadTransaction read = (LmdbReadTransaction)BeginRead();
        LmdbError.Check(LmdbNative.EnvInfo(_env, out LmdbEnvInfo info), File);
        LmdbError.Check(LmdbNative.EnvStat(_env, out LmdbStat root), File);
        TableStatistics[] tables = new TableStatistics[Tables.Count];
        for (int i = 0; i < tables.Length; i++)
        {
            LmdbError.Check(LmdbNative.Stat(read.Txn, Dbis[i], out LmdbStat stat), File);
            long pages = (long)(stat.BranchPages + stat.LeafPages + stat.OverflowPages);
            tables[i] = new TableStatistics(
                Tables[i].Name, (long)stat.Entries, (int)stat.Depth, (long)stat.BranchPages, (long)stat.LeafPages,
                (long)stat.OverflowPages, pages * root.PageBytes);
        }

        // This method's own snapshot is not counted.
        (int open, long behind, TimeSpan age) = _readers.Describe((long)info.LastTransaction);
        return new StoreStatistics(
            File, (int)root.PageBytes, (long)info.MapBytes, ((long)info.LastPage + 1) * root.PageBytes,
            LmdbOpening.CountFreePages(read.Txn, File), (long)info.LastTransaction, open - 1, (int)info.ReadersMax,
            behind, age, tables);
    }

    /// <summary>Closes the store; transactions that are still open may be used to their end.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0) Leave();
    }

    internal void EndRead(LmdbReader reader)
    {
        _readers.Return(reader);
        Leave();
    }

    internal void EndWrite(int code)
    {
        Remember(code);
        _readers.Watch();
        if (unchecked(++_commits) % CommitsBetweenReleases == 0) ReleasePages();
        _writer.Exit();
        Leave();
    }

    /// <summary>Lets go of pages that were read: the system's cache keeps them.</summary>
    internal void ReleasePages()
    {
        bool isKnown = LmdbNative.EnvInfo(_env, out LmdbEnvInfo info) == 0;
        if (isKnown && LmdbNative.EnvStat(_env, out LmdbStat stat) == 0)
        {
            _residency.Release(((long)info.LastPage + 1) * stat.PageBytes);
        }
    }

    private void Remember(int code)
    {
        // After a failed sync the system may have forgotten pages that never reached the disk: nobody builds on them.
        if (LmdbError.IsFinal(code)) _failure = LmdbError.Of(code, File);
    }

    private void Use()
    {
        Interlocked.Increment(ref _users);
        if (Volatile.Read(ref _isClosed) == 0) return;

        Leave();
        throw new ObjectDisposedException(nameof(LmdbStore));
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _users) != 0 || Interlocked.Exchange(ref _isFreed, 1) != 0) return;

        _readers.Free();
        LmdbNative.EnvClose(_env);
        _directory?.Dispose();
    }
}
