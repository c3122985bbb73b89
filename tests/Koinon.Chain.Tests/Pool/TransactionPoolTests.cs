using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;

namespace Koinon.Chain.Tests.Pool;

public class TransactionPoolTests
{
    private static readonly Address To = Address.FromWord(0xbeef);

    [Fact]
    public void Add_OfTransactionsThatCanNeverRun_NamesWhy()
    {
        using TestChain chain = new("Osaka");
        Transaction good = TestChain.Alice.Pay(To, 0);
        chain.Ledger.TryCommit(chain.Build(chain.Ledger.GenesisBlock, 1, good));
        (TransactionError Error, Transaction Transaction)[] cases =
        [
            (TransactionError.NonceTooLow, TestChain.Alice.Pay(To, 0)),
            (TransactionError.IntrinsicGasTooLow, TestChain.Alice.Pay(To, 1, gas: 20_999)),
            (TransactionError.GasBelowFloor, TestChain.Alice.Pay(To, 1, data: new byte[100], gas: 21_400)),
            (TransactionError.GasLimitAboveMaximum, TestChain.Alice.Pay(To, 1, gas: 16_777_217)),
            (TransactionError.InsufficientFunds, new TestAccount(9).Pay(To, 0)),
            (TransactionError.NonceMaximum, TestChain.Alice.Pay(To, ulong.MaxValue)),
            (TransactionError.ChainIdMismatch, TestChain.Alice.Sign(new Transaction
            {
                ChainId = 1, Nonce = 1, GasLimit = 21_000, MaxFeePerGas = 9, MaxPriorityFeePerGas = 9, To = To,
            })),
            (TransactionError.PriorityAboveMaximumFee, TestChain.Alice.Sign(new Transaction
            {
                Type = TransactionType.DynamicFee, ChainId = TestChain.ChainId, Nonce = 1, GasLimit = 21_000,
                MaxFeePerGas = 8, MaxPriorityFeePerGas = 9, To = To,
            })),
            (TransactionError.SignatureInvalid, new Transaction
            {
                Nonce = 1, GasLimit = 21_000, MaxFeePerGas = 9, MaxPriorityFeePerGas = 9, To = To,
                Signature = new TransactionSignature(27, UInt256.MaxValue, 1),
            }),
        ];
        foreach ((TransactionError error, Transaction transaction) in cases)
        {
            PoolResult result = chain.Pool.Add(transaction);

            Assert.Equal((PoolError.TransactionInvalid, error), (result.Error, result.Transaction));
            Assert.NotNull(result.Detail);
        }

        Assert.Equal(0, chain.Pool.Count);
    }

    [Fact]
    public void Add_OfTheSameTransaction_SaysSo()
    {
        using TestChain chain = new("Osaka");
        Transaction transaction = TestChain.Alice.Pay(To, 3);

        Assert.Equal(PoolError.None, chain.Pool.Add(transaction).Error);
        Assert.Equal(PoolError.AlreadyKnown, chain.Pool.Add(transaction).Error);
        Assert.True(chain.Pool.TryGet(transaction.Hash, out _));
    }

    [Theory]
    [InlineData(1_099ul, PoolError.ReplacementUnderpriced)]
    [InlineData(1_100ul, PoolError.None)]
    public void Add_OfTheSameNonce_ReplacesFromTenPercentMore(ulong gasPrice, PoolError error)
    {
        using TestChain chain = new("Osaka");
        Transaction first = TestChain.Alice.Pay(To, 0, 1_000);
        chain.Pool.Add(first);

        Assert.Equal(error, chain.Pool.Add(TestChain.Alice.Pay(To, 0, gasPrice)).Error);
        Assert.Equal(error != PoolError.None, chain.Pool.TryGet(first.Hash, out _));
        Assert.Equal(1, chain.Pool.Count);
    }

    [Fact]
    public void Add_BeyondTheBounds_GivesUpTheLeastPaying()
    {
        using TestChain chain = new("Osaka");
        using TransactionPool pool = new(
            chain.Ledger, new PoolOptions { TransactionsMax = 3, TransactionsOfSenderMax = 2 });
        Transaction cheap = TestChain.Alice.Pay(To, 1, 1_000);
        pool.Add(TestChain.Alice.Pay(To, 0, 2_000));
        pool.Add(cheap);
        pool.Add(TestChain.Bob.Pay(To, 0, 3_000));

        Assert.Equal(PoolError.SenderFull, pool.Add(TestChain.Alice.Pay(To, 2, 9_000)).Error);
        Assert.Equal(PoolError.Underpriced, pool.Add(TestChain.Bob.Pay(To, 1, 1_000)).Error);
        Assert.Equal(PoolError.None, pool.Add(TestChain.Bob.Pay(To, 1, 1_001)).Error);
        Assert.False(pool.TryGet(cheap.Hash, out _));
        Assert.Equal(3, pool.Count);
    }

    [Fact]
    public void Ready_OfNoncesWithAGap_StopsBeforeIt()
    {
        using TestChain chain = new("Osaka");
        chain.Pool.Add(TestChain.Alice.Pay(To, 0));
        chain.Pool.Add(TestChain.Alice.Pay(To, 1));
        chain.Pool.Add(TestChain.Alice.Pay(To, 3));
        chain.Pool.Add(TestChain.Bob.Pay(To, 1));

        IReadOnlyList<PooledTransaction> ready = chain.Pool.Ready(chain.Ledger.Head.State!, 7);

        Assert.Equal([0ul, 1ul], new List<PooledTransaction>(ready).ConvertAll(pooled => pooled.Transaction.Nonce));
        Assert.Equal(2ul, chain.Pool.NextNonceOf(TestChain.Alice.Address));
        Assert.Equal(0ul, chain.Pool.NextNonceOf(TestChain.Bob.Address));
    }

    [Fact]
    public void Ready_AtABaseFeeAboveTheFee_LeavesItWaiting()
    {
        using TestChain chain = new("Osaka");
        chain.Pool.Add(TestChain.Alice.Pay(To, 0, 1_000));

        Assert.Single(chain.Pool.Ready(chain.Ledger.Head.State!, 1_000));
        Assert.Empty(chain.Pool.Ready(chain.Ledger.Head.State!, 1_001));
    }

    [Fact]
    public void MovingTheHead_TakesOutWhatIsIncludedAndStale()
    {
        using TestChain chain = new("Osaka");
        Transaction included = TestChain.Alice.Pay(To, 0);
        Transaction stale = TestChain.Bob.Pay(To, 0, 20_000_000_000);
        Transaction next = TestChain.Alice.Pay(To, 1);
        chain.Pool.Add(included);
        chain.Pool.Add(stale);
        chain.Pool.Add(next);

        LedgerBlock block = chain.Build(chain.Ledger.GenesisBlock, 1, included, TestChain.Bob.Pay(To, 0));
        Assert.True(chain.Ledger.TryCommit(block));

        Assert.Equal(1, chain.Pool.Count);
        Assert.True(chain.Pool.TryGet(next.Hash, out _));
    }
}
