using System.Runtime.InteropServices;

namespace Koinon.Storage.Lmdb;

/// <summary>The functions of liblmdb that are used, under their own names.</summary>
/// <remarks>
/// Only those that touch no page of the file go without a transition of the garbage collector: a page may have to come
/// from the disk, and a collection must not wait for that.
/// </remarks>
internal static unsafe partial class LmdbNative
{
    public const string Library = "liblmdb.so.0";

    public const uint NoSubdirectory = 0x4000, ReadOnly = 0x20000, NoMetaSync = 0x40000, NoTls = 0x200000,
        NoReadAhead = 0x800000, Create = 0x40000, Append = 0x20000;

    public const int First = 0, Last = 6, Next = 8, Previous = 12, SetRange = 17;

    [LibraryImport(Library, EntryPoint = "mdb_env_create")]
    public static partial int EnvCreate(out nint env);

    [LibraryImport(Library, EntryPoint = "mdb_env_set_mapsize")]
    public static partial int EnvSetMapSize(nint env, nuint size);

    [LibraryImport(Library, EntryPoint = "mdb_env_set_maxreaders")]
    public static partial int EnvSetMaxReaders(nint env, uint readers);

    [LibraryImport(Library, EntryPoint = "mdb_env_set_maxdbs")]
    public static partial int EnvSetMaxDbs(nint env, uint count);

    [LibraryImport(Library, EntryPoint = "mdb_env_open", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int EnvOpen(nint env, string path, uint flags, uint mode);

    [LibraryImport(Library, EntryPoint = "mdb_env_close")]
    public static partial void EnvClose(nint env);

    [LibraryImport(Library, EntryPoint = "mdb_env_sync")]
    public static partial int EnvSync(nint env, int force);

    [LibraryImport(Library, EntryPoint = "mdb_env_info")]
    public static partial int EnvInfo(nint env, out LmdbEnvInfo info);

    [LibraryImport(Library, EntryPoint = "mdb_env_stat")]
    public static partial int EnvStat(nint env, out LmdbStat stat);

    [LibraryImport(Library, EntryPoint = "mdb_reader_check")]
    public static partial int ReaderCheck(nint env, out int dead);

    [LibraryImport(Library, EntryPoint = "mdb_txn_begin")]
    public static partial int TxnBegin(nint env, nint parent, uint flags, out nint txn);

    [LibraryImport(Library, EntryPoint = "mdb_txn_commit")]
    public static partial int TxnCommit(nint txn);

    [LibraryImport(Library, EntryPoint = "mdb_txn_abort")]
    public static partial void TxnAbort(nint txn);

    [LibraryImport(Library, EntryPoint = "mdb_txn_reset")]
    [SuppressGCTransition]
    public static partial void TxnReset(nint txn);

    [LibraryImport(Library, EntryPoint = "mdb_txn_renew")]
    public static partial int TxnRenew(nint txn);

    [LibraryImport(Library, EntryPoint = "mdb_txn_id")]
    [SuppressGCTransition]
    public static partial nuint TxnId(nint txn);

    [LibraryImport(Library, EntryPoint = "mdb_dbi_open", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int DbiOpen(nint txn, string? name, uint flags, out uint dbi);

    [LibraryImport(Library, EntryPoint = "mdb_stat")]
    public static partial int Stat(nint txn, uint dbi, out LmdbStat stat);

    [LibraryImport(Library, EntryPoint = "mdb_drop")]
    public static partial int Drop(nint txn, uint dbi, int delete);

    [LibraryImport(Library, EntryPoint = "mdb_get")]
    public static partial int Get(nint txn, uint dbi, LmdbValue* key, LmdbValue* value);

    [LibraryImport(Library, EntryPoint = "mdb_put")]
    public static partial int Put(nint txn, uint dbi, LmdbValue* key, LmdbValue* value, uint flags);

    [LibraryImport(Library, EntryPoint = "mdb_del")]
    public static partial int Delete(nint txn, uint dbi, LmdbValue* key, LmdbValue* value);

    [LibraryImport(Library, EntryPoint = "mdb_cursor_open")]
    public static partial int CursorOpen(nint txn, uint dbi, out nint cursor);

    [LibraryImport(Library, EntryPoint = "mdb_cursor_close")]
    public static partial void CursorClose(nint cursor);

    [LibraryImport(Library, EntryPoint = "mdb_cursor_renew")]
    public static partial int CursorRenew(nint txn, nint cursor);

    [LibraryImport(Library, EntryPoint = "mdb_cursor_get")]
    public static partial int CursorGet(nint cursor, LmdbValue* key, LmdbValue* value, int operation);

    [LibraryImport(Library, EntryPoint = "mdb_cursor_del")]
    public static partial int CursorDelete(nint cursor, uint flags);

    [LibraryImport(Library, EntryPoint = "mdb_strerror")]
    private static partial nint StringOf(int code);

    public static string Text(int code) => Marshal.PtrToStringUTF8(StringOf(code)) ?? "";
}
