using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;

namespace Koinon.Chain.Tests.Ledger;

public class LedgerTests
{
    [Fact]
    public void Import_OfAHeavierBranch_MovesTheHeadAndNamesWhatChanged()
    {
        using TestChain chain = new("Istanbul");
        LedgerBlock genesis = chain.Ledger.GenesisBlock;
        List<HeadChange> changes = [];
        using IDisposable subscription = chain.Ledger.Subscribe(changes.Add);
        Transaction payment = TestChain.Alice.Pay(TestChain.Bob.Address, 0);
        LedgerBlock a1 = chain.Extend(genesis, 30, payment);
        LedgerBlock a2 = chain.Extend(a1, 30);
        Assert.True(chain.Ledger.TryGetTransaction(payment.Hash, out LedgerTransaction found));
        Assert.Equal(a1, found.Block);

        // A faster branch is heavier from its second block on.
        LedgerBlock b1 = chain.Extend(genesis, 1);
        LedgerBlock b2 = chain.Extend(b1, 1);

        Assert.True(b2.TotalDifficulty > a2.TotalDifficulty);
        Assert.Equal(b2, chain.Ledger.Head);
        Assert.Equal([1ul, 2ul, 3ul], changes.ConvertAll(change => change.Sequence));
        Assert.Equal(genesis, changes[2].Ancestor);
        Assert.Equal([a2, a1], changes[2].Removed);
        Assert.Equal([b1, b2], changes[2].Added);
        Assert.False(chain.Ledger.TryGetTransaction(payment.Hash, out _));
        Assert.False(chain.Ledger.IsCanonical(a1));
        Assert.True(chain.Ledger.TryGet(a1.Hash, out _));
        Assert.True(chain.Pool.TryGet(payment.Hash, out _));
    }

    [Fact]
    public void Import_OfAnEquallyHeavyBranch_KeepsTheFirstSeen()
    {
        using TestChain chain = new("Istanbul");
        LedgerBlock first = chain.Extend(chain.Ledger.GenesisBlock, 10);
        LedgerBlock second = chain.Extend(chain.Ledger.GenesisBlock, 11);

        Assert.Equal(first.TotalDifficulty, second.TotalDifficulty);
        Assert.Equal(first, chain.Ledger.Head);
    }

    [Fact]
    public void Import_OfAKnownBlock_GivesTheSameAgain()
    {
        using TestChain chain = new("Istanbul");
        LedgerBlock block = chain.Extend(chain.Ledger.GenesisBlock);

        BlockImport again = chain.Ledger.Import(block.Block.Encode());

        Assert.Equal(BlockError.None, again.Error);
        Assert.Same(block, again.Block);
    }

    [Fact]
    public void Import_OfABlockWithoutItsParent_SaysSo()
    {
        using TestChain chain = new("Istanbul");
        LedgerBlock first = chain.Build(chain.Ledger.GenesisBlock);
        using TestChain other = new("Istanbul");
        LedgerBlock second = other.Build(other.Extend(other.Ledger.GenesisBlock));

        Assert.Equal(BlockError.ParentUnknown, chain.Ledger.Import(second.Block.Encode()).Error);
        Assert.Equal(BlockError.None, chain.Ledger.Import(first.Block.Encode()).Error);
        Assert.Equal(BlockError.None, chain.Ledger.Import(second.Block.Encode()).Error);
    }

    [Theory]
    [InlineData("", BlockError.RlpStructure)]
    [InlineData("0xc0", BlockError.RlpStructure)]
    [InlineData("0x80", BlockError.RlpStructure)]
    [InlineData("0xc3c0c0c0", BlockError.RlpStructure)]
    public void Import_OfBytesThatAreNoBlock_SaysSo(string bytes, BlockError error)
    {
        using TestChain chain = new("Osaka");

        Assert.Equal(error, chain.Ledger.Import(bytes.Length == 0 ? [] : Hex.Decode(bytes)).Error);
    }

