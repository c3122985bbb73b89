using FsCheck;
using FsCheck.Fluent;

namespace Koinon.Keys.Tests;

public sealed class MnemonicTests
{
    private const string Junk = "test test test test test test test test test test test junk";

    [Fact]
    public void Phrases_OfPublishedVectors_GoBothWaysAndGiveTheirSeeds()
    {
        byte[] seed = new byte[Mnemonic.SeedBytes];
        foreach (string[] row in VectorFile.Read<string[][]>("bip39"))
        {
            Assert.True(Mnemonic.TryFromEntropy(Convert.FromHexString(row[0]), out Mnemonic? made, out _));
            Assert.Equal(row[1], made!.ToPhrase());
            Assert.True(Mnemonic.TryParse(row[1], out Mnemonic? read, out MnemonicRefusal refusal));
            Assert.Equal(MnemonicError.None, refusal.Error);
            Assert.Equal(row[1].Split(' ').Length, read!.WordCount);
            Assert.True(read.TryGetSeed("TREZOR", seed));
            Assert.Equal(row[2], Convert.ToHexStringLower(seed));
        }
    }

    [Fact]
    public void TryParse_WithOtherSpacingAndCase_ReadsTheSamePhrase()
    {
        Assert.True(Mnemonic.TryParse(
            "  Test\ttest TEST test\ntest test test test test  test test JUNK ",
            out Mnemonic? m,
            out _));
        Assert.Equal(Junk, m!.ToPhrase());
    }

    [Theory]
    [InlineData("", MnemonicError.WordCount, 0)]
    [InlineData("test", MnemonicError.WordCount, 1)]
    [InlineData("test test test test test test test test test test test test test", MnemonicError.WordCount, 13)]
    [InlineData("zoo zoo zoo zoo zoo zoo zoo zoo zoo", MnemonicError.WordCount, 9)]
    [InlineData("test test test test test tesd test test test test test junk", MnemonicError.UnknownWord, 6)]
    [InlineData("test test test test test test test test test testtesttest x junk", MnemonicError.UnknownWord, 10)]
    [InlineData("test test test test test test test test test test junk test", MnemonicError.Checksum, 0)]
    [InlineData("zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo", MnemonicError.Checksum, 0)]
    public void TryParse_OfWhatIsNoPhrase_NamesTheReason(string phrase, MnemonicError error, int number)
    {
        Assert.False(Mnemonic.TryParse(phrase, out Mnemonic? mnemonic, out MnemonicRefusal refusal));
        Assert.Null(mnemonic);
        Assert.Equal(new MnemonicRefusal(error, number), refusal);
        Assert.DoesNotContain("test", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_OfTwentySevenWords_CountsThemAll()
    {
        string phrase = string.Join(' ', Enumerable.Repeat("zoo", 27));
        Assert.False(Mnemonic.TryParse(phrase, out _, out MnemonicRefusal refusal));
        Assert.Equal(new MnemonicRefusal(MnemonicError.WordCount, 27), refusal);
    }

    [Fact]
    public void TryFromEntropy_OfEveryLength_TakesTheFiveOfTheStandard()
    {
        for (int length = 0; length < 40; length++)
        {
            bool fits = length is 16 or 20 or 24 or 28 or 32;
            Assert.Equal(fits, Mnemonic.TryFromEntropy(new byte[length], out _, out MnemonicRefusal refusal));
            Assert.Equal(fits ? default : new MnemonicRefusal(MnemonicError.EntropyLength, length), refusal);
        }
    }

    [Fact]
    public void Entropy_ToPhraseAndBack_IsTheSame()
    {
        Prop.ForAll<byte[]>(seed =>
        {
            int length = 16 + (4 * (seed.Length % 5));
            byte[] entropy = System.Security.Cryptography.SHA256.HashData(seed)[..length];
            Assert.True(Mnemonic.TryFromEntropy(entropy, out Mnemonic? made, out _));
            string phrase = made!.ToPhrase();
            Assert.True(Mnemonic.TryParse(phrase, out Mnemonic? read, out _));
            Assert.Equal(phrase, read!.ToPhrase());

            // A swap of two different neighbours is seen by the checksum, or is a phrase of other entropy.
            string[] words = phrase.Split(' ');
            (words[0], words[1]) = (words[1], words[0]);
            bool isPhrase = Mnemonic.TryParse(string.Join(' ', words), out read, out MnemonicRefusal refusal);
            Assert.Equal(isPhrase ? MnemonicError.None : MnemonicError.Checksum, refusal.Error);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Generate_OfEachCount_GivesDifferentValidPhrases()
    {
        foreach (int count in new[] { 12, 15, 18, 21, 24 })
        {
            string first = Mnemonic.Generate(count).ToPhrase();
            Assert.NotEqual(first, Mnemonic.Generate(count).ToPhrase());
            Assert.True(Mnemonic.TryParse(first, out Mnemonic? read, out _));
            Assert.Equal(count, read!.WordCount);
        }

        foreach (int count in new[] { 0, -12, 9, 13, 27, int.MinValue })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => Mnemonic.Generate(count));
        }
    }

    [Fact]
    public void TryGetSeed_OfAPassphraseBeyondAscii_Refuses()
    {
        Assert.True(Mnemonic.TryParse(Junk, out Mnemonic? mnemonic, out _));
        byte[] seed = new byte[64];
        Assert.False(mnemonic!.TryGetSeed("pässword", seed));
        Assert.Equal(new byte[64], seed);
    }

    [Fact]
    public void ToString_RevealsNoWord()
    {
        Assert.True(Mnemonic.TryParse(Junk, out Mnemonic? mnemonic, out _));
        Assert.Equal("Mnemonic of 12 words", mnemonic!.ToString());
    }

    [Fact]
    public void Dispose_LeavesNothingToUse()
    {
        Assert.True(Mnemonic.TryParse(Junk, out Mnemonic? mnemonic, out _));
        mnemonic!.Dispose();
        Assert.Throws<ObjectDisposedException>(mnemonic.ToPhrase);
        Assert.Throws<ObjectDisposedException>(() => mnemonic.TryGetSeed("", new byte[64]));
    }

    [Fact]
    public void WordList_IsTheStandardsAndFindsEachOfItsWords()
    {
        string previous = "";
        System.Text.StringBuilder text = new();
        for (int i = 0; i < WordList.Count; i++)
        {
            string word = WordList.Word(i);
            Assert.True(string.CompareOrdinal(previous, word) < 0);
            Assert.InRange(word.Length, 3, WordList.LongestWord);
            Assert.Equal(i, WordList.IndexOf(word));
            Assert.Equal(-1, WordList.IndexOf(word + "q"));
            previous = word;
            text.Append(word).Append('\n');
        }

        // The digest of english.txt as bitcoin/bips has it.
        byte[] bytes = System.Text.Encoding.ASCII.GetBytes(text.ToString());
        byte[] digest = System.Security.Cryptography.SHA256.HashData(bytes);
        Assert.Equal(
            "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda", Convert.ToHexStringLower(digest));
        Assert.Equal(-1, WordList.IndexOf(""));
        Assert.Equal(-1, WordList.IndexOf("abandonabandon"));
    }
}
