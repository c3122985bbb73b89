using System.Diagnostics.CodeAnalysis;
using Koinon.Chain.Ledger;
using Koinon.Consensus;
using Koinon.Evm;
using Koinon.Storage;

namespace Koinon.Node.Chains;

/// <summary>A chain in a data directory, opened: its store, its ledger and what executes its blocks.</summary>
public sealed class StoredChain : IDisposable
{
    /// <summary>Reads are short; one that is not would keep the file growing.</summary>
    private static readonly TimeSpan ReaderTimeLimit = TimeSpan.FromMinutes(5);

    private StoredChain(LmdbStore store, ExecutionResources resources, Ledger ledger) =>
        (Store, Resources, Ledger) = (store, resources, ledger);

    /// <summary>Where it lies.</summary>
    public LmdbStore Store { get; }

    /// <summary>What its blocks are executed with.</summary>
    public ExecutionResources Resources { get; }

    /// <summary>Its blocks and states.</summary>
    public Ledger Ledger { get; }

    /// <summary>Opens the chain of a data directory, or begins it with a genesis.</summary>
    /// <param name="options">Which, and what is kept.</param>
    /// <param name="chain">The chain.</param>
    /// <param name="error">What is wrong and what would help, where it cannot be opened.</param>
    public static bool TryOpen(
        ChainOptions options,
        [NotNullWhen(true)] out StoredChain? chain,
        [NotNullWhen(false)] out string? error)
    {
        chain = null;
        ChainDirectory directory = new(options.Directory);
        if (!directory.TryReadGenesis(options.GenesisFile, options.Network, out ChainGenesis? genesis, out error))
        {
            return false;
        }

        ChainGenesis? kept = null;
        if (directory.HasChain && !directory.TryReadGenesis(null, null, out kept, out error)) return false;

        if (!TryOpen(options, genesis, isReadOnly: false, out chain, out error)) return false;

        error = kept is null
            ? null
            : GenesisChange.Refuse(kept.Genesis.Network, genesis.Genesis.Network, chain.Ledger.Head);
        if (error is not null)
        {
            chain.Dispose();
            chain = null;
            return false;
        }

        try
        {
            directory.Keep(genesis);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            chain.Dispose();
            chain = null;
            error = failure.Message;
            return false;
        }
    }

    /// <summary>Opens the chain that a data directory holds already.</summary>
    /// <param name="options">Which, and what is kept.</param>
    /// <param name="chain">The chain.</param>
    /// <param name="error">What is wrong and what would help, where it cannot be opened.</param>
    public static bool TryOpenThere(
        ChainOptions options,
        [NotNullWhen(true)] out StoredChain? chain,
        [NotNullWhen(false)] out string? error)
    {
        ChainDirectory directory = new(options.Directory);
        if (directory.HasChain) return TryOpen(options, out chain, out error);

        chain = null;
        error = directory.HoldsNone;
        return false;
    }

    private static bool TryOpen(
        ChainOptions options,
        ChainGenesis genesis,
        bool isReadOnly,
        [NotNullWhen(true)] out StoredChain? chain,
        [NotNullWhen(false)] out string? error)
    {
        LmdbStore? file = null;
        IStore? store = null;
        ExecutionResources resources = new();
        try
        {
            file = isReadOnly
                ? OpenStoreToRead(options.Directory)
                : OpenStore(options.Directory, options.Durability);
            store = isReadOnly ? new SnapshotStore(file) : file;
            EthashCaches? caches = options.Seal == SealChecking.None ? null : new EthashCaches();
            Ledger ledger = new(
                genesis.Genesis,
                Merged.For(genesis.Genesis.Network, caches),
                resources,
                store,
                ownsStore: true,
                new LedgerOptions
                {
                    StateDepth = options.History,
                    ProofDepth = options.ProofHistory,
                    BlockDepth = options.KeepBlocks,
                });
            chain = new StoredChain(file, resources, ledger);
            error = null;
            return true;
        }
        catch (Exception failure) when (failure is StoreException or LedgerException)
        {
            (store ?? file)?.Dispose();
            resources.Dispose();
            chain = null;
            error = failure.Message;
            return false;
        }
    }

    /// <summary>
    /// Opens the chain of a data directory as it is now, to read it on one thread; another process may go on with it.
    /// </summary>
    /// <param name="options">Which.</param>
    /// <param name="chain">The chain.</param>
    /// <param name="error">What is wrong and what would help, where it cannot be opened.</param>
    public static bool TryOpenToRead(
        ChainOptions options,
        [NotNullWhen(true)] out StoredChain? chain,
        [NotNullWhen(false)] out string? error)
    {
        chain = null;
        ChainDirectory directory = new(options.Directory);
        if (!directory.HasChain)
        {
            error = directory.HoldsNone;
            return false;
        }

        return directory.TryReadGenesis(options.GenesisFile, options.Network, out ChainGenesis? genesis, out error)
            && TryOpen(options, genesis, isReadOnly: true, out chain, out error);
    }

    /// <summary>Opens the tables of a data directory alone.</summary>
    /// <exception cref="StoreException">They cannot be opened.</exception>
    public static LmdbStore OpenStore(string directory, LmdbDurability durability) =>
        LmdbStore.Open(StoreOptions(directory, durability));

    /// <summary>Opens the tables of a data directory alone, to be read; another process may go on with them.</summary>
    /// <exception cref="StoreException">They cannot be opened.</exception>
    public static LmdbStore OpenStoreToRead(string directory) =>
        LmdbStore.Open(StoreOptions(directory, LmdbDurability.Full) with { IsReadOnly = true });

    private static LmdbOptions StoreOptions(string directory, LmdbDurability durability) => new()
    {
        Directory = directory,
        Tables = LedgerTables.All,
        Durability = durability,
        ReaderTimeLimit = ReaderTimeLimit,
    };

    /// <summary>Closes the store.</summary>
    public void Dispose()
    {
        Ledger.Dispose();
        Resources.Dispose();
    }
}