    [Fact]
    public void SetHead_AfterTheMerge_MovesToAnyBranch()
    {
        using TestChain chain = new("Osaka");
        LedgerBlock genesis = chain.Ledger.GenesisBlock;
        LedgerBlock a1 = chain.Extend(genesis, 1);
        LedgerBlock a2 = chain.Extend(a1, 1);
        LedgerBlock b1 = chain.Extend(genesis, 2);
        Assert.Equal(genesis, chain.Ledger.Head);

        Assert.Equal(HeadError.None, chain.Ledger.SetHead(a2.Hash, a1.Hash, genesis.Hash));
        Assert.Equal(a2, chain.Ledger.Head);
        Assert.Equal(a1, chain.Ledger.Safe);
        Assert.Equal(genesis, chain.Ledger.Finalized);

        Assert.Equal(HeadError.SafeNotAncestor, chain.Ledger.SetHead(b1.Hash, a1.Hash, genesis.Hash));
        Assert.Equal(HeadError.FinalizedNotAncestor, chain.Ledger.SetHead(b1.Hash, b1.Hash, a1.Hash));
        Assert.Equal(HeadError.HeadUnknown, chain.Ledger.SetHead(Hash256.FromWord(1), Hash256.Zero, Hash256.Zero));
        Assert.Equal(a2, chain.Ledger.Head);

        Assert.Equal(HeadError.None, chain.Ledger.SetHead(b1.Hash, Hash256.Zero, genesis.Hash));
        Assert.Equal(b1, chain.Ledger.Head);
        Assert.Null(chain.Ledger.Safe);
        Assert.Equal(HeadError.None, chain.Ledger.SetHead(genesis.Hash, Hash256.Zero, Hash256.Zero));
        Assert.Equal(genesis, chain.Ledger.Head);
    }

    [Fact]
    public void TryGetChangesAfter_ResumesWhereTheCallerStopped()
    {
        using TestChain chain = new("Istanbul", options: new LedgerOptions { HeadChangesKept = 2 });
        LedgerBlock block = chain.Ledger.GenesisBlock;
        for (int i = 0; i < 3; i++)
        {
            block = chain.Extend(block);
        }

        Assert.True(chain.Ledger.TryGetChangesAfter(1, out IReadOnlyList<HeadChange> changes));
        Assert.Equal([2ul, 3ul], new List<HeadChange>(changes).ConvertAll(change => change.Sequence));
        Assert.True(chain.Ledger.TryGetChangesAfter(3, out changes));
        Assert.Empty(changes);
        Assert.False(chain.Ledger.TryGetChangesAfter(0, out _));
    }

    [Fact]
    public void MovingTheHead_BeyondTheBounds_GivesUpBranchesAndStates()
    {
        LedgerOptions options = new() { SideBranchDepth = 7, StateDepth = 10 };
        using TestChain chain = new("Istanbul", options: options);
        LedgerBlock side = chain.Extend(chain.Ledger.GenesisBlock, 30);
        LedgerBlock block = chain.Extend(chain.Ledger.GenesisBlock, 1);
        LedgerBlock first = block;
        for (int i = 0; i < 12; i++)
        {
            block = chain.Extend(block);
        }

        Assert.False(chain.Ledger.TryGet(side.Hash, out _));
        Assert.True(chain.Ledger.TryGet(first.Hash, out LedgerBlock? kept));
        Assert.Null(kept.State);
        Assert.NotNull(block.State);
        using TestChain other = new("Istanbul");
        LedgerBlock late = other.Build(other.Extend(other.Extend(other.Ledger.GenesisBlock, 1)), 5);
        Assert.Equal(BlockError.ParentStateUnavailable, chain.Ledger.Import(late.Block).Error);
    }

    [Fact]
    public void TryCommit_OfABlockWhoseParentIsNoLongerTheHead_IsFalse()
    {
        using TestChain chain = new("Osaka");
        LedgerBlock a = chain.Build(chain.Ledger.GenesisBlock, 1);
        LedgerBlock b = chain.Build(chain.Ledger.GenesisBlock, 2);

        Assert.True(chain.Ledger.TryCommit(a));
        Assert.False(chain.Ledger.TryCommit(b));
        Assert.Equal(a, chain.Ledger.Head);
    }
}
