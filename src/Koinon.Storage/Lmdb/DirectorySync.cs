using System.Runtime.InteropServices;

namespace Koinon.Storage.Lmdb;

/// <summary>Makes the names of new files outlive a power cut; .NET opens no directories.</summary>
internal static partial class DirectorySync
{
    public static void Run(string directory)
    {
        int descriptor = Open(directory, 0);
        if (descriptor < 0) return; // Not every file system opens them; it then has nothing to sync.

        _ = Sync(descriptor);
        _ = Close(descriptor);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
