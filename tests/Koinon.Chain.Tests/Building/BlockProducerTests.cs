using Koinon.Chain.Building;
using Koinon.Chain.Ledger;
using Koinon.Consensus;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;

namespace Koinon.Chain.Tests.Building;

public sealed class BlockProducerTests : IAsyncDisposable
{
    private static readonly Address To = Address.FromWord(0xbeef);

    private readonly TestChain _chain = new("Osaka", new DevelopmentSealing());
    private readonly ManualTime _time = new();
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;
    private BlockProducer? _producer;

    private BlockProducer Producer => _producer ??= Make(MiningMode.Automatic);

    private LedgerBlock Head => _chain.Ledger.Head;

    public async ValueTask DisposeAsync()
    {
        await Producer.DisposeAsync();
        _chain.Dispose();
    }

    [Fact]
    public async Task SubmitAsync_Automatic_AnswersWhenTheBlockIsPublished()
    {
        Transaction payment = TestChain.Alice.Pay(To, 0);

        Submission submission = await Producer.SubmitAsync(payment, _cancellation);

        Assert.True(submission.IsAccepted);
        Assert.Same(Head, submission.Block);
        Assert.Equal(payment.Hash, Head.Block.Transactions[submission.Index].Hash);
        Assert.True(_chain.Ledger.TryGetTransaction(payment.Hash, out LedgerTransaction found));
        Assert.True(found.Receipt.Succeeded);
        Assert.Equal((ulong)_time.GetUtcNow().ToUnixTimeSeconds(), Head.Header.Timestamp);
        Assert.Equal(0, _chain.Pool.Count);
    }

    [Fact]
    public async Task SubmitAsync_OfAGap_WaitsAndGoesWithWhatFillsIt()
    {
        Submission second = await Producer.SubmitAsync(TestChain.Alice.Pay(To, 1), _cancellation);
        Assert.True(second.IsAccepted);
        Assert.Null(second.Block);
        Assert.Equal(0ul, Head.Number);

        Submission first = await Producer.SubmitAsync(TestChain.Alice.Pay(To, 0), _cancellation);

        Assert.Equal(1ul, first.Block!.Number);
        Assert.Equal(2, Head.Block.Transactions.Count);
    }

    [Fact]
    public async Task SubmitAsync_OfWhatThePoolRefuses_SaysWhy()
    {
        Submission submission = await Producer.SubmitAsync(new TestAccount(9).Pay(To, 0), _cancellation);

        Assert.False(submission.IsAccepted);
        Assert.Equal(TransactionError.InsufficientFunds, submission.Pool.Transaction);
        Assert.Equal(0ul, Head.Number);
    }

    [Fact]
    public async Task SubmitAsync_WithFewTransactionsABlock_LeavesNothingBehind()
    {
        _producer = Make(MiningMode.Automatic, new ProducerSettings { TransactionsMax = 1 });
        for (ulong nonce = 3; nonce > 0; nonce--)
        {
            await Producer.SubmitAsync(TestChain.Alice.Pay(To, nonce), _cancellation);
        }

        Submission first = await Producer.SubmitAsync(TestChain.Alice.Pay(To, 0), _cancellation);
        await Producer.ProduceReadyAsync(_cancellation);

        Assert.Equal(1ul, first.Block!.Number);
        Assert.Equal(0, _chain.Pool.Count);
        Assert.Equal(4ul, Head.Number);
    }

    [Fact]
    public async Task ProduceAsync_Manual_TakesWhatWaitsOrNothing()
    {
        _producer = Make(MiningMode.Manual);
        Submission submission = await Producer.SubmitAsync(TestChain.Alice.Pay(To, 0), _cancellation);
        Assert.Null(submission.Block);
        Assert.Equal(0ul, Head.Number);

        Production first = await Producer.ProduceAsync(ProduceRequest.Usual, _cancellation);
        Production second = await Producer.ProduceAsync(ProduceRequest.Usual, _cancellation);
        Production third = await Producer.ProduceAsync(ProduceRequest.OfWaiting, _cancellation);

        Assert.Single(first.Last!.Block.Transactions);
        Assert.Empty(second.Last!.Block.Transactions);
        Assert.Equal((0ul, null), (third.Count, third.Last));
        Assert.Equal(2ul, Head.Number);
    }

