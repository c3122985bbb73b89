using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Primitives.State;

namespace Koinon.Chain.Tests.Ledger;

/// <summary>Chains that keep few blocks: what is given up is refused, and nothing else depends on it.</summary>
public sealed class LedgerWindowTests
{
    private static readonly LedgerOptions FewBlocks = new() { BlockDepth = 10, CacheBytesMax = 1 };

    [Fact]
    public void TryGetHash_OfABlockThatIsNotKept_KnowsWhatBlockhashSees()
    {
        using TestChain chain = new("Osaka", options: FewBlocks);
        List<Hash256> hashes = [chain.Ledger.Head.Hash];
        for (int i = 1; i <= 300; i++) hashes.Add(chain.Commit().Hash);

        LedgerBlock head = chain.Ledger.Head;
        for (int number = 300 - 256; number <= 300; number++)
        {
            Assert.True(chain.Ledger.TryGetHash(head, (ulong)number, out Hash256 hash));
            Assert.Equal(hashes[number], hash);
        }

        Assert.False(chain.Ledger.TryGetHash(head, 300 - 257, out _));
        Assert.False(chain.Ledger.TryGet(hashes[250], out _));
        List<string> faults = [];
        new LedgerVerification(chain.Ledger, faults.Add, faults.Add).Run(null, default);
        Assert.Empty(faults);
    }

    [Fact]
    public void Revert_ToTheGenesisOfAChainThatKeepsFewBlocks_GoesBackAndOn()
    {
        using TestChain chain = new("Osaka", options: FewBlocks);
        Hash256 root = chain.Ledger.Head.State!.Root;
        LedgerMark mark = chain.Ledger.Mark();
        for (int round = 0; round < 2; round++)
        {
            for (ulong i = 0; i < 30; i++) chain.Commit(TestChain.Alice.Pay(TestChain.Bob.Address, i));
            Assert.Equal(20ul, chain.Ledger.OldestBlockKept);

            Assert.True(chain.Ledger.Revert(mark));

            Assert.Equal(chain.Ledger.GenesisBlock, chain.Ledger.Head);
            Assert.Equal(root, chain.Ledger.Head.State!.Root);
            Assert.Equal(0ul, chain.Ledger.OldestBlockKept);
            Assert.False(chain.Ledger.TryGet(15, out _));
            List<string> faults = [];
            new LedgerVerification(chain.Ledger, faults.Add, faults.Add).Run(null, default);
            Assert.Empty(faults);
        }
    }

    [Fact]
    public void SetHead_BelowTheBlocksThatAreKept_IsRefused()
    {
        using TestChain chain = new("Osaka", options: FewBlocks);
        for (int i = 0; i < 30; i++) chain.Commit();

        HeadError refusal = chain.Ledger.SetHead(chain.Ledger.GenesisBlock.Hash, Hash256.Zero, Hash256.Zero);

        Assert.Equal(HeadError.StateNotKept, refusal);
        Assert.Equal(30ul, chain.Ledger.Head.Number);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(0)]
    public void SetHead_ToTheDeepestBlockWhoseStateIsKept_IsDoneAndOneDeeperIsNot(int depth)
    {
        using TestChain chain = new("Osaka", options: new LedgerOptions { StateDepth = (ulong)depth });
        List<LedgerBlock> blocks = [chain.Ledger.Head];
        for (ulong i = 0; i < 12; i++) blocks.Add(chain.Commit(TestChain.Alice.Pay(TestChain.Bob.Address, i)));
        LedgerBlock deepest = blocks[12 - depth];
        Assert.Equal(deepest.Number, chain.Ledger.OldestStateKept);
        Assert.NotNull(deepest.State);
        Assert.Null(blocks[11 - depth].State);

        Hash256 tooDeep = blocks[11 - depth].Hash;
        Assert.Equal(HeadError.StateNotKept, chain.Ledger.SetHead(tooDeep, Hash256.Zero, Hash256.Zero));
        Assert.Equal(HeadError.None, chain.Ledger.SetHead(deepest.Hash, Hash256.Zero, Hash256.Zero));

        Assert.Equal(deepest.Header.StateRoot, chain.Ledger.Head.State!.Root);
        LedgerBlock next = chain.Commit(TestChain.Bob.Pay(TestChain.Alice.Address, 0));
        Assert.Equal(next.Header.StateRoot, chain.Ledger.Head.State!.Root);
    }

    [Fact]
    public void Revert_AfterAnEditOnAnotherBranch_LeavesThisOneAsItWas()
    {
        using TestChain chain = new("Osaka");
        LedgerBlock a = chain.Extend(chain.Ledger.GenesisBlock, 1);
        LedgerBlock b = chain.Extend(chain.Ledger.GenesisBlock, 2, TestChain.Alice.Pay(TestChain.Bob.Address, 0));
        SetHead(chain, a);
        LedgerMark mark = chain.Ledger.Mark();
        SetHead(chain, b);
        LedgerMark other = chain.Ledger.Mark();
        Edit(chain, 7);
        SetHead(chain, a);

        Assert.True(chain.Ledger.Revert(mark));

        Assert.Equal(a.Header.StateRoot, chain.Ledger.Head.State!.Root);
        SetHead(chain, b);
        Assert.Equal(7ul, (ulong)Balance(chain.Ledger.Head));
        Assert.True(chain.Ledger.Revert(other));
        Assert.Equal(b.Header.StateRoot, chain.Ledger.Head.State!.Root);
    }

    [Fact]
    public void Revert_AfterEditsWentAndCame_TakesBackThoseAfterTheMark()
    {
        using TestChain chain = new("Osaka");
        chain.Ledger.Mark();
        Edit(chain, 1);
        LedgerBlock first = chain.Commit();
        chain.Ledger.Mark();
        Edit(chain, 2);
        LedgerMark mark = chain.Ledger.Mark();
        SetHead(chain, chain.Ledger.GenesisBlock);
        SetHead(chain, first);
        Edit(chain, 3);

        Assert.True(chain.Ledger.Revert(mark));

        Assert.Equal(2ul, (ulong)Balance(chain.Ledger.Head));
    }

    private static void SetHead(TestChain chain, LedgerBlock head) =>
        Assert.Equal(HeadError.None, chain.Ledger.SetHead(head.Hash, Hash256.Zero, Hash256.Zero));

    private static UInt256 Balance(LedgerBlock block)
    {
        block.State!.ReadAccount(TestChain.Bob.Address, out Account account);
        return account.Balance;
    }

    private static void Edit(TestChain chain, ulong balance)
    {
        StateChanges changes = new();
        chain.Ledger.Head.State!.ReadAccount(TestChain.Bob.Address, out Account account);
        changes.Of(TestChain.Bob.Address).Account = account with { Balance = balance };
        chain.Ledger.Edit(changes);
    }
}
