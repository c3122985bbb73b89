using Koinon.Chain;
using Koinon.Chain.Ledger;
using Koinon.Evm;
using Koinon.Primitives;
using Koinon.Primitives.Rlp;

namespace Koinon.Consensus.Tests;

/// <summary>A chain of another client, through every fork.</summary>
public sealed class EveryForkChainTests : IDisposable
{
    private static readonly Hash256 LastBlock =
        Hash256.Parse("0xd226371d0b1551adb03fb52b71f08e3e11247fe9b1af994768af8cdaa8e7dcd7");

    private readonly ExecutionResources _resources = new();

    public void Dispose() => _resources.Dispose();

    [Fact]
    public void Import_OfAChainThroughEveryFork_TakesEveryBlock()
    {
        Ledger ledger = NewLedger();
        List<string> forks = [];
        foreach (ReadOnlyMemory<byte> rlp in Blocks())
        {
            BlockImport import = ledger.Import(rlp);

            Assert.True(import.Error == BlockError.None, $"{import.Error}: {import.Detail}");
            ledger.SetHead(import.Block!.Hash, Hash256.Zero, Hash256.Zero);
            string fork = import.Block.Rules.Rules.Name;
            if (forks.Count == 0 || forks[^1] != fork)
            {
                forks.Add(fork);
            }
        }

        Assert.Equal(54ul, ledger.Head.Number);
        Assert.Equal(LastBlock, ledger.Head.Hash);
        Assert.Equal(
            [
                "Homestead", "EIP150", "EIP158", "Byzantium", "Constantinople", "ConstantinopleFix", "Istanbul",
                "MuirGlacier", "Berlin", "London", "ArrowGlacier", "GrayGlacier", "Paris", "Shanghai", "Cancun",
                "Prague", "Osaka",
            ],
            forks);
    }

    [Fact]
    public void Import_OfBlocksOfProofOfWork_MovesTheHeadUntilTheMerge()
    {
        Ledger ledger = NewLedger();
        List<HeadChange> changes = [];
        using IDisposable subscription = ledger.Subscribe(changes.Add);
        foreach (ReadOnlyMemory<byte> rlp in Blocks())
        {
            ledger.Import(rlp);
        }

        // The merge's blocks wait for consensus to name them.
        Assert.False(ledger.Head.Rules.Rules.IsMerged);
        Assert.Equal((int)ledger.Head.Number, changes.Count);

        Assert.Equal(HeadError.None, ledger.SetHead(LastBlock, LastBlock, ledger.GenesisBlock.Hash));

        Assert.Equal(LastBlock, ledger.Head.Hash);
        Assert.Equal(54, changes[^1].Added.Count + changes.Count - 1);
        Assert.Equal(ledger.GenesisBlock, ledger.Finalized);
        Assert.True(ledger.TryGet(40, out LedgerBlock? block));
        Assert.True(ledger.IsCanonical(block));
    }

    [Fact]
    public void Import_OfEachBlockWithAByteChanged_NeverThrowsAndNeverStands()
    {
        Ledger ledger = NewLedger();
        int refused = 0;
        foreach (ReadOnlyMemory<byte> rlp in Blocks())
        {
            for (int at = 3; at < rlp.Length; at += 1 + rlp.Length / 40)
            {
                byte[] changed = rlp.ToArray();
                changed[at] ^= 0x11;
                BlockImport import = ledger.Import(changed);

                // A header's time, extra data and seal are free within bounds: the block is another, and valid.
                refused += import.Error == BlockError.None ? 0 : 1;
            }

            Assert.Equal(BlockError.None, ledger.Import(rlp).Error);
        }

        Assert.True(refused > 1_500, $"{refused} refused");
    }

    private Ledger NewLedger()
    {
        byte[] json = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "data", "every-fork.genesis.json"));
        Assert.True(Genesis.TryParse(json, out Genesis? genesis, out GenesisError? error), error?.ToString());
        return new Ledger(genesis, Merged.For(genesis.Network, caches: null), _resources);
    }

    /// <summary>The blocks' encodings, which stand one after another.</summary>
    private static List<ReadOnlyMemory<byte>> Blocks()
    {
        ReadOnlyMemory<byte> bytes =
            File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "data", "every-fork.chain.rlp"));
        List<ReadOnlyMemory<byte>> blocks = [];
        int at = 0;
        while (at < bytes.Length)
        {
            RlpReader reader = new(bytes.Span[at..]);
            Assert.Equal(RlpError.None, reader.ReadEncoded(out ReadOnlySpan<byte> block));
            blocks.Add(bytes.Slice(at, block.Length));
            at += block.Length;
        }

        return blocks;
    }
}
