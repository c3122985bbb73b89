using Koinon.Primitives;

namespace Koinon.Consensus.Tests;

public class EthashEpochTests
{
    // Ethash specification revision 23, "Data Sizes".
    [Theory]
    [InlineData(0u, 16_776_896ul, 1_073_739_904ul)]
    [InlineData(1u, 16_907_456ul, 1_082_130_304ul)]
    [InlineData(2u, 17_039_296ul, 1_090_514_816ul)]
    [InlineData(3u, 17_170_112ul, 1_098_906_752ul)]
    public void Sizes_OfTheFirstEpochs_AreThoseOfTheSpecification(uint epoch, ulong cacheBytes, ulong datasetBytes)
    {
        Assert.Equal(cacheBytes, new EthashEpoch(epoch).CacheBytes);
        Assert.Equal(datasetBytes, new EthashEpoch(epoch).DatasetBytes);
    }

    [Theory]
    [InlineData(0ul, 0u)]
    [InlineData(29_999ul, 0u)]
    [InlineData(30_000ul, 1u)]
    [InlineData(15_537_393ul, 517u)]
    public void Of_ABlockNumber_CountsThirtyThousands(ulong number, uint epoch) =>
        Assert.Equal(new EthashEpoch(epoch), EthashEpoch.Of(number));

    [Fact]
    public void Seed_OfTheSecondEpoch_IsTheHashOfZeros()
    {
        Assert.Equal(Hash256.Zero, new EthashEpoch(0).Seed);
        Assert.Equal(Hash256.Keccak(new byte[32]), new EthashEpoch(1).Seed);
    }
}
