using System.Diagnostics;
using Koinon.Chain;
using Koinon.Chain.Building;
using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Consensus;
using Koinon.Evm;
using Koinon.Node.Development;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Development.Manners;
using Koinon.Storage;

namespace Koinon.Node.Tests.Development;

/// <summary>
/// A long life of one chain: 200,000 transactions under soak, a tenth of them otherwise, a block for each. What is
/// measured is what the collector cannot free once caches are warm and at the end (json-rpc.md 6, rows 1 and 36).
/// </summary>
[Collection(nameof(MemoryMeasured))]
[Trait("pace", "slow")]
public sealed class LongRunTests(ITestOutputHelper output)
{
    private const ulong ChainId = 31337;

    /// <summary>By then caches are full, and so are the 8,191 slots for parents' hashes.</summary>
    private const int Warm = 10_000;

    private static int Transactions =>
        Environment.GetEnvironmentVariable("KOINON_SOAK") == "1" ? 200_000 : 20_000;

    [Fact]
    public async Task Run_OverADataDirectory_StaysFlat()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("koinon-long-");
        try
        {
            using LmdbStore store = LmdbStore.Open(new LmdbOptions
            {
                Directory = folder.FullName,
                Tables = LedgerTables.All,
                Durability = LmdbDurability.Normal,
            });

            (long growth, _) = await RunAsync(store, new LedgerOptions());

            Assert.InRange(growth, long.MinValue, 8_000_000);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Run_InMemoryThatKeepsFewBlocks_StaysFlat()
    {
        using MemoryStore store = new(LedgerTables.All);

        (long growth, _) = await RunAsync(store, new LedgerOptions { BlockDepth = 256, StateDepth = 256 });

        Assert.InRange(growth, long.MinValue, 8_000_000);
    }

    [Fact]
    public async Task Run_InMemory_GrowsByWhatItKeeps()
    {
        using MemoryStore store = new(LedgerTables.All);

        (long growth, long stored) = await RunAsync(store, new LedgerOptions());

        // At most the encoded blocks, receipts, look-ups and history.
        Assert.InRange(growth, 0, stored);
    }

    /// <summary>Lives the life.</summary>
    /// <returns>By how much memory grew once it was warm, and by how much what is stored did.</returns>
    private async Task<(long Growth, long Stored)> RunAsync(IStore store, LedgerOptions options)
    {
        Assert.True(DevelopmentKeys.TryDerive(
            DevelopmentKeys.Phrase, DevelopmentKeys.Path, 10, out IReadOnlyList<ReadOnlyMemory<byte>>? keys, out _));
        Impersonation impersonation = new(false);
        DevelopmentWallet wallet = new(keys, impersonation, Manner.Anvil);
        Genesis genesis = DevelopmentGenesis.Create(
            new DevelopmentOptions { SecretKeys = keys }, wallet.Own, impersonation, TimeProvider.System);
        using ExecutionResources resources = new();
        using Ledger ledger = new(genesis, new DevelopmentSealing(), resources, store, ownsStore: false, options);
        using TransactionPool pool = new(ledger, PoolOptions.Development);
        await using BlockProducer producer = new(ledger, pool, TimeProvider.System);

        long begun = GC.GetTotalMemory(forceFullCollection: true);
        long memory = 0;
        long stored = 0;
        long start = Stopwatch.GetTimestamp();
        int warm = Math.Max(Warm, Transactions / 4);
        for (int i = 0; i < Transactions; i++)
        {
            if (i == warm)
            {
                memory = GC.GetTotalMemory(forceFullCollection: true);
                stored = StoredSize.Of(store);
            }

            Submission answer = await producer.SubmitAsync(Next(wallet, i), TestContext.Current.CancellationToken);
            Assert.NotNull(answer.Block);
        }

        TimeSpan time = Stopwatch.GetElapsedTime(start);
        long growth = GC.GetTotalMemory(forceFullCollection: true) - memory;
        stored = StoredSize.Of(store) - stored;
        Assert.Equal((ulong)Transactions, ledger.Head.Number);
        double counted = Transactions - warm;
        output.WriteLine(
            $"{Transactions} transactions in {time.TotalSeconds:F0} s; memory {begun:N0} bytes at the start, "
            + $"{memory:N0} after {warm}, {memory + growth:N0} at the end, process {Environment.WorkingSet:N0}");
        output.WriteLine(
            $"after the first {warm}: {growth / counted:F0} bytes a transaction in memory, "
            + $"{stored / counted:F0} stored");
        return (growth, stored);
    }

    private static Transaction Next(DevelopmentWallet wallet, int number)
    {
        Transaction payment = new()
        {
            Type = TransactionType.DynamicFee,
            ChainId = ChainId,
            Nonce = (ulong)(number / 10),
            GasLimit = 21_000,
            MaxFeePerGas = 2_000_000_000ul,
            MaxPriorityFeePerGas = 1ul,
            To = wallet.Own[(number + 1) % 10],
            Value = 1u,
        };
        Address sender = wallet.Own[number % 10];
        Assert.True(wallet.TrySign(payment, sender, out Transaction? signed));
        return signed;
    }
}
