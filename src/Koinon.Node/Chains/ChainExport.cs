using System.IO.Compression;
using Koinon.Chain.Ledger;

namespace Koinon.Node.Chains;

/// <summary>Writes canonical blocks to a file, as geth exports them; <c>.gz</c> is packed.</summary>
public static class ChainExport
{
    /// <summary>Writes a range of blocks, both ends included.</summary>
    /// <param name="ledger">Whose blocks.</param>
    /// <param name="from">The first.</param>
    /// <param name="to">The last.</param>
    /// <param name="path">The file; it takes its name only when it is whole.</param>
    /// <param name="progress">Told the number of each block that is written.</param>
    /// <param name="cancellation">Ends it; no file is left then.</param>
    /// <returns>What is wrong, if anything.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static string? Write(
        Ledger ledger, ulong from, ulong to, string path, Action<ulong>? progress, CancellationToken cancellation)
    {
        if (from > ledger.Head.Number) return $"block {from} does not exist yet: the head is {ledger.Head.Number}";
        if (from > to) return $"nothing lies from block {from} to block {to}";
        if (to > ledger.Head.Number) return $"block {to} does not exist yet: the head is {ledger.Head.Number}";

        string partial = path + ".part";
        try
        {
            string? error = WriteRange(ledger, from, to, partial, IsPacked(path), progress, cancellation);
            if (error is null) File.Move(partial, path, overwrite: true);
            return error;
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static bool IsPacked(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    private static string? WriteRange(
        Ledger ledger,
        ulong from,
        ulong to,
        string path,
        bool isPacked,
        Action<ulong>? progress,
        CancellationToken cancellation)
    {
        using FileStream file = new(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        using Stream output = isPacked ? new GZipStream(file, CompressionLevel.Fastest) : file;
        for (ulong number = from; number <= to; number++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!ledger.TryGet(number, out LedgerBlock? block))
            {
                return $"block {number} is no longer kept: the oldest is {ledger.OldestBlockKept}";
            }

            output.Write(block.Block.Encode());
            progress?.Invoke(number);
        }

        return null;
    }
}
