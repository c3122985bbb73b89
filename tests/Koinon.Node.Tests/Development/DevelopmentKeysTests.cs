using Koinon.Node.Development;
using Koinon.Primitives;

namespace Koinon.Node.Tests.Development;

public sealed class DevelopmentKeysTests
{
    [Fact]
    public void TryDerive_OfTheUsualPhrase_GivesTheAccountsThatToolsExpect()
    {
        Assert.True(DevelopmentKeys.TryDerive(DevelopmentKeys.Phrase, DevelopmentKeys.Path, 10, out var keys, out _));

        DevelopmentWallet wallet = new(keys, new Impersonation(includesAll: false));
        Assert.Equal(
            "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80", Hex.Encode(keys[0].Span));
        Assert.Equal("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266", wallet.Addresses[0].ToChecksumString());
        Assert.Equal("0x70997970C51812dc3A010C7d01b50e0d17dc79C8", wallet.Addresses[1].ToChecksumString());
        Assert.Equal("0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC", wallet.Addresses[2].ToChecksumString());
        Assert.Equal("0xa0Ee7A142d267C1f36714E4a8F75612F20a79720", wallet.Addresses[9].ToChecksumString());
    }

    [Theory]
    [InlineData("test test test", DevelopmentKeys.Path, "mnemonic")]
    [InlineData(DevelopmentKeys.Phrase, "44/60", "derivation path")]
    public void TryDerive_OfWhatCannotBeUsed_SaysWhat(string phrase, string path, string expected)
    {
        Assert.False(DevelopmentKeys.TryDerive(phrase, path, 1, out _, out string? error));
        Assert.Contains(expected, error);
    }
}
