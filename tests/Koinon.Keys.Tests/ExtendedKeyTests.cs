namespace Koinon.Keys.Tests;

public sealed class ExtendedKeyTests
{
    [Fact]
    public void TryDerive_OfPublishedVectors_GivesTheirKeys()
    {
        byte[] bytes = new byte[32];
        foreach (string[] row in VectorFile.Read<string[][]>("bip32"))
        {
            Assert.True(ExtendedKey.TryFromSeed(Convert.FromHexString(row[0]), out ExtendedKey? root, out _));
            Assert.True(root!.TryDerive(row[1], out ExtendedKey? key, out DerivationError error));
            Assert.Equal(DerivationError.None, error);
            Assert.Equal(row[1].Count(letter => letter == '/'), key!.Depth);
            key.CopyPrivateKey(bytes);
            Assert.Equal(row[2], Convert.ToHexStringLower(bytes));
            key.CopyChainCode(bytes);
            Assert.Equal(row[3], Convert.ToHexStringLower(bytes));
        }
    }

    [Fact]
    public void Derive_FromTheDevelopmentPhrase_GivesTheKnownAccounts()
    {
        string[] expected =
        [
            "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266",
            "0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
            "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC",
            "0x90F79bf6EB2c4f870365E785982E1f101E93b906",
            "0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65",
        ];
        using ExtendedKey root = DevelopmentRoot();
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], root.Derive($"m/44'/60'/0'/0/{i}").Address.ToChecksumString());
        }

        byte[] secret = new byte[32];
        root.Derive("m/44'/60'/0'/0/0").CopyPrivateKey(secret);
        Assert.Equal(
            "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80", Convert.ToHexStringLower(secret));
    }

    [Fact]
    public void Derive_InTwoSteps_EqualsOne()
    {
        using ExtendedKey root = DevelopmentRoot();
        ExtendedKey account = root.Derive("m/44h/60H/0'");
        Assert.Equal(root.Derive("m/44'/60'/0'/0/7").Address, account.Derive("m/0/7").Address);
        Assert.Equal(5, account.Derive("m/0/7").Depth);
        Assert.Equal(root.Address, root.Derive("m").Address);
        Assert.NotEqual(root.Derive("m/1").Address, root.Derive("m/1'").Address);
    }

    [Theory]
    [InlineData("", DerivationError.NoRoot)]
    [InlineData("44'/60'", DerivationError.NoRoot)]
    [InlineData("M/0", DerivationError.NoRoot)]
    [InlineData("m/", DerivationError.InvalidIndex)]
    [InlineData("m0", DerivationError.InvalidIndex)]
    [InlineData("m//0", DerivationError.InvalidIndex)]
    [InlineData("m/0/", DerivationError.InvalidIndex)]
    [InlineData("m/'", DerivationError.InvalidIndex)]
    [InlineData("m/0''", DerivationError.InvalidIndex)]
    [InlineData("m/-1", DerivationError.InvalidIndex)]
    [InlineData("m/ 1", DerivationError.InvalidIndex)]
    [InlineData("m/0x1", DerivationError.InvalidIndex)]
    [InlineData("m/٣", DerivationError.InvalidIndex)]
    [InlineData("m/2147483648", DerivationError.IndexTooLarge)]
    [InlineData("m/2147483648'", DerivationError.IndexTooLarge)]
    [InlineData("m/0/99999999999999999999999999999999999999999999", DerivationError.IndexTooLarge)]
    public void TryDerive_OfMalformedPaths_NamesTheReason(string path, DerivationError expected)
    {
        using ExtendedKey root = DevelopmentRoot();
        Assert.False(root.TryDerive(path, out ExtendedKey? key, out DerivationError error));
        Assert.Null(key);
        Assert.Equal(expected, error);
        Assert.Throws<ArgumentException>(() => root.Derive(path));
    }

    [Fact]
    public void TryDerive_BelowTheDeepestLevel_Refuses()
    {
        using ExtendedKey root = DevelopmentRoot();
        ExtendedKey deepest = root.Derive("m" + string.Concat(Enumerable.Repeat("/0'", 255)));
        Assert.Equal(255, deepest.Depth);
        Assert.False(deepest.TryDerive("m/0", out _, out DerivationError error));
        Assert.Equal(DerivationError.TooDeep, error);
    }

    [Fact]
    public void TryFromSeed_OfEveryLength_TakesThoseOfTheStandard()
    {
        for (int length = 0; length < 70; length++)
        {
            bool fits = length is >= 16 and <= 64;
            Assert.Equal(fits, ExtendedKey.TryFromSeed(new byte[length], out _, out DerivationError error));
            Assert.Equal(fits ? DerivationError.None : DerivationError.SeedLength, error);
        }
    }

    [Fact]
    public void ToString_RevealsTheAddressOnly()
    {
        using ExtendedKey root = DevelopmentRoot();
        Assert.Equal(
            "Key of 0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266 at depth 5", root.Derive("m/44'/60'/0'/0/0").ToString());
    }

    [Fact]
    public void Dispose_LeavesNothingToUse()
    {
        ExtendedKey root = DevelopmentRoot();
        root.Dispose();
        Assert.Throws<ObjectDisposedException>(() => root.CopyPrivateKey(new byte[32]));
        Assert.Throws<ObjectDisposedException>(() => root.CopyChainCode(new byte[32]));
        Assert.Throws<ObjectDisposedException>(() => root.Derive("m"));
    }

    private static ExtendedKey DevelopmentRoot()
    {
        Assert.True(Mnemonic.TryParse(
            "test test test test test test test test test test test junk", out Mnemonic? mnemonic, out _));
        byte[] seed = new byte[Mnemonic.SeedBytes];
        Assert.True(mnemonic!.TryGetSeed("", seed));
        Assert.True(ExtendedKey.TryFromSeed(seed, out ExtendedKey? root, out _));
        return root!;
    }
}
