using System.IO.Compression;
using Koinon.Chain.Ledger;
using Koinon.Storage;

namespace Koinon.Node.Chains;

/// <summary>A whole chain as one packed file: its tables and the genesis it was made with.</summary>
public static class ChainArchive
{
    /// <summary>What a packed file begins with (RFC 1952).</summary>
    private const int GzipFirst = 0x1f, GzipSecond = 0x8b;

    /// <summary>Writes the chain of a data directory.</summary>
    /// <param name="directory">The data directory.</param>
    /// <param name="store">Its store.</param>
    /// <param name="path">The file; it takes its name only when it is whole.</param>
    /// <param name="cancellation">Ends it; no file is left then.</param>
    /// <returns>How many entries were written.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static long Write(ChainDirectory directory, IStore store, string path, CancellationToken cancellation)
    {
        string partial = path + ".part";
        try
        {
            long entries;
            using (FileStream file = new(partial, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20))
            using (GZipStream packed = new(file, CompressionLevel.Fastest))
            using (BufferedStream output = new(packed, 1 << 16))
            using (IReadTransaction snapshot = store.BeginRead())
            {
                entries = StoreArchive.Write(
                    output, snapshot, LedgerTables.All, directory.ReadAttachments(), cancellation);
            }

            File.Move(partial, path, overwrite: true);
            return entries;
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <summary>Makes a data directory of an archive; it takes its name only when it is whole.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="directory">The data directory, which may not exist or must be empty.</param>
    /// <param name="cancellation">Ends it; no directory is left then.</param>
    /// <returns>How many entries were read.</returns>
    /// <exception cref="InvalidDataException">It is no archive, or a damaged one.</exception>
    /// <exception cref="IOException">Something is there already, or cannot be read or written.</exception>
    public static long Read(string path, string directory, CancellationToken cancellation)
    {
        if (Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any())
        {
            throw new IOException($"the data directory '{directory}' is not empty: choose another");
        }

        string partial = Path.TrimEndingDirectorySeparator(directory) + ".part";
        try
        {
            if (Directory.Exists(partial)) Directory.Delete(partial, recursive: true);
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
            if (file.ReadByte() != GzipFirst || file.ReadByte() != GzipSecond)
            {
                throw new InvalidDataException("it is no file that 'koinon db export' wrote");
            }

            file.Position = 0;
            using GZipStream packed = new(file, CompressionMode.Decompress);
            using BufferedStream input = new(packed, 1 << 16);
            LmdbStore? store = null;
            long entries;
            try
            {
                entries = StoreArchive.Read(
                    input,
                    attachments =>
                    {
                        store = StoredChain.OpenStore(partial, LmdbDurability.Normal);
                        new ChainDirectory(partial).Keep(attachments);
                        return store;
                    },
                    LedgerTables.All,
                    cancellation);
                store!.Sync();
            }
            finally
            {
                store?.Dispose();
            }

            if (Directory.Exists(directory)) Directory.Delete(directory);
            Directory.Move(partial, directory);
            return entries;
        }
        finally
        {
            if (Directory.Exists(partial)) Directory.Delete(partial, recursive: true);
        }
    }
}
