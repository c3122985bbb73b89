namespace Koinon.Storage.Lmdb;

/// <summary>The reader slots: rented for a snapshot, given back after it, watched by each commit.</summary>
/// <remarks>Renting takes some nanoseconds and waits for nobody as long as a slot is idle.</remarks>
internal sealed class LmdbReaders(LmdbOptions options, nint env, string file)
{
    private const int Idle = 32;

    private readonly LmdbReader?[] _idle = new LmdbReader?[Idle];
    private readonly Lock _growing = new();
    private readonly Stack<LmdbReader> _spare = new();
    private volatile LmdbReader[] _all = [];

    public LmdbReader Rent()
    {
        for (int i = 0; i < Idle; i++)
        {
            LmdbReader? reader = _idle[i] is null ? null : Interlocked.Exchange(ref _idle[i], null);
            if (reader is not null) return Renew(reader);
        }

        return RentMore();
    }

    public void Return(LmdbReader reader)
    {
        LmdbNative.TxnReset(reader.Txn);
        reader.IsOpen = false;
        for (int i = 0; i < Idle; i++)
        {
            if (_idle[i] is null && Interlocked.CompareExchange(ref _idle[i], reader, null) is null) return;
        }

        lock (_growing) _spare.Push(reader);
    }

    /// <summary>After a commit: notes which snapshots hold pages back, and refuses those that did too long.</summary>
    public void Watch()
    {
        LmdbReader[] readers = _all;
        if (readers.Length == 0) return;

        long now = options.Time.GetTimestamp();
        foreach (LmdbReader reader in readers)
        {
            long generation = Volatile.Read(ref reader.Generation);
            if (!reader.IsOpen) continue;

            if (reader.SeenGeneration != generation)
            {
                reader.SeenGeneration = generation;
                reader.SeenAt = now;
            }
            else if (options.Time.GetElapsedTime(reader.SeenAt, now) > options.ReaderTimeLimit)
            {
                reader.Expire(generation);
            }
        }
    }

    /// <summary>How many snapshots are open, how many commits the oldest has not seen, and for how long.</summary>
    public (int Open, long Behind, TimeSpan Age) Describe(long last)
    {
        int open = 0;
        long behind = 0;
        TimeSpan age = TimeSpan.Zero;
        foreach (LmdbReader reader in _all)
        {
            if (!reader.IsOpen) continue;

            open++;
            behind = Math.Max(behind, last - (long)LmdbNative.TxnId(reader.Txn));
            if (reader.SeenGeneration != reader.Generation) continue;

            TimeSpan elapsed = options.Time.GetElapsedTime(reader.SeenAt);
            if (elapsed > age) age = elapsed;
        }

        return (open, behind, age);
    }

    public void Free()
    {
        foreach (LmdbReader reader in _all) reader.Free();
        _all = [];
    }

    private LmdbReader RentMore()
    {
        lock (_growing)
        {
            if (_spare.TryPop(out LmdbReader? spare)) return Renew(spare);

            LmdbError.Check(LmdbNative.TxnBegin(env, 0, LmdbNative.ReadOnly, out nint txn), file);
            LmdbReader reader = new(txn, options.Tables.Count) { IsOpen = true };
            _all = [.. _all, reader];
            return reader;
        }
    }

    private LmdbReader Renew(LmdbReader reader)
    {
        reader.Generation++;
        int code = LmdbNative.TxnRenew(reader.Txn);
        if (code != 0)
        {
            lock (_growing) _spare.Push(reader);
            LmdbError.Throw(code, file);
        }

        reader.IsOpen = true;
        return reader;
    }
}
