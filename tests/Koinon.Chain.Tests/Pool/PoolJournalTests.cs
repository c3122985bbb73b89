using Koinon.Chain.Building;
using Koinon.Chain.Pool;
using Koinon.Consensus;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;

namespace Koinon.Chain.Tests.Pool;

/// <summary>What waits survives the process, however it dies.</summary>
public sealed class PoolJournalTests : IDisposable
{
    private static readonly Address To = Address.FromWord(0xbeef);

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"koinon-journal-{Guid.NewGuid():N}");
    private readonly TestChain _chain = new("Osaka", new DevelopmentSealing());

    public void Dispose()
    {
        _chain.Dispose();
        File.Delete(_path);
        File.Delete(_path + ".new");
    }

    [Fact]
    public void Attach_AfterARestart_BringsBackWhatWaitedInOrder()
    {
        Transaction blobs = TestBlobs.Transaction(TestChain.Bob, 0, TestBlobs.Sidecar(1, 3));
        Transaction gap = TestChain.Alice.Pay(To, 5);
        Transaction first = TestChain.Alice.Pay(To, 0);
        Transaction removed = TestChain.Alice.Pay(To, 1);
        using (PoolJournal journal = PoolJournal.Open(_path, isDurable: false))
        {
            Assert.Equal(0, journal.Attach(_chain.Pool));
            foreach (Transaction transaction in (Transaction[])[blobs, gap, first, removed])
            {
                Assert.Equal(default, _chain.Pool.Add(transaction));
                Assert.True(journal.TryWrite(out _));
            }

            _chain.Pool.Remove(removed.Hash);
        }

        using TransactionPool pool = new(_chain.Ledger);
        using PoolJournal again = PoolJournal.Open(_path, isDurable: true);

        Assert.Equal(3, again.Attach(pool));
        Assert.Equal([blobs.Hash, gap.Hash, first.Hash], pool.Snapshot().Select(pooled => pooled.Transaction.Hash));
        Assert.True(pool.TryGetBlob(blobs.BlobVersionedHashes[0], out _, out _));
    }

    [Fact]
    public void Attach_JudgesAnew()
    {
        Transaction mined = TestChain.Alice.Pay(To, 0);
        Transaction next = TestChain.Alice.Pay(To, 1);
        using (PoolJournal journal = PoolJournal.Open(_path, isDurable: false))
        {
            using TransactionPool pool = new(_chain.Ledger);
            journal.Attach(pool);
            pool.Add(mined);
            pool.Add(next);
            Assert.True(journal.TryWrite(out _));
        }

        Assert.True(_chain.Ledger.TryCommit(_chain.Build(_chain.Ledger.Head, 1, mined)));
        using PoolJournal again = PoolJournal.Open(_path, isDurable: false);

        Assert.Equal(1, again.Attach(_chain.Pool));
        Assert.True(_chain.Pool.TryGet(next.Hash, out _));
    }

    // A death at any instant leaves some beginning of what was written.
    [Fact]
    public void Open_OfAFileCutAnywhere_ReadsWhatIsWhole()
    {
        List<long> ends = [0];
        using (PoolJournal journal = PoolJournal.Open(_path, isDurable: false))
        {
            journal.Attach(_chain.Pool);
            for (ulong nonce = 0; nonce < 4; nonce++)
            {
                _chain.Pool.Add(TestChain.Alice.Pay(To, nonce));
                Assert.True(journal.TryWrite(out _));
                ends.Add(new FileInfo(_path).Length);
            }
        }

        byte[] whole = File.ReadAllBytes(_path);
        for (int length = 0; length <= whole.Length; length++)
        {
            File.WriteAllBytes(_path, whole[..length]);
            Assert.Equal(ends.FindLastIndex(end => end <= length), CountAfterRestart());
        }

        for (int damaged = 0; damaged < whole.Length; damaged++)
        {
            byte[] bytes = [.. whole];
            bytes[damaged] ^= 0x10;
            File.WriteAllBytes(_path, bytes);
            Assert.Equal(ends.FindLastIndex(end => end <= damaged), CountAfterRestart());
        }
    }

    [Fact]
    public async Task SubmitAsync_UnderImmediateBuilding_WritesNothing()
    {
        using PoolJournal journal = PoolJournal.Open(_path, isDurable: false);
        journal.Attach(_chain.Pool);
        await using BlockProducer producer = new(
            _chain.Ledger, _chain.Pool, TimeProvider.System, new ProducerOptions { Journal = journal });
        CancellationToken cancellation = TestContext.Current.CancellationToken;

        await producer.SubmitAsync(TestChain.Alice.Pay(To, 0), cancellation);
        Assert.Equal(0, new FileInfo(_path).Length);
        await producer.SubmitAsync(TestChain.Alice.Pay(To, 2), cancellation);
        Assert.NotEqual(0, new FileInfo(_path).Length);
    }

    private int CountAfterRestart()
    {
        using TransactionPool pool = new(_chain.Ledger);
        using PoolJournal journal = PoolJournal.Open(_path, isDurable: false);
        return journal.Attach(pool);
    }
}
