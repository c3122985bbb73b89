using System.Diagnostics.CodeAnalysis;

namespace Koinon.Storage.Lmdb;

/// <summary>What the library's and the system's codes mean to a user.</summary>
internal static class LmdbError
{
    public const int KeyExists = -30799, NotFound = -30798;

    private const int PageNotFound = -30797, Corrupted = -30796, Panic = -30795, VersionMismatch = -30794,
        Invalid = -30793, MapFull = -30792, ReadersFull = -30790, Incompatible = -30784;

    private const int IoFailed = 5, NoMemory = 12, Denied = 13, TooLarge = 27, NoSpace = 28, ReadOnlyDisk = 30,
        QuotaUsed = 122;

    /// <summary>A disk with less room is full: the pages of one commit do not fit.</summary>
    private const long RoomLeast = 1 << 18;

    /// <summary>Refuses any code but success.</summary>
    public static void Check(int code, string file)
    {
        if (code != 0) Throw(code, file);
    }

    [DoesNotReturn]
    public static void Throw(int code, string file) => throw Of(code, file);

    public static bool IsNoMemory(int code) => code == NoMemory;

    /// <summary>What a failed commit means: the library calls a write that the disk took only in part a failure of the
    /// disk, which on a full one it is not.</summary>
    public static int OfCommit(int code, string file) => code == IoFailed && IsFull(file) ? NoSpace : code;

    public static StoreException Of(int code, string file) => code switch
    {
        NoSpace or QuotaUsed or TooLarge => new StoreException(
            StoreError.Full,
            $"no room left for '{file}' ({LmdbNative.Text(code)}): the write was given up and nothing before it is " +
            "lost; make room on the disk and go on"),
        MapFull => new StoreException(
            StoreError.Full,
            $"'{file}' has reached the size it was opened for: the write was given up and nothing before it is lost; " +
            "open it with a larger map"),
        ReadersFull => new StoreException(
            StoreError.ReadersExhausted,
            $"all reader slots of '{file}' are in use: end some reads, or open it with more slots"),
        Invalid or VersionMismatch or Incompatible => new StoreException(
            StoreError.Corrupt, $"'{file}' is not a Koinon store ({LmdbNative.Text(code)})"),
        PageNotFound or Corrupted => new StoreException(
            StoreError.Corrupt, $"'{file}' is damaged ({LmdbNative.Text(code)}): restore it from an export"),
        Denied or ReadOnlyDisk => new StoreException(
            StoreError.Disk, $"'{file}' may not be written ({LmdbNative.Text(code)}): look at its owner and mode"),
        IoFailed or Panic => new StoreException(
            StoreError.Disk,
            $"the disk failed on '{file}' ({LmdbNative.Text(code)}): nothing more is written; look at the disk and " +
            "start again"),
        _ => new StoreException(StoreError.Disk, $"'{file}': {LmdbNative.Text(code)} (code {code})"),
    };

    private static bool IsFull(string file)
    {
        try
        {
            return new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(file))!).AvailableFreeSpace < RoomLeast;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Whether after this failure nobody knows what is on disk.</summary>
    public static bool IsFinal(int code) => code is IoFailed or Panic or Corrupted or PageNotFound;
}
