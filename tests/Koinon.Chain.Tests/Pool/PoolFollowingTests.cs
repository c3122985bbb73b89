using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Consensus;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Primitives.Transactions;

namespace Koinon.Chain.Tests.Pool;

/// <summary>What comes, goes and returns as the head moves, and that each is announced.</summary>
public sealed class PoolFollowingTests : IDisposable
{
    private static readonly Address To = Address.FromWord(0xbeef);

    private readonly TestChain _chain = new("Osaka", new DevelopmentSealing());
    private readonly List<(PoolChangeKind Kind, Hash256 Hash, Hash256? By)> _told = [];

    public PoolFollowingTests() =>
        Pool.Subscribe(change => _told.Add((change.Kind, change.Pooled.Transaction.Hash, change.By)));

    private TransactionPool Pool => _chain.Pool;

    private Chain.Ledger.Ledger Ledger => _chain.Ledger;

    public void Dispose() => _chain.Dispose();

    [Fact]
    public void Changes_AreAnnouncedInOrderWithTheirReasons()
    {
        Transaction second = TestChain.Alice.Pay(To, 1, 1_000);
        Transaction first = TestChain.Alice.Pay(To, 0, 1_000);
        Transaction better = TestChain.Alice.Pay(To, 0, 2_000);
        Pool.Add(second);
        Pool.Add(first);
        Pool.Add(better);
        LedgerBlock block = _chain.Build(Ledger.Head, 1, better, TestChain.Alice.Pay(To, 1, 5_000));
        Assert.True(Ledger.TryCommit(block));
        Transaction last = TestChain.Bob.Pay(To, 0);
        Pool.Add(last);
        Pool.Remove(last.Hash);

        Assert.Equal(
            [
                (PoolChangeKind.Queued, second.Hash, null),
                (PoolChangeKind.Added, first.Hash, null),
                (PoolChangeKind.Promoted, second.Hash, null),
                (PoolChangeKind.Replaced, first.Hash, better.Hash),
                (PoolChangeKind.Added, better.Hash, null),
                (PoolChangeKind.Included, better.Hash, block.Hash),
                (PoolChangeKind.Outdated, second.Hash, null),
                (PoolChangeKind.Added, last.Hash, null),
                (PoolChangeKind.Removed, last.Hash, null),
            ],
            _told);
    }

    [Fact]
    public void MovingToAnotherBranch_TakesBackWhatItLeft()
    {
        Transaction both = TestChain.Alice.Pay(To, 0);
        Transaction lost = TestChain.Alice.Pay(To, 1);
        Transaction behind = TestChain.Alice.Pay(To, 2);
        LedgerBlock genesis = Ledger.GenesisBlock;
        LedgerBlock left = _chain.Extend(genesis, 12, both);
        LedgerBlock left2 = _chain.Extend(left, 12, lost);
        LedgerBlock right = _chain.Extend(genesis, 24, both);
        Move(left2);
        Pool.Add(behind);
        _told.Clear();

        Move(right);

        Assert.Equal(2, Pool.ReadyCount);
        Assert.True(Pool.TryGet(lost.Hash, out _));
        Assert.Contains((PoolChangeKind.Added, lost.Hash, null), _told);
        Assert.Contains((PoolChangeKind.Promoted, behind.Hash, null), _told);
        Assert.Equal(3ul, Pool.NextNonceOf(TestChain.Alice.Address));
    }

    [Fact]
    public void GoingBack_TakesNothingBackByItself()
    {
        LedgerMark mark = Ledger.Mark();
        Transaction included = TestChain.Alice.Pay(To, 0);
        Transaction waiting = TestChain.Alice.Pay(To, 1);
        Pool.Add(included);
        Pool.Add(waiting);
        Assert.True(Ledger.TryCommit(_chain.Build(Ledger.Head, 1, included)));
        Assert.Equal(1, Pool.ReadyCount);

        Assert.True(Ledger.Revert(mark));

        Assert.False(Pool.TryGet(included.Hash, out _));
        Assert.Equal((1, 0), (Pool.Count, Pool.ReadyCount));
        Assert.Equal(0ul, Pool.NextNonceOf(TestChain.Alice.Address));
    }

    [Fact]
    public void Restore_BringsBackWhatWaitedThenAndNothingElse()
    {
        Transaction early = TestChain.Alice.Pay(To, 0);
        Pool.Add(early);
        LedgerMark ledger = Ledger.Mark();
        PoolMark pool = Pool.Mark();
        Assert.True(Ledger.TryCommit(_chain.Build(Ledger.Head, 1, early)));
        Transaction late = TestChain.Alice.Pay(To, 1);
        Pool.Add(late);
        _told.Clear();

        Assert.True(Ledger.Revert(ledger));
        Pool.Restore(pool);

        Assert.Equal([early], Pool.Snapshot().Select(pooled => pooled.Transaction));
        Assert.Equal([(PoolChangeKind.Discarded, late.Hash, null), (PoolChangeKind.Added, early.Hash, null)], _told);
    }

