using System.Diagnostics.CodeAnalysis;
using System.Text;
using Koinon.Chain;
using Koinon.Chain.Networks;
using Koinon.Storage;

namespace Koinon.Node.Chains;

/// <summary>What lies in a data directory beside the store: the genesis it was made with.</summary>
/// <param name="path">The data directory.</param>
public sealed class ChainDirectory(string path)
{
    private const string GenesisName = "genesis.json", NetworkName = "network";
    private const long GenesisBytesMax = 1L << 30;

    /// <summary>The copy of the genesis file.</summary>
    public string GenesisFile => Path.Combine(path, GenesisName);

    /// <summary>Whether a chain was begun here, with a genesis of its own.</summary>
    internal bool HasChain => HasStore && File.Exists(GenesisFile);

    /// <summary>That there is none, in words for people.</summary>
    internal string HoldsNone => $"'{path}' holds no chain";

    private bool HasStore => File.Exists(Path.Combine(path, LmdbStore.FileName));

    private string NetworkFile => Path.Combine(path, NetworkName);

    /// <summary>Reads the genesis that is given, or else the one that the directory was made with.</summary>
    /// <param name="genesisFile">The file that is given.</param>
    /// <param name="network">The public network that is given.</param>
    /// <param name="genesis">The genesis.</param>
    /// <param name="error">What is wrong and what would help, where there is none.</param>
    public bool TryReadGenesis(
        string? genesisFile,
        string? network,
        [NotNullWhen(true)] out ChainGenesis? genesis,
        [NotNullWhen(false)] out string? error)
    {
        genesis = null;
        try
        {
            if (genesisFile is null && !File.Exists(GenesisFile))
            {
                error = Directory.Exists(path)
                    ? $"'{path}' holds no chain yet: give the genesis it begins with (--genesis FILE)"
                    : $"'{path}' does not exist: give the genesis that a new chain begins with (--genesis FILE)";
                return false;
            }

            string file = genesisFile ?? GenesisFile;
            network ??= genesisFile is null && File.Exists(NetworkFile) ? File.ReadAllText(NetworkFile).Trim() : null;
            if (new FileInfo(file).Length > GenesisBytesMax)
            {
                error = $"the genesis '{file}' is over {GenesisBytesMax >> 20} MiB";
                return false;
            }

            return TryParse(file, File.ReadAllBytes(file), network, out genesis, out error);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            error = $"the genesis cannot be read: {failure.Message}";
            return false;
        }
    }

    /// <summary>Keeps a copy of a genesis, so that it need not be given again.</summary>
    /// <exception cref="IOException">The directory cannot be written.</exception>
    public void Keep(ChainGenesis genesis)
    {
        if (!File.Exists(GenesisFile) || !File.ReadAllBytes(GenesisFile).AsSpan().SequenceEqual(genesis.Json))
        {
            Write(GenesisFile, genesis.Json);
        }

        if (genesis.Network is { } network) Write(NetworkFile, Encoding.UTF8.GetBytes(network + "\n"));
        else File.Delete(NetworkFile);
    }

    /// <summary>The genesis that the directory was made with; none where there is no chain yet.</summary>
    /// <exception cref="StoreException">It cannot be read.</exception>
    internal byte[]? ReadKept()
    {
        try
        {
            return HasStore && File.Exists(GenesisFile) ? File.ReadAllBytes(GenesisFile) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unusable(failure);
        }
    }

    /// <summary>Keeps a genesis where there is no chain yet.</summary>
    /// <exception cref="StoreException">The directory cannot be written.</exception>
    internal void KeepFirst(ReadOnlySpan<byte> genesis)
    {
        if (HasStore) return;

        try
        {
            // The lock makes the directory with the mode it should have, and keeps others out meanwhile.
            using DataDirectoryLock mine = DataDirectoryLock.Acquire(path);
            if (!HasStore) Write(GenesisFile, genesis);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unusable(failure);
        }
    }

    /// <summary>What an archive of the chain holds beside the store.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal IReadOnlyDictionary<string, byte[]> ReadAttachments()
    {
        Dictionary<string, byte[]> attachments = [];
        foreach (string name in (string[])[GenesisName, NetworkName])
        {
            string file = Path.Combine(path, name);
            if (File.Exists(file)) attachments.Add(name, File.ReadAllBytes(file));
        }

        return attachments;
    }

    /// <summary>Writes what an archive held beside the store, and nothing that it may not name.</summary>
    /// <exception cref="IOException">The directory cannot be written.</exception>
    internal void Keep(IReadOnlyDictionary<string, byte[]> attachments)
    {
        foreach (string name in (string[])[GenesisName, NetworkName])
        {
            if (attachments.TryGetValue(name, out byte[]? bytes)) Write(Path.Combine(path, name), bytes);
        }
    }

    /// <summary>All or nothing: a new file takes the old one's name.</summary>
    private static void Write(string file, ReadOnlySpan<byte> bytes)
    {
        using (FileStream stream = new(file + ".new", FileMode.Create, FileAccess.Write))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        File.Move(file + ".new", file, overwrite: true);
    }

    private static bool TryParse(
        string file, byte[] json, string? network, [NotNullWhen(true)] out ChainGenesis? genesis, out string? error)
    {
        genesis = null;
        NetworkParameters? parameters = null;
        if (network is not null && !NamedNetworks.TryFind(network, out parameters))
        {
            error = $"the network '{network}' is not known: mainnet, sepolia, holesky or hoodi";
            return false;
        }

        bool isRead = parameters is null
            ? Genesis.TryParse(json, out Genesis? read, out GenesisError? fault)
            : Genesis.TryParse(json, parameters, out read, out fault);
        error = isRead ? null : $"the genesis '{file}' is wrong{At(fault!.Field)}: {fault.Detail}";
        genesis = isRead ? new ChainGenesis(read!, json, network) : null;
        return isRead;
    }

    private StoreException Unusable(Exception failure) =>
        new(StoreError.Disk, $"the data directory '{path}' cannot be used: {failure.Message}", failure);

    private static string At(string field) => field.Length == 0 ? "" : $" at {field}";
}
