using System.Globalization;
using System.Text;
using Koinon.Primitives;

namespace Koinon.Node.Forking;

/// <summary>Fork blocks by address and number, on disk: what lets a chain start while its remote cannot be reached.
/// </summary>
/// <remarks>They are believed only where the chain's number was given, which says that the remote need not be asked.
/// </remarks>
internal static class ForkPins
{
    /// <summary>Finds a fork block.</summary>
    public static ReadOnlyMemory<byte>? Find(ForkOptions options, ulong chainId)
    {
        try
        {
            string path = PathOf(options, chainId);
            return File.Exists(path) ? (ReadOnlyMemory<byte>?)File.ReadAllBytes(path) : default;
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Keeps a fork block.</summary>
    public static void Keep(ForkOptions options, ulong chainId, ReadOnlyMemory<byte> block)
    {
        try
        {
            string path = PathOf(options, chainId);
            string draft = $"{path}.{Guid.NewGuid():n}";
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(draft, block.ToArray());
            File.Move(draft, path, overwrite: true);
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException)
        {
            // A disk that fails costs the cache, nothing else.
        }
    }

    private static string PathOf(ForkOptions options, ulong chainId)
    {
        string what = string.Create(
            CultureInfo.InvariantCulture, $"{options.Remote.Endpoints[0]} {options.BlockNumber}");
        return Path.Combine(
            options.CacheRoot ?? ForkCache.DefaultRoot,
            chainId.ToString(CultureInfo.InvariantCulture),
            "pins",
            Hash256.Keccak(Encoding.UTF8.GetBytes(what)).ToString());
    }
}
