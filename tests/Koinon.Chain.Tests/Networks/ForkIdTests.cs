using Koinon.Chain.Networks;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.State;

namespace Koinon.Chain.Tests.Networks;

public sealed class ForkIdTests
{
    private const ulong MergedNumber = 20_000_000;

    private static readonly Hash256 MainnetGenesis =
        Hash256.Parse("0xd4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3");

    private static readonly Hash256 SepoliaGenesis =
        Hash256.Parse("0x25a5cc106eea7138acab33231d7160d69cb777ee0c2c553fcddf5138993e6dd9");

    // The checksums stand in EIP-2124, EIP-6122 and the clients' own tests.
    [Theory]
    [InlineData(0, 0, 0xfc64ec04)]
    [InlineData(1_149_999, 0, 0xfc64ec04)]
    [InlineData(1_150_000, 0, 0x97c2c34c)]
    [InlineData(1_920_000, 0, 0x91d1f948)]
    [InlineData(2_463_000, 0, 0x7a64da13)]
    [InlineData(2_675_000, 0, 0x3edd5b10)]
    [InlineData(4_370_000, 0, 0xa00bc324)]
    [InlineData(7_280_000, 0, 0x668db0af)]
    [InlineData(9_069_000, 0, 0x879d6e30)]
    [InlineData(9_200_000, 0, 0xe029e991)]
    [InlineData(12_244_000, 0, 0x0eb440f6)]
    [InlineData(12_965_000, 0, 0xb715077d)]
    [InlineData(13_773_000, 0, 0x20c327fc)]
    [InlineData(15_050_000, 0, 0xf0afd0e3)]
    [InlineData(MergedNumber, 1_681_338_455, 0xdce96c2d)]
    [InlineData(MergedNumber, 1_710_338_135, 0x9f3d2254)]
    [InlineData(MergedNumber, 1_746_612_311, 0xc376cf8b)]
    public void Of_Mainnet_IsThatOfTheSpecification(ulong number, ulong time, uint expected) =>
        Assert.Equal(expected, Of(NamedNetworks.Mainnet, MainnetGenesis, number, time));

    [Theory]
    [InlineData(0, 0, 0xfe3366e7)]
    [InlineData(1_735_371, 0, 0xb96cbd13)]
    [InlineData(MergedNumber, 1_677_557_088, 0xf7f9bc08)]
    [InlineData(MergedNumber, 1_706_655_072, 0x88cf81d9)]
    public void Of_Sepolia_CountsTheNumberThatPartedItAtTheMerge(ulong number, ulong time, uint expected) =>
        Assert.Equal(expected, Of(NamedNetworks.Sepolia, SepoliaGenesis, number, time));

    private static uint Of(NetworkParameters network, in Hash256 hash, ulong number, ulong time)
    {
        Genesis genesis = new(network, new Block { Header = new BlockHeader() }, WorldState.Empty);
        return ForkId.Of(genesis, hash, number, time);
    }
}
