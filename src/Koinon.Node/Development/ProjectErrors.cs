using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Koinon.Abi;
using Koinon.Rpc.Development.Manners;

namespace Koinon.Node.Development;

/// <summary>The custom errors of a Hardhat project, from the artifacts of its contracts.</summary>
/// <remarks>
/// Hardhat's node knows them because it runs inside the project; suites match their names in messages. The artifacts
/// are read when an error comes that is not known, since they may have been compiled in the meantime, but not more
/// often than once a second. Safe from any thread.
/// </remarks>
/// <param name="directory">
/// The project's directory; nothing is known where there is none, or it has no configuration or no artifacts.
/// </param>
/// <param name="time">Tells when it was last looked.</param>
public sealed class ProjectErrors(string? directory, TimeProvider time) : ICustomErrors
{
    /// <summary>The most that is read of one file: the artifact of the longest code has some hundred kB.</summary>
    private const long FileBytesMax = 16 * 1024 * 1024;

    private const int FilesMax = 20_000;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTime> _read = new(StringComparer.Ordinal);
    private readonly Dictionary<uint, AbiSignature> _found = [];
    private FrozenDictionary<uint, AbiSignature> _errors = FrozenDictionary<uint, AbiSignature>.Empty;
    private long? _lookedAt;

    /// <inheritdoc/>
    public bool TryFind(Selector selector, [NotNullWhen(true)] out AbiSignature? error)
    {
        if (Volatile.Read(ref _errors).TryGetValue(selector.Value, out error))
        {
            return true;
        }

        lock (_gate)
        {
            if (_lookedAt is null || time.GetElapsedTime(_lookedAt.Value) >= Pause)
            {
                Look();
                _lookedAt = time.GetTimestamp();
            }
        }

        return Volatile.Read(ref _errors).TryGetValue(selector.Value, out error);
    }

    private void Look()
    {
        if (!IsProject(out string artifacts))
        {
            return;
        }

        int known = _found.Count;
        EnumerationOptions options = new() { RecurseSubdirectories = true, IgnoreInaccessible = true };
        foreach (FileInfo file in new DirectoryInfo(artifacts).EnumerateFiles("*.json", options).Take(FilesMax))
        {
            if (IsArtifact(file) && _read.GetValueOrDefault(file.FullName) != file.LastWriteTimeUtc)
            {
                _read[file.FullName] = file.LastWriteTimeUtc;
                Read(file);
            }
        }

        if (_found.Count > known)
        {
            Volatile.Write(ref _errors, _found.ToFrozenDictionary());
        }
    }

    private bool IsProject(out string artifacts)
    {
        artifacts = Path.Combine(directory ?? "", "artifacts");
        return directory is not null
            && Directory.Exists(artifacts)
            && Directory.EnumerateFiles(directory, "hardhat.config.*").Any();
    }

    private static bool IsArtifact(FileInfo file) =>
        file.Length <= FileBytesMax
        && !file.Name.EndsWith(".dbg.json", StringComparison.Ordinal)
        && file.Directory?.Name != "build-info";

    /// <summary>Reads one artifact; what is none, or half written, holds no errors.</summary>
    private void Read(FileInfo file)
    {
        try
        {
            using JsonDocument artifact = JsonDocument.Parse(File.ReadAllBytes(file.FullName));
            JsonElement root = artifact.RootElement;
            if (root.ValueKind == JsonValueKind.Object
                && root.TryGetProperty("abi", out JsonElement abi)
                && abi.ValueKind == JsonValueKind.Array)
            {
                foreach (JsonElement entry in abi.EnumerateArray())
                {
                    Add(entry);
                }
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            _read.Remove(file.FullName);
        }
    }

    private void Add(JsonElement entry)
    {
        if (TextOf(entry, "type") != "error" || TextOf(entry, "name") is not { } name)
        {
            return;
        }

        StringBuilder signature = new(name);
        WriteTypes(signature, entry, "inputs");
        if (AbiSignature.TryParse(signature.ToString(), out AbiSignature? error, out _))
        {
            _found.TryAdd(error.Selector.Value, error);
        }
    }

    private static void WriteTypes(StringBuilder text, JsonElement holder, string member)
    {
        char before = '(';
        if (holder.TryGetProperty(member, out JsonElement types) && types.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement type in types.EnumerateArray())
            {
                text.Append(before);
                before = ',';
                string name = TextOf(type, "type") ?? "";
                if (name.StartsWith("tuple", StringComparison.Ordinal))
                {
                    WriteTypes(text, type, "components");
                    text.Append(name.AsSpan("tuple".Length));
                }
                else
                {
                    text.Append(name);
                }
            }
        }

        text.Append(before == '(' ? "()" : ")");
    }

    private static string? TextOf(JsonElement holder, string member) =>
        holder.ValueKind == JsonValueKind.Object
        && holder.TryGetProperty(member, out JsonElement text)
        && text.ValueKind == JsonValueKind.String
            ? text.GetString()
            : null;
}
