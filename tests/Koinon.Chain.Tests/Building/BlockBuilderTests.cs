using Koinon.Chain.Building;
using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Consensus;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.Transactions;

namespace Koinon.Chain.Tests.Building;

public class BlockBuilderTests
{
    [Theory]
    [InlineData("Frontier")]
    [InlineData("Homestead")]
    [InlineData("EIP158")]
    [InlineData("Byzantium")]
    [InlineData("ConstantinopleFix")]
    [InlineData("London")]
    [InlineData("Paris")]
    [InlineData("Shanghai")]
    [InlineData("Cancun")]
    [InlineData("Prague")]
    [InlineData("Osaka")]
    public void Build_OfAnyFork_MakesBlocksThatImport(string fork)
    {
        using TestChain chain = new(fork);
        Transaction payment = TestChain.Alice.Sign(new Transaction
        {
            GasLimit = 21_000,
            MaxFeePerGas = 1_000_000_000,
            MaxPriorityFeePerGas = 1_000_000_000,
            To = TestChain.Bob.Address,
        });

        LedgerBlock block = chain.Extend(chain.Ledger.GenesisBlock, 12, payment);
        block = chain.Extend(block);

        Assert.Equal(2ul, block.Number);
        Assert.Single(chain.Ledger.TryGet(block.Header.ParentHash, out LedgerBlock? first) ? first.Receipts : []);
    }

    [Fact]
    public void Build_FromThePool_TakesTheBestPayingInTheOrderOfNonces()
    {
        using TestChain chain = new("Osaka", new DevelopmentSealing());
        Address to = Address.FromWord(0xdead);
        Transaction alice0 = TestChain.Alice.Pay(to, 0, 2_000_000_000);
        Transaction alice1 = TestChain.Alice.Pay(to, 1, 9_000_000_000);
        Transaction bob0 = TestChain.Bob.Pay(to, 0, 5_000_000_000);
        Transaction bobGap = TestChain.Bob.Pay(to, 2, 9_000_000_000);
        foreach (Transaction transaction in (Transaction[])[alice1, bobGap, alice0, bob0])
        {
            Assert.Equal(PoolError.None, chain.Pool.Add(transaction).Error);
        }

        BuildRequest request = new() { Timestamp = 5 };
        BuildResult result = chain.Builder.Build(chain.Pool, request, CancellationToken.None);

        Assert.True(chain.Ledger.TryCommit(result.Block!));
        Assert.Equal([bob0, alice0, alice1], result.Block!.Block.Transactions);
        Assert.Equal(1, chain.Pool.Count);
        Assert.Equal(1ul, chain.Pool.NextNonceOf(TestChain.Bob.Address));
        Assert.Equal(2ul, chain.Pool.NextNonceOf(TestChain.Alice.Address));
    }

    [Fact]
    public void Build_OneAfterAnotherAtTheSameTime_RaisesTimestamps()
    {
        using TestChain chain = new("Osaka", new DevelopmentSealing());
        for (ulong nonce = 0; nonce < 3; nonce++)
        {
            chain.Pool.Add(TestChain.Alice.Pay(TestChain.Bob.Address, nonce));
            BuildRequest request = new() { Timestamp = 100, TransactionsMax = 1 };
            BuildResult result = chain.Builder.Build(chain.Pool, request, CancellationToken.None);
            Assert.True(chain.Ledger.TryCommit(result.Block!));
        }

        Assert.Equal(3ul, chain.Ledger.Head.Number);
        Assert.Equal(102ul, chain.Ledger.Head.Header.Timestamp);
        Assert.Single(chain.Ledger.Head.Block.Transactions);
        Assert.False(chain.Ledger.Head.Header.MixHash.IsZero);
    }

    [Fact]
    public void Build_OfTransactionsThatCanNeverRun_NamesThem()
    {
        using TestChain chain = new("Osaka");
        Transaction stale = TestChain.Alice.Pay(TestChain.Bob.Address, 0, 8_000_000_000);
        LedgerBlock parent = chain.Extend(chain.Ledger.GenesisBlock, 12, TestChain.Alice.Pay(TestChain.Bob.Address, 0));

        BuildResult result = chain.Builder.Build(parent, [stale], new BuildRequest(), CancellationToken.None);

        Assert.Empty(result.Block!.Block.Transactions);
        Assert.Equal((stale, TransactionError.NonceTooLow), Assert.Single(result.Refused));
    }

    // Two hashes a try and some tries: a fixed difficulty keeps a development network's blocks within reach.
    [Fact]
    public void Build_WithAFixedDifficulty_FindsASealThatIsChecked()
    {
        EthashCaches caches = new();
        Ethash consensus = new(caches, fixedDifficulty: 20);
        using TestChain chain = new("London", consensus);

        LedgerBlock block = chain.Extend(chain.Extend(chain.Ledger.GenesisBlock));

        Assert.Equal(20ul, block.Header.Difficulty);
        Assert.Equal(1_000_040ul, block.TotalDifficulty);
        HeaderDraft forged = HeaderDraft.Of(chain.Build(block).Header);
        forged.MixHash = Hash256.Zero;
        Block unsealed = new() { Header = forged.ToHeader() };
        Assert.Equal(BlockError.MixHashWrong, chain.Ledger.Import(unsealed.Encode()).Error);
    }

    [Fact]
    public void Build_WhenCancelled_Throws()
    {
        using TestChain chain = new("London", new Ethash(new EthashCaches()));

        Assert.Throws<OperationCanceledException>(() => chain.Builder.Build(
            chain.Ledger.GenesisBlock, [], new BuildRequest(), new CancellationToken(canceled: true)));
    }
}
