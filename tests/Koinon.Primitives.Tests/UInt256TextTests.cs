using System.Globalization;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;

namespace Koinon.Primitives.Tests;

/// <summary>Words as text and as bytes.</summary>
public sealed class UInt256TextTests
{
    [Fact]
    public void Text_OfAnyWord_EqualsTheOracleAndComesBack() =>
        Prop.ForAll(Words.Any(), AssertText).QuickCheckThrowOnFailure();

    [Fact]
    public void Text_OfExtremes_EqualsTheOracleAndComesBack()
    {
        foreach (UInt256 word in Words.Extremes)
        {
            AssertText(word);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("0x")]
    [InlineData("0X")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1a")]
    [InlineData("0xg")]
    [InlineData("1_000")]
    [InlineData("١")]
    [InlineData("115792089237316195423570985008687907853269984665640564039457584007913129639936")]
    [InlineData("0x10000000000000000000000000000000000000000000000000000000000000000")]
    public void TryParse_OfWhatIsNoWord_Refuses(string text)
    {
        Assert.False(UInt256.TryParse(text, out UInt256 word));
        Assert.Equal(UInt256.Zero, word);
        Assert.Throws<FormatException>(() => UInt256.Parse(text));
    }

    [Theory]
    [InlineData("0x00000000000000000000000000000000000000000000000000000000000000000000ff", "255")]
    [InlineData("00000000000000000000000000000000000000000000000000000000000000000000000000000000000000012", "12")]
    [InlineData("0XaB", "171")]
    public void Parse_OfLeadingZerosAndCapitals_ReadsTheNumber(string text, string expected) =>
        Assert.Equal(expected, UInt256.Parse(text).ToString());

    [Fact]
    public void TryFormat_IntoTooShortAPlace_Refuses()
    {
        Span<char> place = stackalloc char[2];
        Assert.False(new UInt256(0, 0, 0, 123).TryFormat(place, out _, default, null));
        Assert.False(new UInt256(0, 0, 0, 123).TryFormat(place, out _, "x", null));
        Assert.True(new UInt256(0, 0, 0, 12).TryFormat(place, out int written, default, null));
        Assert.Equal(2, written);
    }

    [Fact]
    public void ToString_InAnUnknownFormat_Throws() =>
        Assert.Throws<FormatException>(() => UInt256.One.ToString("z", null));

    [Fact]
    public void Bytes_OfAnyWord_ComeBackFromEveryLengthThatHoldsIt() =>
        Prop.ForAll(Words.Any(), word =>
        {
            byte[] bytes = new byte[UInt256.Size + 1];
            word.WriteBigEndian(bytes);
            Assert.Equal(0, bytes[UInt256.Size]);
            for (int length = word.ByteLength; length <= UInt256.Size; length++)
            {
                Assert.Equal(word, UInt256.FromBigEndian(bytes.AsSpan(UInt256.Size - length, length)));
            }

            byte[] trimmed = new byte[word.ByteLength];
            Assert.Equal(trimmed.Length, word.WriteTrimmedBigEndian(trimmed));
            Assert.Equal(word, UInt256.FromBigEndian(trimmed));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void FromBigEndian_OfMoreThan32Bytes_Throws() =>
        Assert.Throws<ArgumentException>(() => UInt256.FromBigEndian(new byte[33]));

    [Fact]
    public void WriteBigEndian_IntoTooShortAPlace_Throws() =>
        Assert.Throws<ArgumentException>(() => UInt256.One.WriteBigEndian(new byte[31]));

    private static void AssertText(UInt256 word)
    {
        BigInteger number = Words.ToNumber(word);
        string text = number.ToString(CultureInfo.InvariantCulture);
        string hex = number.IsZero ? "0x0" : "0x" + number.ToString("x", CultureInfo.InvariantCulture).TrimStart('0');

        Assert.Equal(text, word.ToString());
        Assert.Equal(text, word.ToString("D", null));
        Assert.Equal(hex, word.ToString("x", null));
        Assert.Equal(word, UInt256.Parse(text));
        Assert.Equal(word, UInt256.Parse(hex));
        Assert.Equal(word, UInt256.Parse(hex.ToUpperInvariant()));
    }
}
