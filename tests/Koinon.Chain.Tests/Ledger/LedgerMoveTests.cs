using Koinon.Chain.Ledger;
using Koinon.Primitives;

namespace Koinon.Chain.Tests.Ledger;

/// <summary>What readers see while the head moves: the chain before or the chain after, never some of both.</summary>
public sealed class LedgerMoveTests
{
    [Fact]
    public void Read_BetweenACommitAndItsAnnouncement_NeverMixesTwoBranches()
    {
        using HookedStore store = new();
        using TestChain chain = new("Osaka", store: store, options: new LedgerOptions { CacheBytesMax = 1 });
        LedgerBlock[] left = Branch(chain, 1);
        LedgerBlock[] right = Branch(chain, 2);
        int looks = 0;
        store.Committed = () =>
        {
            looks++;
            Look(chain, left);
            Look(chain, right);
        };
        foreach (LedgerBlock[] to in (LedgerBlock[][])[left, right, left, right])
        {
            Assert.Equal(HeadError.None, chain.Ledger.SetHead(to[^1].Hash, Hash256.Zero, Hash256.Zero));
            Look(chain, to);
            Assert.Equal(to, to.Select(block => chain.Ledger.TryGet(block.Number, out LedgerBlock? at) ? at : null));
        }

        Assert.Equal(4, looks);
    }

    private static LedgerBlock[] Branch(TestChain chain, ulong seconds)
    {
        List<LedgerBlock> blocks = [];
        LedgerBlock last = chain.Ledger.GenesisBlock;
        for (ulong i = 0; i < 4; i++)
        {
            last = chain.Extend(last, seconds, TestChain.Alice.Pay(TestChain.Bob.Address, i, seconds * 10_000_000_000));
            blocks.Add(last);
        }

        return [.. blocks];
    }

    private static void Look(TestChain chain, LedgerBlock[] branch)
    {
        foreach (LedgerBlock block in branch)
        {
            Assert.True(block.State is not { } state || state.Root == block.Header.StateRoot);
            foreach (LedgerBlock ancestor in branch.TakeWhile(one => one.Number < block.Number))
            {
                Assert.True(
                    !chain.Ledger.TryGetHash(block, ancestor.Number, out Hash256 hash) || hash == ancestor.Hash);
            }

            if (chain.Ledger.TryGet(block.Hash, out LedgerBlock? found)) Assert.Equal(block, found);
            chain.Ledger.TryGet(block.Number, out _);
        }
    }
}
