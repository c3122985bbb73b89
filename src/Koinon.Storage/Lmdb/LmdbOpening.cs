using System.Buffers.Binary;

namespace Koinon.Storage.Lmdb;

/// <summary>Opening a file and its tables, with the stamp that says whose it is.</summary>
internal static unsafe class LmdbOpening
{
    /// <summary>How this store uses the library: a new number where old files could not be read.</summary>
    private const int Format = 1;

    private const string StampTable = "koinon";
    private const long MapBytesLeast = 1L << 30;
    private const uint ReadAndWriteByOwner = 0x180;

    public static nint OpenFile(LmdbOptions options, string file)
    {
        uint flags = LmdbNative.NoSubdirectory | LmdbNative.NoTls | LmdbNative.NoReadAhead;
        if (options.Durability == LmdbDurability.Normal) flags |= LmdbNative.NoMetaSync;
        if (options.IsReadOnly) flags |= LmdbNative.ReadOnly;

        for (long map = options.MapBytes; ; map /= 2)
        {
            LmdbError.Check(LmdbNative.EnvCreate(out nint env), file);
            int code = LmdbNative.EnvSetMapSize(env, (nuint)map);
            if (code == 0) code = LmdbNative.EnvSetMaxReaders(env, (uint)options.ReadersMax);
            if (code == 0) code = LmdbNative.EnvSetMaxDbs(env, (uint)options.Tables.Count + 16);
            if (code == 0) code = LmdbNative.EnvOpen(env, file, flags, ReadAndWriteByOwner);
            if (code == 0)
            {
                LmdbNative.ReaderCheck(env, out _);
                return env;
            }

            LmdbNative.EnvClose(env);
            if (!LmdbError.IsNoMemory(code) || map / 2 < MapBytesLeast) LmdbError.Throw(code, file);
        }
    }

    /// <summary>Opens all tables in one transaction, making those that are missing where it may.</summary>
    public static void OpenTables(LmdbOptions options, StoreTables tables, nint env, string file, uint[] dbis)
    {
        uint mode = options.IsReadOnly ? LmdbNative.ReadOnly : 0, making = options.IsReadOnly ? 0 : LmdbNative.Create;
        LmdbError.Check(LmdbNative.TxnBegin(env, 0, mode, out nint txn), file);
        try
        {
            CheckStamp(options, txn, file);
            for (int i = 0; i < tables.Count; i++)
            {
                if (tables[i].Name == StampTable)
                {
                    throw new ArgumentException($"the name '{StampTable}' belongs to the store", nameof(tables));
                }

                LmdbError.Check(LmdbNative.DbiOpen(txn, tables[i].Name, making, out dbis[i]), file);
            }
        }
        catch
        {
            LmdbNative.TxnAbort(txn);
            throw;
        }

        LmdbError.Check(LmdbNative.TxnCommit(txn), file);
    }

    public static long CountFreePages(nint txn, string file)
    {
        LmdbError.Check(LmdbNative.CursorOpen(txn, 0, out nint cursor), file);
        long pages = 0;
        LmdbValue key, value;
        while (LmdbNative.CursorGet(cursor, &key, &value, LmdbNative.Next) == 0)
        {
            // A list of page numbers after their count, both of the machine's word.
            pages += BinaryPrimitives.ReadInt64LittleEndian(value.Span);
        }

        LmdbNative.CursorClose(cursor);
        return pages;
    }

    private static void CheckStamp(LmdbOptions options, nint txn, string file)
    {
        LmdbError.Check(LmdbNative.DbiOpen(txn, null, 0, out uint main), file);
        LmdbError.Check(LmdbNative.Stat(txn, main, out LmdbStat stat), file);
        int code = LmdbNative.DbiOpen(txn, StampTable, 0, out uint dbi);
        bool isNew = code == LmdbError.NotFound && stat.Entries == 0 && !options.IsReadOnly;
        if (code == LmdbError.NotFound && !isNew)
        {
            throw new StoreException(
                StoreError.Corrupt, $"'{file}' is not a Koinon store: it was made by another program");
        }

        if (isNew) code = LmdbNative.DbiOpen(txn, StampTable, LmdbNative.Create, out dbi);
        LmdbError.Check(code, file);

        ReadOnlySpan<byte> name = "format"u8;
        byte* stamp = stackalloc byte[2 * sizeof(int)];
        fixed (byte* bytes = name)
        {
            LmdbValue key = new(bytes, name.Length), value = new(stamp, 2 * sizeof(int));
            if (isNew)
            {
                BinaryPrimitives.WriteInt32BigEndian(new Span<byte>(stamp, 4), Format);
                BinaryPrimitives.WriteInt32BigEndian(new Span<byte>(stamp + 4, 4), options.Schema);
                LmdbError.Check(LmdbNative.Put(txn, dbi, &key, &value, 0), file);
                return;
            }

            LmdbError.Check(LmdbNative.Get(txn, dbi, &key, &value), file);
            int format = BinaryPrimitives.ReadInt32BigEndian(value.Span);
            int schema = BinaryPrimitives.ReadInt32BigEndian(value.Span[4..]);
            if ((format, schema) == (Format, options.Schema)) return;

            throw new StoreException(
                StoreError.OtherSchema,
                $"'{file}' was written by another version of Koinon (format {format}.{schema}, this one has " +
                $"{Format}.{options.Schema}): use that version, or export there and import here");
        }
    }
}
