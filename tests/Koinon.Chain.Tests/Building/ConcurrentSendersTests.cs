using Koinon.Chain.Building;
using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Consensus;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Primitives.Transactions;

namespace Koinon.Chain.Tests.Building;

/// <summary>Many senders side by side, their transactions shuffled, while others read.</summary>
public class ConcurrentSendersTests
{
    private const int SenderCount = 50;
    private const int EachCount = 200;
    private const int ReaderCount = 4;

    private static readonly Address To = Address.FromWord(0xbeef);
    private static readonly TestAccount[] Senders =
        [.. Enumerable.Range(1, SenderCount).Select(number => new TestAccount((byte)number))];

    private static readonly Lazy<Transaction[][]> Signed = new(() =>
    [
        .. Senders.Select(sender =>
            Enumerable.Range(0, EachCount).Select(nonce => sender.Pay(To, (ulong)nonce)).ToArray()),
    ]);

    public static TheoryData<string, int> Modes => new()
    {
        { "automatic", int.MaxValue }, { "automatic", 30 }, { "interval", int.MaxValue }, { "mixed", int.MaxValue },
    };

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task SubmitAsync_OfShuffledNonces_GetsAllOfThemIntoBlocks(string mode, int perBlock)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using TestChain chain = new("Osaka", new DevelopmentSealing(), change: Fund);
        using CancellationTokenSource done = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await using BlockProducer producer = new(chain.Ledger, chain.Pool, TimeProvider.System, new ProducerOptions
        {
            Mode = mode == "automatic" ? MiningMode.Automatic
                : mode == "mixed" ? MiningMode.Mixed(TimeSpan.FromMilliseconds(20))
                : MiningMode.Every(TimeSpan.FromMilliseconds(20)),
            Settings = new ProducerSettings { TransactionsMax = perBlock },
        });
        Task[] readers = [.. Enumerable.Range(0, ReaderCount).Select(_ => Task.Run(() => Read(chain, done.Token)))];

        Task[] senders =
        [
            .. Signed.Value.Select((transactions, seed) =>
                Task.Run(() => SendAsync(producer, [.. transactions], seed), cancellation)),
        ];
        await Task.WhenAll(senders);
        await WaitForEmptyAsync(chain.Pool, cancellation);
        await done.CancelAsync();
        await Task.WhenAll(readers);
        AssertAllAreThere(chain.Ledger);
    }

    private static async Task WaitForEmptyAsync(TransactionPool pool, CancellationToken cancellation)
    {
        TaskCompletionSource isEmpty = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable subscription = pool.Subscribe(_ => Look());
        Look();
        await isEmpty.Task.WaitAsync(cancellation);

        void Look()
        {
            if (pool.Count == 0)
            {
                isEmpty.TrySetResult();
            }
        }
    }

    private static async Task SendAsync(BlockProducer producer, Transaction[] transactions, int seed)
    {
        new Random(seed).Shuffle(transactions);
        foreach (Transaction transaction in transactions)
        {
            Submission submission = await producer.SubmitAsync(transaction, TestContext.Current.CancellationToken);
            Assert.True(submission.IsAccepted, submission.Pool.ToString());

            // What fills a gap is there at its answer; what stands behind one goes with what fills it, later.
            Assert.True(
                submission.Block is null
                || submission.Block.Block.Transactions[submission.Index].Hash == transaction.Hash);
        }
    }

    private static void Read(TestChain chain, CancellationToken done)
    {
        ulong last = 0;
        while (!done.IsCancellationRequested)
        {
            LedgerBlock head = chain.Ledger.Head;
            Assert.True(head.Number >= last);
            last = head.Number;
            Assert.Equal(head.Block.Transactions.Count, head.Receipts.Count);
            foreach (Transaction transaction in head.Block.Transactions)
            {
                Assert.True(chain.Ledger.TryGetTransaction(transaction.Hash, out _));
            }

            chain.Pool.Content();
            Thread.Sleep(1);
        }
    }

    private static void AssertAllAreThere(Chain.Ledger.Ledger ledger)
    {
        Dictionary<Address, ulong> next = [];
        int count = 0;
        for (ulong number = 1; number <= ledger.Head.Number; number++)
        {
            Assert.True(ledger.TryGet(number, out LedgerBlock? block));
            foreach (Transaction transaction in block.Block.Transactions)
            {
                Assert.True(transaction.TryGetSender(out Address sender));
                Assert.Equal(next.GetValueOrDefault(sender), transaction.Nonce);
                next[sender] = transaction.Nonce + 1;
                count++;
            }
        }

        Assert.Equal(SenderCount * EachCount, count);
    }

    private static void Fund(StateChanges alloc)
    {
        foreach (TestAccount sender in Senders)
        {
            alloc.Of(sender.Address).Account = new Account(0, UInt256.Power(10, 22), Account.NoCode);
        }
    }
}
