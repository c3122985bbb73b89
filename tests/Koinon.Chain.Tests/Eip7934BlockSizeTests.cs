using Koinon.Chain.Building;
using Koinon.Chain.Forks;
using Koinon.Chain.Ledger;
using Koinon.Primitives.Transactions;

namespace Koinon.Chain.Tests;

/// <summary>The limit of a block's RLP: 10 MiB less 2 MiB for the beacon block around it (EIP-7934).</summary>
public class Eip7934BlockSizeTests
{
    private const int Limit = 8_388_608;
    private const int DataBytes = 400_000;

    [Fact]
    public void BlockBytesMax_OfEveryFork_BeginsWithOsaka()
    {
        foreach (BlockRules rules in BlockForkList.All)
        {
            Assert.Equal(rules.Name == "Osaka" ? Limit : null, rules.BlockBytesMax);
        }
    }

    [Fact]
    public void Import_OfABlockOfTheLimit_TakesItAndRefusesOneByteMore()
    {
        using TestChain chain = new("Osaka");
        BlockRules unbounded = TestChain.RulesOf("Osaka") with { BlockBytesMax = null };

        BlockImport taken = chain.Ledger.Import(BuildOfSize(unbounded, Limit));
        BlockImport refused = chain.Ledger.Import(BuildOfSize(unbounded, Limit + 1));

        Assert.Equal(BlockError.None, taken.Error);
        Assert.Equal(BlockError.BlockTooLarge, refused.Error);
    }

    [Fact]
    public void Import_OfABlockOverTheLimitBeforeOsaka_TakesIt()
    {
        using TestChain chain = new("Prague");

        Assert.Equal(BlockError.None, chain.Ledger.Import(BuildOfSize(TestChain.RulesOf("Prague"), Limit + 1)).Error);
    }

    [Fact]
    public void Build_OfMoreThanFits_StaysWithinTheLimit()
    {
        using TestChain chain = new("Osaka", new Consensus.DevelopmentSealing());
        List<Transaction> transactions = [];
        for (ulong nonce = 0; nonce < 22; nonce++)
        {
            transactions.Add(Carry(DataBytes, nonce));
        }

        BuildResult result = chain.Builder.Build(
            chain.Ledger.GenesisBlock, transactions, new BuildRequest { Timestamp = 1 }, CancellationToken.None);

        LedgerBlock block = result.Block!;
        Assert.True(block.Block.Size <= Limit, $"{block.Block.Size} bytes");
        Assert.Equal(20, block.Block.Transactions.Count);
        Assert.Empty(result.Refused);
        Assert.Equal(BlockError.None, chain.Ledger.Import(block.Block.Encode()).Error);
    }

    /// <summary>
    /// A block of exactly so many bytes, valid but for its length: rules without a limit let it be built.
    /// </summary>
    private static byte[] BuildOfSize(BlockRules rules, int bytes)
    {
        using TestChain chain = new(rules);
        int lastDataBytes = DataBytes / 2;
        for (int attempt = 0; attempt < 10; attempt++)
        {
            List<Transaction> transactions = [];
            for (ulong nonce = 0; nonce < 20; nonce++)
            {
                transactions.Add(Carry(DataBytes, nonce));
            }

            transactions.Add(Carry(lastDataBytes, 20));
            Primitives.Blocks.Block block = chain.Build(chain.Ledger.GenesisBlock, 12, [.. transactions]).Block;
            if (block.Size == bytes)
            {
                return block.Encode();
            }

            // Another length is another signature, which may be a byte shorter: hence the attempts.
            lastDataBytes += bytes - block.Size;
        }

        throw new InvalidOperationException($"no block of {bytes} bytes");
    }

    private static Transaction Carry(int bytes, ulong nonce) =>
        TestChain.Alice.Pay(TestChain.Bob.Address, nonce, data: new byte[bytes], gas: 21_000 + 10 * (ulong)bytes);
}
