using Koinon.Chain;
using Koinon.Chain.Ledger;
using Koinon.Consensus;
using Koinon.Evm;
using Koinon.Node.Forking;
using Koinon.Storage;

namespace Koinon.Node.Development;

/// <summary>Opens the ledger of a development chain: in memory, or in a directory.</summary>
internal static class DevelopmentLedger
{
    /// <summary>Opens it.</summary>
    /// <exception cref="StoreException">The directory cannot be used.</exception>
    /// <exception cref="LedgerException">The directory holds another chain.</exception>
    public static Ledger Open(
        DevelopmentOptions options, Genesis genesis, ForkedChain? fork, ExecutionResources resources)
    {
        LedgerOptions kept = new()
        {
            BlockDepth = options.BlocksKept,
            StateDepth = options.StatesKept,
            Beneath = fork?.State,
            HashesBeneath = fork?.Hashes,
        };
        DevelopmentSealing sealing = new();
        if (options.DataDirectory is not { } directory)
        {
            return new Ledger(genesis, sealing, resources, kept);
        }

        LmdbStore store = LmdbStore.Open(new LmdbOptions
        {
            Directory = directory,
            Tables = LedgerTables.All,
            Durability = options.IsFullyDurable ? LmdbDurability.Full : LmdbDurability.Normal,
        });
        try
        {
            return new Ledger(genesis, sealing, resources, store, ownsStore: true, kept);
        }
        catch (LedgerException reason) when (fork is not null && reason.Error == LedgerError.GenesisDiffers)
        {
            store.Dispose();
            throw new LedgerException(
                LedgerError.GenesisDiffers,
                $"the data directory holds a chain that does not begin at block {fork.Header.Number} ({fork.Hash}): "
                + "name the block that it forked off at (--fork-block-number), or another directory");
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }
}