    [Fact]
    public async Task ProduceAsync_OfGivenTransactions_TakesThoseAlone()
    {
        _producer = Make(MiningMode.Manual);
        await Producer.SubmitAsync(TestChain.Alice.Pay(To, 0), _cancellation);
        Transaction given = TestChain.Bob.Pay(To, 0);
        Transaction stale = TestChain.Bob.Pay(To, 0, 9_000_000_000);

        Production made = await Producer.ProduceAsync(
            new ProduceRequest { Transactions = [given, stale] }, _cancellation);

        Assert.Equal([given], made.Last!.Block.Transactions);
        Assert.Equal((stale, TransactionError.NonceTooLow), Assert.Single(made.Refused));
        Assert.Equal(1, _chain.Pool.Count);
    }

    [Fact]
    public async Task SetMode_FromManualToAutomatic_LosesNothing()
    {
        _producer = Make(MiningMode.Manual);
        await Producer.SubmitAsync(TestChain.Alice.Pay(To, 0), _cancellation);
        Producer.SetMode(MiningMode.Automatic);
        Assert.Equal(0ul, Head.Number);

        Production made = await Producer.ProduceReadyAsync(_cancellation);

        Assert.Equal(1ul, made.Count);
        Assert.Equal(0, _chain.Pool.Count);
    }

    [Fact]
    public async Task Interval_OfFractions_BuildsBlocksWithAndWithoutTransactions()
    {
        _producer = Make(MiningMode.Every(TimeSpan.FromMilliseconds(250)));
        await Producer.SubmitAsync(TestChain.Alice.Pay(To, 0), _cancellation);
        Assert.Equal(0ul, Head.Number);

        await TickAsync(TimeSpan.FromMilliseconds(249), 0);
        await TickAsync(TimeSpan.FromMilliseconds(1), 1);
        Assert.Single(Head.Block.Transactions);
        await TickAsync(TimeSpan.FromMilliseconds(250), 2);
        Assert.Empty(Head.Block.Transactions);
        await TickAsync(TimeSpan.FromMilliseconds(250), 3);

        Producer.SetMode(MiningMode.Manual);
        Assert.Equal(0, _time.TimerCount);
    }

    [Fact]
    public async Task Mixed_BuildsAtOnceAndAtThePace()
    {
        _producer = Make(MiningMode.Mixed(TimeSpan.FromSeconds(2)));
        Submission submission = await Producer.SubmitAsync(TestChain.Alice.Pay(To, 0), _cancellation);
        Assert.Equal(1ul, submission.Block!.Number);

        await TickAsync(TimeSpan.FromSeconds(2), 2);

        Assert.Empty(Head.Block.Transactions);
    }

