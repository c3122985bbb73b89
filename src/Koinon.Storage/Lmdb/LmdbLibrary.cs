using System.Runtime.InteropServices;

namespace Koinon.Storage.Lmdb;

/// <summary>Whether the library is there.</summary>
internal static class LmdbLibrary
{
    /// <summary>Says what to install where a library does not load.</summary>
    public static void Require(string name)
    {
        if (!NativeLibrary.TryLoad(name, out _))
        {
            throw new StoreException(
                StoreError.LibraryMissing,
                $"the library LMDB ({name}), which keeps data on disk, is not installed. " +
                "Run: apt-get install liblmdb0 (sudo apt-get install liblmdb0)");
        }
    }
}
