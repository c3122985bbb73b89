using Koinon.Chain.Forks;
using Koinon.Chain.Networks;
using Koinon.Primitives;

namespace Koinon.Chain.Tests.Networks;

public class NamedNetworksTests
{
    // Blocks and times of the forks' first blocks on mainnet.
    [Theory]
    [InlineData(1_149_999ul, 1_457_981_342ul, "Frontier")]
    [InlineData(1_150_000ul, 1_457_981_393ul, "Homestead")]
    [InlineData(7_280_000ul, 1_551_383_524ul, "ConstantinopleFix")]
    [InlineData(9_200_000ul, 1_577_953_849ul, "MuirGlacier")]
    [InlineData(12_965_000ul, 1_628_166_822ul, "London")]
    [InlineData(15_537_393ul, 1_663_224_162ul, "GrayGlacier")]
    public void At_OfMainnetBeforeTheMerge_IsItsFork(ulong number, ulong time, string fork) =>
        Assert.Equal(fork, new NetworkSchedule(NamedNetworks.Mainnet).At(number, time, 0).Rules.Name);

    [Theory]
    [InlineData(1_663_224_179ul, "Paris", 0ul)]
    [InlineData(1_681_338_455ul, "Shanghai", 0ul)]
    [InlineData(1_710_338_135ul, "Cancun", 6ul)]
    [InlineData(1_746_612_311ul, "Prague", 9ul)]
    [InlineData(1_764_798_551ul, "Osaka", 9ul)]
    [InlineData(1_765_290_071ul, "Osaka", 15ul)]
    [InlineData(1_767_747_671ul, "Osaka", 21ul)]
    public void At_OfMainnetAfterTheMerge_IsItsForkAndSchedule(ulong time, string fork, ulong blobsMax)
    {
        UInt256 total = UInt256.Parse("58750003716598352816469");
        ActiveRules rules = new NetworkSchedule(NamedNetworks.Mainnet).At(20_000_000, time, total);

        Assert.Equal(fork, rules.Rules.Name);
        Assert.Equal(blobsMax, rules.Blobs?.Maximum ?? 0);
    }

    [Theory]
    [InlineData("mainnet", 1ul)]
    [InlineData("Sepolia", 11_155_111ul)]
    [InlineData("HOLESKY", 17_000ul)]
    [InlineData("hoodi", 560_048ul)]
    public void TryFind_OfAPublicNetwork_IsIt(string name, ulong chainId)
    {
        Assert.True(NamedNetworks.TryFind(name, out NetworkParameters? network));

        Assert.Equal(chainId, network.ChainId);
        Assert.Equal(new BlobParameters(14, 21, 11_684_671), new NetworkSchedule(network).At(
            100_000_000, 2_000_000_000, UInt256.MaxValue).Blobs);
    }

    [Fact]
    public void TryFind_OfAnotherName_IsFalse() => Assert.False(NamedNetworks.TryFind("ropsten", out _));
}
