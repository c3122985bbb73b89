using Koinon.Chain.Forks;
using Koinon.Chain.Networks;

namespace Koinon.Chain.Tests.Networks;

public class NetworkScheduleTests
{
    private static readonly Dictionary<string, BlobParameters> NoBlobs = [];

    [Theory]
    [InlineData("Frontier", 0ul, 0ul, 0ul, "Frontier")]
    [InlineData("ConstantinopleFix", 7ul, 9ul, 0ul, "ConstantinopleFix")]
    [InlineData("BerlinToLondonAt5", 4ul, 0ul, 0ul, "Berlin")]
    [InlineData("BerlinToLondonAt5", 5ul, 0ul, 0ul, "London")]
    [InlineData("ParisToShanghaiAtTime15k", 99ul, 14_999ul, 0ul, "Paris")]
    [InlineData("ParisToShanghaiAtTime15k", 1ul, 15_000ul, 0ul, "Shanghai")]
    [InlineData("ArrowGlacierToParisAtDiffC0000", 9ul, 0ul, 0xbfffful, "ArrowGlacier")]
    [InlineData("ArrowGlacierToParisAtDiffC0000", 9ul, 0ul, 0xc0000ul, "Paris")]
    public void At_OfATestNetwork_IsItsFork(string name, ulong number, ulong time, ulong parentTotal, string fork)
    {
        Assert.True(TestNetworks.TryParse(name, 1, NoBlobs, out NetworkParameters? network));

        Assert.Equal(fork, new NetworkSchedule(network!).At(number, time, parentTotal).Rules.Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Atlantis")]
    [InlineData("BerlinToAtlantisAt5")]
    [InlineData("BerlinToLondon")]
    [InlineData("BerlinToLondonAtNoon")]
    [InlineData("OsakaToBPO1AtTime15k")]
    public void TryParse_OfAnUnknownNetwork_IsFalse(string name) =>
        Assert.False(TestNetworks.TryParse(name, 1, NoBlobs, out _));

    [Fact]
    public void At_OfHomesteadToDao_IsHomesteadWithTheFork()
    {
        Assert.True(TestNetworks.TryParse("HomesteadToDaoAt5", 1, NoBlobs, out NetworkParameters? network));

        Assert.Equal(5ul, network!.DaoForkNumber);
        Assert.Equal("Homestead", new NetworkSchedule(network).At(5, 0, 0).Rules.Name);
        Assert.False(DaoFork.RequiresExtraData(network, 4));
        Assert.True(DaoFork.RequiresExtraData(network, 5));
        Assert.True(DaoFork.RequiresExtraData(network, 14));
        Assert.False(DaoFork.RequiresExtraData(network, 15));
    }

    [Fact]
    public void At_OfABlobSchedule_ChangesBlobsAlone()
    {
        Dictionary<string, BlobParameters> blobs = new() { ["BPO1"] = new BlobParameters(10, 15, 8_346_193) };
        Assert.True(TestNetworks.TryParse("OsakaToBPO1AtTime15k", 1, blobs, out NetworkParameters? network));
        NetworkSchedule schedule = new(network!);

        ActiveRules before = schedule.At(1, 14_999, 0);
        ActiveRules after = schedule.At(1, 15_000, 0);

        Assert.Equal(new BlobParameters(6, 9, 5_007_716), before.Blobs);
        Assert.Equal(blobs["BPO1"], after.Blobs);
        Assert.Same(before.Rules, after.Rules);
    }

    [Fact]
    public void At_OfAForkThatHasNotBegun_HoldsBackThoseThatFollow()
    {
        const string name = "ArrowGlacierToParisAtDiffC0000";
        Assert.True(TestNetworks.TryParse(name, 1, NoBlobs, out NetworkParameters? network));
        BlockForkList.TryFind("Shanghai", out BlockRules shanghai);
        ForkActivation late = new(ActivationKind.Time, 0, shanghai);
        NetworkSchedule schedule = new(network! with { Activations = [.. network.Activations, late] });

        Assert.Equal("ArrowGlacier", schedule.At(9, 99, 0).Rules.Name);
        Assert.Equal("Shanghai", schedule.At(9, 99, 0xc0000).Rules.Name);
    }

    [Fact]
    public void All_EachForkButTheFirst_DiffersFromItsParent()
    {
        for (int i = 1; i < BlockForkList.All.Count; i++)
        {
            BlockRules parent = BlockForkList.All[i - 1];
            Assert.NotEqual(parent, BlockForkList.All[i] with { Name = parent.Name });
        }
    }
}
