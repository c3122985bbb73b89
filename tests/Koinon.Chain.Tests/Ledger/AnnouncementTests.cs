using Koinon.Chain.Building;
using Koinon.Chain.Ledger;
using Koinon.Storage;

namespace Koinon.Chain.Tests.Ledger;

/// <summary>A move of the head is committed before anybody is told of it, and one that cannot be is not made.</summary>
public sealed class AnnouncementTests
{
    [Fact]
    public void Head_IsAnnouncedAfterItsCommitReturned()
    {
        List<string> events = [];
        using WatchedStore store = new(events);
        using TestChain chain = new("Cancun", store: store);
        using IDisposable told = chain.Ledger.Subscribe(change => events.Add($"head {change.Added[^1].Number}"));
        events.Clear();

        chain.Commit(TestChain.Alice.Pay(TestChain.Bob.Address, 0));
        chain.Commit();

        Assert.Equal(["committed", "head 1", "committed", "head 2"], events);
    }

    [Fact]
    public void TryCommit_WhenTheStoreIsFull_LeavesEverythingAsItWasAndWorksAgainLater()
    {
        List<string> events = [];
        using WatchedStore store = new(events);
        using TestChain chain = new("Cancun", store: store);
        chain.Commit(TestChain.Alice.Pay(TestChain.Bob.Address, 0));
        LedgerBlock head = chain.Ledger.Head;
        LedgerBlock next = chain.Build(head, 12, TestChain.Alice.Pay(TestChain.Bob.Address, 1));
        store.IsFull = true;
        using IDisposable told = chain.Ledger.Subscribe(change => events.Add("told"));
        events.Clear();

        Assert.Equal(StoreError.Full, Assert.Throws<StoreException>(() => chain.Ledger.TryCommit(next)).Error);

        Assert.Empty(events);
        Assert.Equal("the disk is full", chain.Ledger.WriteFault);
        Assert.Equal(head, chain.Ledger.Head);
        Assert.Equal(head.Header.StateRoot, chain.Ledger.Head.State!.Root);
        Assert.False(chain.Ledger.TryGet(2, out _));
        store.IsFull = false;
        Assert.True(chain.Ledger.TryCommit(next));
        Assert.Equal(["committed", "told"], events);
        Assert.Null(chain.Ledger.WriteFault);
    }

    [Fact]
    public async Task SubmitAsync_WhenTheStoreIsFull_KeepsTheTransactionUntilThereIsRoom()
    {
        using WatchedStore store = new([]);
        using TestChain chain = new("Cancun", store: store);
        ManualTime time = new();
        await using BlockProducer producer = new(chain.Ledger, chain.Pool, time);
        store.IsFull = true;

        Submission submission = await producer.SubmitAsync(
            TestChain.Alice.Pay(TestChain.Bob.Address, 0), CancellationToken.None);

        Assert.True(submission.IsAccepted);
        Assert.Equal(BlockError.NotWritten, submission.Verdict.Error);
        Assert.Contains("full", submission.Verdict.Detail, StringComparison.Ordinal);
        Assert.Equal(1, chain.Pool.Count);
        store.IsFull = false;
        Assert.True((await producer.ProduceReadyAsync(CancellationToken.None)).Verdict.IsValid);
        Assert.Equal(1ul, chain.Ledger.Head.Number);
        Assert.Equal(0, chain.Pool.Count);
    }

    /// <summary>A store in memory that notes commits, and that can be full.</summary>
    private sealed class WatchedStore(List<string> events) : IStore
    {
        private readonly MemoryStore _store = new(LedgerTables.All);

        public bool IsFull { get; set; }

        public IReadTransaction BeginRead() => _store.BeginRead();

        public IWriteTransaction BeginWrite() => new Transaction(this, _store.BeginWrite());

        public void Sync() => _store.Sync();

        public void Dispose() => _store.Dispose();

        private void Commit(IWriteTransaction transaction)
        {
            if (IsFull) throw new StoreException(StoreError.Full, "the disk is full");

            transaction.Commit();
            events.Add("committed");
        }

        private sealed class Transaction(WatchedStore store, IWriteTransaction inner) : IWriteTransaction
        {
            public bool TryGet(StoreTable table, scoped ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value) =>
                inner.TryGet(table, key, out value);

            public IStoreCursor OpenCursor(StoreTable table) => inner.OpenCursor(table);

            public void Put(StoreTable table, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) =>
                inner.Put(table, key, value);

            public bool Delete(StoreTable table, ReadOnlySpan<byte> key) => inner.Delete(table, key);

            public long DeleteRange(StoreTable table, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to) =>
                inner.DeleteRange(table, from, to);

            public void Commit() => store.Commit(inner);

            public void Dispose() => inner.Dispose();
        }
    }
}