    [Fact]
    public void EditingAnAccount_IsFollowed()
    {
        Transaction first = TestChain.Alice.Pay(To, 0);
        Transaction third = TestChain.Alice.Pay(To, 2);
        Pool.Add(first);
        Pool.Add(third);
        StateChanges edit = new();
        edit.Of(TestChain.Alice.Address).Account = new Account(2, UInt256.Power(10, 20), Account.NoCode);

        Ledger.Edit(edit);

        Assert.Equal((1, 1), (Pool.Count, Pool.ReadyCount));
        Assert.True(Pool.TryGet(third.Hash, out _));
        Assert.Contains((PoolChangeKind.Outdated, first.Hash, null), _told);
    }

    [Fact]
    public void Content_SplitsRowsFromWhatStandsBehindAGap()
    {
        foreach (ulong nonce in (ulong[])[3, 0, 1, 5])
        {
            Pool.Add(TestChain.Alice.Pay(To, nonce));
        }

        PoolContent content = Assert.Single(Pool.Content());

        Assert.Equal(TestChain.Alice.Address, content.Sender);
        Assert.Equal([0ul, 1ul], content.Pending.Select(pooled => pooled.Transaction.Nonce));
        Assert.Equal([3ul, 5ul], content.Queued.Select(pooled => pooled.Transaction.Nonce));
        Assert.Empty(Pool.ContentOf(To).Pending);
        Assert.True(Pool.TryGet(TestChain.Alice.Address, 5, out PooledTransaction? pooled));
        Assert.Equal(5ul, pooled.Transaction.Nonce);
    }

    [Fact]
    public void AFullPool_GivesUpGapsBeforeRowsAndCheapBeforeDear()
    {
        using TransactionPool pool = new(Ledger, new PoolOptions { TransactionsMax = 4 });
        List<Hash256> evicted = [];
        pool.Subscribe(change =>
        {
            if (change.Kind == PoolChangeKind.Evicted)
            {
                evicted.Add(change.Pooled.Transaction.Hash);
            }
        });
        Transaction row = TestChain.Alice.Pay(To, 0, 1_000);
        Transaction row2 = TestChain.Alice.Pay(To, 1, 3_000);
        Transaction gap = TestChain.Bob.Pay(To, 5, 9_000);
        Transaction cheapGap = TestChain.Bob.Pay(To, 7, 2_000);
        foreach (Transaction transaction in (Transaction[])[row, row2, gap, cheapGap])
        {
            Assert.Equal(PoolError.None, pool.Add(transaction).Error);
        }

        Assert.Equal(PoolError.PoolFull, pool.Add(TestChain.Alice.Pay(To, 50, 1_000)).Error);
        Assert.Equal(PoolError.None, pool.Add(TestChain.Bob.Pay(To, 0, 100)).Error);
        Assert.Equal([cheapGap.Hash], evicted);
        Assert.Equal(PoolError.None, pool.Add(TestChain.Alice.Pay(To, 2, 100)).Error);
        Assert.Equal([cheapGap.Hash, gap.Hash], evicted);
        Assert.Equal(PoolError.Underpriced, pool.Add(TestChain.Bob.Pay(To, 1, 99)).Error);
        Assert.Equal(PoolError.None, pool.Add(TestChain.Bob.Pay(To, 1, 101)).Error);
        Assert.Equal(3, evicted.Count);
        Assert.Equal(4, pool.Count);
    }

    [Fact]
    public void AFullPool_CountsBytes()
    {
        using TransactionPool pool = new(Ledger, new PoolOptions { BytesMax = 1_500 });
        Transaction large = TestChain.Alice.Pay(To, 0, 1_000, data: new byte[1_000], gas: 100_000);
        Assert.Equal(PoolError.None, pool.Add(large).Error);

        Assert.Equal(
            PoolError.Underpriced,
            pool.Add(TestChain.Bob.Pay(To, 0, 1_000, data: new byte[1_000], gas: 100_000)).Error);
        Assert.Equal(PoolError.None, pool.Add(TestChain.Bob.Pay(To, 0, 500)).Error);
    }

    private void Move(LedgerBlock head) =>
        Assert.Equal(HeadError.None, Ledger.SetHead(head.Hash, Hash256.Zero, Hash256.Zero));
}
