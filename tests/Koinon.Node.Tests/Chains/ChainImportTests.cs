using Koinon.Chain.Ledger;
using Koinon.Node.Chains;
using Koinon.Primitives;
using Koinon.Storage;

namespace Koinon.Node.Tests.Chains;

public sealed class ChainImportTests
{
    [Fact]
    public async Task Import_OfAFile_MakesItsBlocksCanonicalAndWhole()
    {
        using ChainMaker maker = new();
        maker.Extend(150);
        using StoredChain chain = Open(maker.Options);

        ImportResult result = await ImportAsync(chain, maker.Export("blocks.rlp"));

        Assert.Null(result.Error);
        Assert.Equal(150, result.Progress.Blocks);
        Assert.Equal(maker.Ledger.Head.Hash, chain.Ledger.Head.Hash);
        AssertWhole(chain.Ledger, blocks: 151, logs: 150);
    }

    [Fact]
    public async Task Import_OfAPackedFileAgain_PassesOverWhatIsKnown()
    {
        using ChainMaker maker = new();
        maker.Extend(20);
        string first = maker.Export("first.rlp.gz");
        maker.Extend(20);
        string all = maker.Export("all.rlp.gz");
        using (StoredChain chain = Open(maker.Options)) Assert.Null((await ImportAsync(chain, first)).Error);

        // The directory has kept the genesis.
        using StoredChain again = Open(maker.Options with { GenesisFile = null });
        ImportResult result = await ImportAsync(again, all);

        Assert.Null(result.Error);
        Assert.Equal((20, 20), (result.Progress.Known, result.Progress.Blocks));
        Assert.Equal(maker.Ledger.Head.Hash, again.Ledger.Head.Hash);
    }

    [Fact]
    public async Task Import_OfABadBlock_NamesItAndKeepsWhatCameBefore()
    {
        using ChainMaker maker = new();
        maker.Extend(10);
        byte[] blocks = await File.ReadAllBytesAsync(maker.Export("blocks.rlp"));
        byte[] sixth = await File.ReadAllBytesAsync(maker.Export("sixth.rlp", 6, 6));
        int at = blocks.AsSpan().IndexOf(sixth);
        Hash256 root = maker.Ledger.TryGet(6, out LedgerBlock? block) ? block.Header.StateRoot : default;
        blocks[at + sixth.AsSpan().IndexOf(Hash256.AsSpan(in root))] ^= 1;
        string bad = maker.PathOf("bad.rlp");
        await File.WriteAllBytesAsync(bad, blocks);
        using StoredChain chain = Open(maker.Options);

        ImportResult result = await ImportAsync(chain, bad);

        Assert.StartsWith("block 6 (0x", result.Error, StringComparison.Ordinal);
        Assert.Contains("StateRootWrong", result.Error, StringComparison.Ordinal);
        Assert.Equal(5, result.Progress.Blocks);
        ImportResult good = await ImportAsync(chain, maker.Export("good.rlp"));
        Assert.Null(good.Error);
        Assert.Equal((5, 5), (good.Progress.Known, good.Progress.Blocks));
    }

    [Theory]
    [InlineData(0, "no block begins with")]
    [InlineData(1, "ends within a block")]
    [InlineData(2, "another genesis")]
    public async Task Import_OfSomethingElse_SaysWhatItIs(int kind, string expected)
    {
        using ChainMaker maker = new();
        maker.Extend(3);
        using ChainMaker other = new("0x1234");
        string file = kind switch
        {
            0 => Write("text.rlp", "{\"not\": \"blocks\"}"u8),
            1 => Write("short.rlp", File.ReadAllBytes(maker.Export("whole.rlp")).AsSpan()[..^20]),
            _ => other.Export("other.rlp", 0, 0),
        };
        using StoredChain chain = Open(maker.Options);

        ImportResult result = await ImportAsync(chain, file);

        Assert.Contains(expected, result.Error, StringComparison.Ordinal);

        string Write(string name, ReadOnlySpan<byte> bytes)
        {
            File.WriteAllBytes(maker.PathOf(name), bytes);
            return maker.PathOf(name);
        }
    }

    [Fact]
    public async Task Import_Cancelled_GoesOnWhereItWas()
    {
        using ChainMaker maker = new();
        maker.Extend(100);
        string file = maker.Export("blocks.rlp");
        using StoredChain chain = Open(maker.Options);
        using CancellationTokenSource stop = new();

        using (BlockFile blocks = new(file))
        {
            ChainImport import = new(chain.Ledger, progress =>
            {
                if (progress.Blocks == 40) stop.Cancel();
            });
            ImportResult result = await import.RunAsync(blocks, stop.Token);
            Assert.True(result.IsCancelled);
            Assert.InRange(chain.Ledger.Head.Number, 40ul, 99ul);
        }

        Assert.Null((await ImportAsync(chain, file)).Error);
        Assert.Equal(100ul, chain.Ledger.Head.Number);
    }