    [Fact]
    public async Task Interval_OfARange_StaysWithinIt()
    {
        _producer = Make(MiningMode.Every(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3)));
        for (ulong number = 1; number <= 20; number++)
        {
            DateTimeOffset before = _time.GetUtcNow();
            await TickAsync(TimeSpan.FromMilliseconds(1_999), number - 1);
            while (Head.Number < number)
            {
                _time.Advance(TimeSpan.FromMilliseconds(1));
                await SettleAsync();
                Assert.True(_time.GetUtcNow() - before <= TimeSpan.FromMilliseconds(3_001));
            }
        }
    }

    [Fact]
    public async Task Interval_AfterABlockThatFailed_GoesOn()
    {
        FailingClock clock = new();
        _producer = new BlockProducer(_chain.Ledger, _chain.Pool, _time, new ProducerOptions
        {
            Mode = MiningMode.Every(TimeSpan.FromSeconds(1)),
            Clock = clock,
        });
        await TickAsync(TimeSpan.FromSeconds(1), 1);

        clock.Fails = true;
        await TickAsync(TimeSpan.FromSeconds(1), 1);
        clock.Fails = false;

        await TickAsync(TimeSpan.FromSeconds(1), 2);
    }

    [Fact]
    public async Task Next_HoldsForOneBlockHoweverItIsMade()
    {
        ulong time = (ulong)_time.GetUtcNow().ToUnixTimeSeconds();
        Address author = Address.FromWord(0xa);
        Hash256 randao = Hash256.Keccak([1]);
        Producer.AmendNext(next => next with
        {
            Timestamp = time + 500,
            BaseFeePerGas = 123,
            PrevRandao = randao,
            Beneficiary = author,
            GasLimit = 7_000_000,
        });

        await Producer.SubmitAsync(TestChain.Alice.Pay(To, 0), _cancellation);
        LedgerBlock special = Head;
        await Producer.SubmitAsync(TestChain.Alice.Pay(To, 1), _cancellation);

        Assert.Equal(time + 500, special.Header.Timestamp);
        Assert.Equal((UInt256)123u, special.Header.BaseFeePerGas);
        Assert.Equal(randao, special.Header.MixHash);
        Assert.Equal(author, special.Header.Beneficiary);
        Assert.Equal(7_000_000ul, special.Header.GasLimit);
        Assert.Same(NextBlock.Usual, Producer.Next);
        Assert.Equal(time + 501, Head.Header.Timestamp);
        Assert.NotEqual(randao, Head.Header.MixHash);
        Assert.NotEqual(author, Head.Header.Beneficiary);
    }

    [Fact]
    public async Task Next_IsNotUsedUpByWhatMakesNoBlock()
    {
        Producer.AmendNext(next => next with { Timestamp = 5_000_000 });

        await Producer.ProduceReadyAsync(_cancellation);
        Producer.BuildPending(_cancellation);
        await Producer.SubmitAsync(TestChain.Alice.Pay(To, 5), _cancellation);
        Assert.Equal(5_000_000ul, Producer.Next.Timestamp);

        await Producer.ProduceAsync(ProduceRequest.Usual, _cancellation);
        Assert.Equal(5_000_000ul, Head.Header.Timestamp);
    }

    [Fact]
    public async Task Settings_HoldUntilTheyAreChanged()
    {
        Address author = Address.FromWord(0xc0);
        Producer.AmendSettings(settings => settings with
        {
            Beneficiary = author,
            GasLimit = 12_345_678,
            ExtraData = new byte[] { 1, 2 },
            BaseFeePerGas = 9,
        });

        for (int i = 0; i < 2; i++)
        {
            await Producer.ProduceAsync(ProduceRequest.Usual, _cancellation);
            Assert.Equal(author, Head.Header.Beneficiary);
            Assert.Equal(12_345_678ul, Head.Header.GasLimit);
            Assert.Equal([1, 2], Head.Header.ExtraData.ToArray());
            Assert.Equal((UInt256)9u, Head.Header.BaseFeePerGas);
        }
    }

    [Fact]
    public async Task ProduceManyAsync_BuildsAllOfThemAtTheirTimes()
    {
        await Producer.ProduceAsync(ProduceRequest.Usual, _cancellation);
        ulong start = Head.Header.Timestamp;

        Production made = await Producer.ProduceManyAsync(3_000, 60, spacesFirst: false, _cancellation);

        Assert.Equal((3_000ul, 3_001ul), (made.Count, Head.Number));
        Assert.Equal(start + 1 + (2_999 * 60), Head.Header.Timestamp);
        Assert.True(_chain.Ledger.TryGet(2_999ul, out LedgerBlock? block));
        Assert.True(_chain.Ledger.TryGet(3_000ul, out LedgerBlock? child));
        Assert.Equal(block.Hash, child.Header.ParentHash);

        made = await Producer.ProduceManyAsync(2, 60, spacesFirst: true, _cancellation);
        Assert.Equal(start + 1 + (3_001 * 60), made.Last!.Header.Timestamp);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () =>
            await Producer.ProduceManyAsync(0x1_0000_0000, 1, spacesFirst: false, _cancellation));
    }

    [Fact]
    public async Task ProduceManyAsync_MakesAndTellsOfWhatBlockByBlockWouldBeMade()
    {
        List<LedgerBlock> told = [];
        using IDisposable subscription = _chain.Ledger.Subscribe(change => told.AddRange(change.Added));

        Production made = await Producer.ProduceManyAsync(100, 5, spacesFirst: true, _cancellation);

        Assert.Equal((100ul, 100ul), (made.Count, Head.Number));
        Assert.Equal(made.Last, Head);
        using TestChain other = new("Osaka", new DevelopmentSealing());
        foreach (LedgerBlock block in told)
        {
            BlockImport import = other.Ledger.Import(block.Block.Encode());
            Assert.Equal(BlockError.None, import.Error);
            Assert.Equal(block.Hash, import.Block!.Hash);
        }

        Assert.Equal(Enumerable.Range(1, 100).Select(static number => (ulong)number), told.Select(b => b.Number));
        List<string> faults = [];
        new LedgerVerification(_chain.Ledger, faults.Add, faults.Add).Run(null, default);
        Assert.Empty(faults);
    }

    [Fact]
    public void Ancestry_AboveBlocksThatNoLedgerHas_KnowsTheirHashesAndThoseBelow()
    {
        List<LedgerBlock> blocks = [_chain.Ledger.GenesisBlock];
        for (int i = 0; i < 300; i++) blocks.Add(_chain.Commit());
        List<LedgerBlock> unwritten = [];
        for (int i = 0; i < 3; i++)
        {
            unwritten.Add(_chain.Build(blocks[^1]));
            blocks.Add(unwritten[^1]);
        }

        Ancestry ancestry = new(_chain.Ledger, blocks[^1], unwritten);

        for (int number = blocks.Count - 256; number < blocks.Count; number++)
        {
            Assert.True(ancestry.TryGet((ulong)number, out Hash256 hash));
            Assert.Equal(blocks[number].Hash, hash);
        }

        Assert.False(ancestry.TryGet((ulong)blocks.Count - 257, out _));
    }

    [Theory]
    [InlineData(TransactionOrder.Fees)]
    [InlineData(TransactionOrder.Arrival)]
    public async Task Order_SaysWhoGoesFirst(TransactionOrder order)
    {
        _producer = Make(MiningMode.Manual, new ProducerSettings { Order = order });
        Transaction early = TestChain.Alice.Pay(To, 0, 2_000_000_000);
        Transaction dear = TestChain.Bob.Pay(To, 0, 3_000_000_000);
        await Producer.SubmitAsync(early, _cancellation);
        await Producer.SubmitAsync(dear, _cancellation);

        await Producer.ProduceAsync(ProduceRequest.Usual, _cancellation);

        Transaction[] expected = order == TransactionOrder.Fees ? [dear, early] : [early, dear];
        Assert.Equal(expected, Head.Block.Transactions);
    }

    [Fact]
    public async Task Senders_GoOneAfterAnotherAsTheyCame()
    {
        List<int> order = [];
        IDisposable first = await Producer.Senders.TakeAsync(TestChain.Alice.Address, _cancellation);
        using CancellationTokenSource leaves = new();
        Task<IDisposable> leaving = Producer.Senders.TakeAsync(TestChain.Alice.Address, leaves.Token).AsTask();
        List<Task> others = [];
        for (int i = 0; i < 5; i++)
        {
            int number = i;
            others.Add(Take(number));
        }

        using (await Producer.Senders.TakeAsync(TestChain.Bob.Address, _cancellation))
        {
            await leaves.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
            Assert.Empty(order);
            first.Dispose();
            await Task.WhenAll(others);
        }

        Assert.Equal([0, 1, 2, 3, 4], order);

        async Task Take(int number)
        {
            using IDisposable turn = await Producer.Senders.TakeAsync(TestChain.Alice.Address, _cancellation);
            order.Add(number);
        }
    }

    private BlockProducer Make(MiningMode mode, ProducerSettings? settings = null) => new(
        _chain.Ledger,
        _chain.Pool,
        _time,
        new ProducerOptions { Mode = mode, Settings = settings ?? new ProducerSettings() });

    /// <summary>Moves the time on and waits for the block that is due, if one is.</summary>
    private async Task TickAsync(TimeSpan by, ulong number)
    {
        _time.Advance(by);
        await SettleAsync();
        Assert.Equal(number, Head.Number);
    }

    /// <summary>Returns when no timer is being served: each is set anew when its block is made.</summary>
    private Task SettleAsync() => _time.TimerIsSet.WaitAsync(_cancellation);

    private sealed class FailingClock : IBlockClock
    {
        public bool Fails { get; set; }

        public ulong NextTimestamp(LedgerBlock parent) =>
            Fails ? throw new InvalidOperationException("no time") : parent.Header.Timestamp + 1;
    }
}
