using Koinon.Chain;
using Koinon.Chain.Building;
using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Consensus;
using Koinon.Evm;
using Koinon.Node.Development;
using Koinon.Primitives;
using Koinon.Storage;

namespace Koinon.Node.Tests.Development;

/// <summary>
/// A block stores what it changed, however large the state is: complaint 2 of json-rpc.md (gigabytes of whole states in
/// an hour of empty blocks).
/// </summary>
public sealed class StoredDifferencesTests
{
    private const int Blocks = 100;

    /// <summary>Header, look-ups, the system contracts' two slots, and the trie nodes on the way to them.</summary>
    private const long BytesPerBlock = 8_000;

    [Theory]
    [InlineData(10)]
    [InlineData(5_000)]
    public async Task EmptyBlocks_OverAStateOfAnySize_StoreDifferencesAlone(int accounts)
    {
        Dictionary<Address, UInt256> funded = [];
        for (int i = 1; i <= accounts; i++)
        {
            funded[Address.FromWord((UInt256)(ulong)i << 64)] = 1u;
        }

        Genesis genesis = DevelopmentGenesis.Create(
            new DevelopmentOptions { Funded = funded }, [], new Impersonation(false), TimeProvider.System);
        using MemoryStore store = new(LedgerTables.All);
        using ExecutionResources resources = new();
        using Ledger ledger = new(
            genesis, new DevelopmentSealing(), resources, store, ownsStore: false, new LedgerOptions());
        using TransactionPool pool = new(ledger, PoolOptions.Development);
        await using BlockProducer producer = new(ledger, pool, TimeProvider.System);
        await ProduceAsync(producer);
        long before = StoredSize.Of(store);

        for (int i = 0; i < Blocks; i++)
        {
            await ProduceAsync(producer);
        }

        Assert.Equal(Blocks + 1ul, ledger.Head.Number);
        Assert.InRange((StoredSize.Of(store) - before) / Blocks, 1, BytesPerBlock);
    }

    private static async Task ProduceAsync(BlockProducer producer)
    {
        Production built = await producer.ProduceAsync(new ProduceRequest(), TestContext.Current.CancellationToken);
        Assert.True(built.Verdict.IsValid);
    }
}
