using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;

namespace Koinon.Chain.Tests.Pool;

public class BlobPoolTests
{
    [Theory]
    [InlineData("Cancun", 0)]
    [InlineData("Prague", 0)]
    [InlineData("Osaka", 1)]
    public void Add_WithTheProofsOfTheFork_IsTaken(string fork, byte version)
    {
        using TestChain chain = new(fork);
        BlobSidecar sidecar = TestBlobs.Sidecar(version, 1, 2);
        Transaction transaction = TestBlobs.Transaction(TestChain.Alice, 0, sidecar);

        PoolResult result = chain.Pool.Add(transaction);

        Assert.Equal(default, result);
        Hash256 second = transaction.BlobVersionedHashes[1];
        Assert.True(chain.Pool.TryGetBlob(second, out Transaction? found, out int index));
        Assert.Equal((transaction, 1), (found, index));
    }

    [Theory]
    [InlineData("Prague", 1, "a proof for each blob")]
    [InlineData("Osaka", 0, "cell proofs")]
    public void Add_WithTheProofsOfAnotherFork_SaysWhatIsNeeded(string fork, byte version, string needed)
    {
        using TestChain chain = new(fork);

        PoolResult result = chain.Pool.Add(
            TestBlobs.Transaction(TestChain.Alice, 0, TestBlobs.Sidecar(version, 1)));

        Assert.Equal(PoolError.SidecarVersion, result.Error);
        Assert.Contains(needed, result.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Prague", 0)]
    [InlineData("Osaka", 1)]
    public void Add_OfBlobsThatAreNotThoseNamed_IsRefused(string fork, byte version)
    {
        using TestChain chain = new(fork);
        BlobSidecar one = TestBlobs.Sidecar(version, 1);
        BlobSidecar two = TestBlobs.Sidecar(version, 2);
        Hash256 first = TestBlobs.HashOf(one.Commitments[0]);
        BlobSidecar forged = new()
        {
            Version = version,
            Blobs = two.Blobs,
            Commitments = one.Commitments,
            Proofs = one.Proofs,
        };
        BlobSidecar fewProofs = new()
        {
            Version = version,
            Blobs = one.Blobs,
            Commitments = one.Commitments,
            Proofs = [],
        };
        (PoolError Error, Transaction Transaction)[] cases =
        [
            (PoolError.SidecarMissing, TestBlobs.Transaction(TestChain.Alice, 0, null, hashes: [first])),
            (PoolError.SidecarMismatch, TestBlobs.Transaction(TestChain.Alice, 0, two, hashes: [first])),
            (PoolError.SidecarMismatch, TestBlobs.Transaction(TestChain.Alice, 0, one, hashes: [first, first])),
            (PoolError.SidecarMismatch, TestBlobs.Transaction(TestChain.Alice, 0, fewProofs, hashes: [first])),
            (PoolError.BlobProofInvalid, TestBlobs.Transaction(TestChain.Alice, 0, forged, hashes: [first])),
        ];

        foreach ((PoolError error, Transaction transaction) in cases)
        {
            PoolResult result = chain.Pool.Add(transaction);
            Assert.Equal(error, result.Error);
            Assert.NotNull(result.Detail);
        }

        Assert.Equal(0, chain.Pool.Count);
    }

    [Theory]
    [InlineData(1_999, PoolError.ReplacementUnderpriced)]
    [InlineData(2_000, PoolError.None)]
    public void Add_OfTheSameNonce_ReplacesFromTwiceTheFees(ulong fee, PoolError error)
    {
        using TestChain chain = new("Osaka");
        BlobSidecar sidecar = TestBlobs.Sidecar(1, 1);
        chain.Pool.Add(TestBlobs.Transaction(TestChain.Alice, 0, sidecar, fee: 1_000));

        Assert.Equal(error, chain.Pool.Add(TestBlobs.Transaction(TestChain.Alice, 0, sidecar, fee)).Error);
        Assert.Equal(1, chain.Pool.Count);
    }

    [Fact]
    public void Add_OfTheOtherKind_IsRefusedWhereSendersAreReserved()
    {
        using TestChain chain = new("Osaka");
        using TransactionPool lenient = new(chain.Ledger, PoolOptions.Development);
        BlobSidecar sidecar = TestBlobs.Sidecar(1, 1);
        Transaction plain = TestChain.Alice.Pay(Address.FromWord(1), 0);
        Transaction withBlobs = TestBlobs.Transaction(TestChain.Alice, 1, sidecar);

        Assert.Equal(PoolError.None, chain.Pool.Add(plain).Error);
        Assert.Equal(PoolError.SenderReserved, chain.Pool.Add(withBlobs).Error);
        Assert.Equal(PoolError.None, lenient.Add(plain).Error);
        Assert.Equal(PoolError.None, lenient.Add(withBlobs).Error);
    }

    [Fact]
    public void Add_BeyondTheRoomForBlobs_GivesUpTheLeastPaying()
    {
        using TestChain chain = new("Osaka");
        using TransactionPool pool = new(chain.Ledger, new PoolOptions { BlobBytesMax = 150_000 });
        BlobSidecar sidecar = TestBlobs.Sidecar(1, 1);
        Transaction cheap = TestBlobs.Transaction(TestChain.Alice, 0, sidecar, fee: 1_000);
        Transaction dear = TestBlobs.Transaction(TestChain.Bob, 0, sidecar, fee: 2_000);

        Assert.Equal(PoolError.None, pool.Add(cheap).Error);
        Assert.Equal(PoolError.None, pool.Add(dear).Error);
        Assert.Equal(PoolError.Underpriced, pool.Add(cheap).Error);
        Assert.True(pool.TryGet(dear.Hash, out _));
        Assert.Equal(1, pool.Count);
    }

    [Fact]
    public void MovingTheHead_KeepsBlobsAtHandAndTakesThemBack()
    {
        using TestChain chain = new("Osaka");
        Transaction transaction = TestBlobs.Transaction(TestChain.Alice, 0, TestBlobs.Sidecar(1, 5));
        Assert.Equal(default, chain.Pool.Add(transaction));
        LedgerBlock genesis = chain.Ledger.GenesisBlock;
        LedgerBlock block = chain.Extend(genesis, 12, transaction.WithoutSidecar());
        LedgerBlock other = chain.Extend(genesis, 13);
        Assert.Equal(HeadError.None, chain.Ledger.SetHead(block.Hash, Hash256.Zero, Hash256.Zero));
        Assert.Equal(0, chain.Pool.Count);
        Assert.True(chain.Pool.TryGetBlob(transaction.BlobVersionedHashes[0], out _, out _));

        Assert.Equal(HeadError.None, chain.Ledger.SetHead(other.Hash, Hash256.Zero, Hash256.Zero));

        Assert.True(chain.Pool.TryGet(transaction.Hash, out Transaction? back));
        Assert.NotNull(back.Sidecar);
    }
}