    [Fact]
    public async Task Export_OfWhatWasImported_GivesTheSameBytes()
    {
        using ChainMaker maker = new();
        maker.Extend(12);
        string file = maker.Export("blocks.rlp");
        using StoredChain chain = Open(maker.Options);
        await ImportAsync(chain, file);

        string copy = maker.PathOf("copy.rlp");
        Assert.Null(ChainExport.Write(chain.Ledger, 1, 12, copy, null, CancellationToken.None));
        Assert.Equal(await File.ReadAllBytesAsync(file), await File.ReadAllBytesAsync(copy));
        Assert.Contains(
            "the head is 12",
            ChainExport.Write(chain.Ledger, 1, 13, copy, null, CancellationToken.None),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prune_OfAChain_KeepsTheWindowsAndWhatIsWithin()
    {
        using ChainMaker maker = new();
        maker.Extend(200);
        string file = maker.Export("blocks.rlp");
        using (StoredChain chain = Open(maker.Options)) await ImportAsync(chain, file);

        using StoredChain pruned = Open(maker.Options with { History = 20, ProofHistory = 5, KeepBlocks = 30 });
        while (pruned.Ledger.Prune())
        {
        }

        Assert.Equal(
            (170ul, 180ul, 195ul),
            (pruned.Ledger.OldestBlockKept, pruned.Ledger.OldestStateKept, pruned.Ledger.OldestProofKept));
        Assert.False(pruned.Ledger.TryGet(169, out _));
        AssertWhole(pruned.Ledger, blocks: 32, logs: 31);
        Assert.Contains(
            "the oldest is 170",
            ChainExport.Write(pruned.Ledger, 1, 200, maker.PathOf("no.rlp"), null, CancellationToken.None),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Archive_OfAChain_MakesTheSameChainElsewhere()
    {
        using ChainMaker maker = new();
        maker.Extend(30);
        string archive = maker.PathOf("chain.koinon"), elsewhere = maker.PathOf("elsewhere");
        using (StoredChain chain = Open(maker.Options))
        {
            await ImportAsync(chain, maker.Export("blocks.rlp"));
            ChainArchive.Write(
                new ChainDirectory(maker.Options.Directory), chain.Store, archive, CancellationToken.None);
        }

        ChainArchive.Read(archive, elsewhere, CancellationToken.None);

        using StoredChain copy = Open(maker.Options with { Directory = elsewhere, GenesisFile = null });
        Assert.Equal(maker.Ledger.Head.Hash, copy.Ledger.Head.Hash);
        AssertWhole(copy.Ledger, blocks: 31, logs: 30);
        Assert.Throws<IOException>(() => ChainArchive.Read(archive, elsewhere, CancellationToken.None));
    }

    [Fact]
    public void Open_WithAnotherGenesis_IsRefusedWithBothHashes()
    {
        using ChainMaker maker = new();
        using ChainMaker other = new("0x1234");
        Open(maker.Options).Dispose();

        Assert.False(StoredChain.TryOpen(
            maker.Options with { GenesisFile = other.GenesisFile }, out _, out string? error));
        Assert.Contains($"{maker.Ledger.GenesisBlock.Hash}", error, StringComparison.Ordinal);
        Assert.Contains($"{other.Ledger.GenesisBlock.Hash}", error, StringComparison.Ordinal);
        Open(maker.Options with { GenesisFile = null }).Dispose(); // The copy is still the first one.
    }

    [Fact]
    public void Open_OfADirectoryWithoutGenesis_AsksForOne()
    {
        using ChainMaker maker = new();

        Assert.False(StoredChain.TryOpen(maker.Options with { GenesisFile = null }, out _, out string? error));
        Assert.Contains("--genesis", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OfADirectoryInUse_NamesTheProcess()
    {
        using ChainMaker maker = new();
        using StoredChain chain = Open(maker.Options);

        Assert.False(StoredChain.TryOpen(maker.Options, out _, out string? error));
        Assert.Contains($"process {Environment.ProcessId}", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_OfADamagedChain_SaysWhatIsWrong()
    {
        using ChainMaker maker = new();
        maker.Extend(10);
        using (StoredChain chain = Open(maker.Options)) await ImportAsync(chain, maker.Export("blocks.rlp"));

        using (LmdbStore store = StoredChain.OpenStore(maker.Options.Directory, LmdbDurability.Normal))
        using (IWriteTransaction write = store.BeginWrite())
        {
            // One of each kind: an account, a slot, a transaction's place, an entry of the log index.
            foreach (string name in (string[])["accounts", "slots", "transactions", "logs"])
            {
                StoreTable table = LedgerTables.All.Single(table => table.Name == name);
                using IStoreCursor cursor = write.OpenCursor(table);
                Assert.True(cursor.MoveNext());
                write.Delete(table, cursor.Key.ToArray());
            }

            write.Commit();
        }

        using StoredChain damaged = Open(maker.Options);
        List<string> faults = [];
        new LedgerVerification(damaged.Ledger, faults.Add, _ => { }).Run(null, CancellationToken.None);

        Assert.Contains(faults, static fault => fault.Contains("its accounts give", StringComparison.Ordinal));
        Assert.Contains(faults, static fault => fault.Contains("storage root", StringComparison.Ordinal));
        Assert.Contains(faults, static fault => fault.Contains("is not found by its hash", StringComparison.Ordinal));
        Assert.Contains(faults, static fault => fault.Contains("log index", StringComparison.Ordinal));
    }

    private static void AssertWhole(Ledger ledger, long blocks, long logs)
    {
        List<string> faults = [];
        LedgerVerification verification = new(ledger, faults.Add, faults.Add);
        verification.Run(null, CancellationToken.None);
        Assert.Empty(faults);
        Assert.Equal((blocks, logs), (verification.Blocks, verification.Logs));
        Assert.Equal(1, verification.Slots);
    }

    private static async Task<ImportResult> ImportAsync(StoredChain chain, string file)
    {
        using BlockFile blocks = new(file);
        return await new ChainImport(chain.Ledger).RunAsync(blocks, CancellationToken.None);
    }

    private static StoredChain Open(ChainOptions options)
    {
        Assert.True(StoredChain.TryOpen(options, out StoredChain? chain, out string? error), error);
        return chain!;
    }
}
