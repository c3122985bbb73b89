using System.Globalization;
using System.Text.Json;
using Koinon.Primitives;

namespace Koinon.Keys;

/// <summary>A folder of key stores, one file a key, named and laid out as geth does.</summary>
/// <param name="path">The folder; it is made where it does not exist, for its owner alone.</param>
/// <param name="clock">Gives the time in the names of new files.</param>
public sealed class KeyFolder(string path, TimeProvider clock)
{
    private const long FileBytesMax = 1 << 16;
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The accounts with their files, in the order of the files' names.</summary>
    /// <remarks>Files that are no key stores are passed over.</remarks>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public IReadOnlyList<(Address Address, string File)> List()
    {
        List<(Address, string)> accounts = [];
        if (!Directory.Exists(path)) return accounts;

        string[] files = Directory.GetFiles(path);
        Array.Sort(files, StringComparer.Ordinal);
        foreach (string file in files)
        {
            if (new FileInfo(file).Length > FileBytesMax) continue;
            if (TryReadAddress(File.ReadAllBytes(file), out Address address)) accounts.Add((address, file));
        }

        return accounts;
    }

    /// <summary>Writes a key store, readable by its owner alone.</summary>
    /// <param name="address">Whose.</param>
    /// <param name="json">Its text.</param>
    /// <returns>The file.</returns>
    /// <exception cref="IOException">There is one of the address already, or the folder cannot be written.</exception>
    public string Save(in Address address, string json)
    {
        foreach ((Address known, string file) in List())
        {
            if (known == address) throw new IOException($"the account {address} is there already: {file}");
        }

        FileStreamOptions options = new()
        {
            Mode = System.IO.FileMode.CreateNew,
            Access = FileAccess.Write,
        };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, FileMode | UnixFileMode.UserExecute);
            options.UnixCreateMode = FileMode;
        }

        string time = clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH-mm-ss.fffffff'00Z'", CultureInfo.InvariantCulture);
        string name = Path.Combine(path, $"UTC--{time}--{Convert.ToHexStringLower(Address.AsSpan(in address))}");
        using FileStream stream = new(name, options);
        using (StreamWriter writer = new(stream, leaveOpen: true)) writer.Write(json + "\n");
        stream.Flush(flushToDisk: true);
        return name;
    }

    private static bool TryReadAddress(byte[] json, out Address address)
    {
        address = default;
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("address", out JsonElement value)
                && value.ValueKind == JsonValueKind.String
                && Address.TryParse(value.GetString()!.StartsWith("0x", StringComparison.Ordinal)
                    ? value.GetString()
                    : "0x" + value.GetString(), out address);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
