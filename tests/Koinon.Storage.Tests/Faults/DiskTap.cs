using System.Runtime.InteropServices;

namespace Koinon.Storage.Tests.Faults;

/// <summary>Stands between liblmdb and the system: notes its writes and syncs in order, and makes them fail.</summary>
/// <remarks>
/// The library's own table of imported functions is changed while the tap is open, so that nothing has to be preloaded
/// and what is noted is what the library really asks for. One tap at a time.
/// </remarks>
internal sealed unsafe partial class DiskTap : IDisposable
{
    private const int NoSpace = 28, IoFailed = 5;
    private const int GetFlags = 3, DataSync = 0x1000, FromCurrent = 1;

    private static DiskTap? s_open;

    private readonly ImportTable _imports;
    private readonly string _file;
    private readonly List<DiskCall> _calls = [];

    public DiskTap(string file)
    {
        _file = file;
        _imports = ImportTable.Of("liblmdb.so");
        s_open = this;
        _imports.Replace("pwrite64", (nint)(delegate* unmanaged<int, byte*, nuint, long, nint>)&Write);
        _imports.Replace("pwrite", (nint)(delegate* unmanaged<int, byte*, nuint, long, nint>)&Write);
        _imports.Replace("writev", (nint)(delegate* unmanaged<int, Part*, int, nint>)&WriteParts);
        _imports.Replace("pwritev64", (nint)(delegate* unmanaged<int, Part*, int, long, nint>)&WritePartsAt);
        _imports.Replace("pwritev", (nint)(delegate* unmanaged<int, Part*, int, long, nint>)&WritePartsAt);
        _imports.Replace("fdatasync", (nint)(delegate* unmanaged<int, int>)&Sync);
        _imports.Replace("fsync", (nint)(delegate* unmanaged<int, int>)&Sync);
        Assert.True(_imports.Replaced >= 3, "the library's imports were not found");
    }

    /// <summary>Everything so far, in order.</summary>
    public IReadOnlyList<DiskCall> Calls => _calls;

    /// <summary>No write beyond this many bytes of the file succeeds: the disk is full there.</summary>
    public long Room { get; set; } = long.MaxValue;

    /// <summary>Whether a sync fails, as it does once when the disk could not take pages.</summary>
    public bool FailSync { get; set; }

    public void Dispose()
    {
        _imports.Restore();
        s_open = null;
    }

    private bool Watches(int descriptor) =>
        new FileInfo($"/proc/self/fd/{descriptor}").ResolveLinkTarget(false)?.FullName == _file;

    [UnmanagedCallersOnly]
    private static nint Write(int descriptor, byte* bytes, nuint length, long offset)
    {
        if (s_open is not { } tap || !tap.Watches(descriptor)) return WriteAt(descriptor, bytes, length, offset);

        Part part = new() { Bytes = bytes, Length = length };
        return tap.Write(descriptor, &part, 1, offset);
    }

    [UnmanagedCallersOnly]
    private static nint WritePartsAt(int descriptor, Part* parts, int count, long offset) =>
        s_open is { } tap && tap.Watches(descriptor)
            ? tap.Write(descriptor, parts, count, offset)
            : WriteAll(descriptor, parts, count, offset);

    [UnmanagedCallersOnly]
    private static nint WriteParts(int descriptor, Part* parts, int count)
    {
        long offset = Seek(descriptor, 0, FromCurrent);
        nint written = s_open is { } tap && tap.Watches(descriptor)
            ? tap.Write(descriptor, parts, count, offset)
            : WriteAll(descriptor, parts, count, offset);
        if (written > 0)
        {
            int error = Marshal.GetLastSystemError();
            Seek(descriptor, written, FromCurrent);
            Marshal.SetLastSystemError(error);
        }

        return written;
    }

    [UnmanagedCallersOnly]
    private static int Sync(int descriptor)
    {
        if (s_open is not { } tap || !tap.Watches(descriptor)) return SyncData(descriptor);

        if (tap.FailSync)
        {
            Marshal.SetLastSystemError(IoFailed);
            return -1;
        }

        tap._calls.Add(new DiskCall(-1, [], true));
        return 0; // The disk itself need not be waited for: power is cut on paper only.
    }

    private nint Write(int descriptor, Part* parts, int count, long offset)
    {
        using MemoryStream bytes = new();
        for (int i = 0; i < count; i++) bytes.Write(new ReadOnlySpan<byte>(parts[i].Bytes, (int)parts[i].Length));
        if (offset + bytes.Length > Room)
        {
            Marshal.SetLastSystemError(NoSpace);
            return -1;
        }

        _calls.Add(new DiskCall(offset, bytes.ToArray(), (Flags(descriptor, GetFlags) & DataSync) != 0));
        return WriteAll(descriptor, parts, count, offset);
    }

    private static nint WriteAll(int descriptor, Part* parts, int count, long offset)
    {
        nint written = 0;
        for (int i = 0; i < count; i++)
        {
            nint done = WriteAt(descriptor, parts[i].Bytes, parts[i].Length, offset + written);
            if (done < 0) return written == 0 ? done : written;

            written += done;
        }

        return written;
    }

    [LibraryImport("libc", EntryPoint = "pwrite", SetLastError = false)]
    private static partial nint WriteAt(int descriptor, byte* bytes, nuint length, long offset);

    [LibraryImport("libc", EntryPoint = "lseek")]
    private static partial long Seek(int descriptor, long offset, int from);

    [LibraryImport("libc", EntryPoint = "fdatasync")]
    private static partial int SyncData(int descriptor);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Flags(int descriptor, int command);

    private struct Part
    {
        public byte* Bytes;
        public nuint Length;
    }
}
