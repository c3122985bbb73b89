using FsCheck;
using FsCheck.Fluent;
using Koinon.Primitives.Rlp;

namespace Koinon.Primitives.Tests.Rlp;

public sealed class RlpReaderTests
{
    [Theory]
    [InlineData("", RlpError.EndOfInput)]
    [InlineData("b8", RlpError.LengthTruncated)]
    [InlineData("f901", RlpError.LengthTruncated)]
    [InlineData("81", RlpError.ContentTruncated)]
    [InlineData("83aabb", RlpError.ContentTruncated)]
    [InlineData("c3c0c0", RlpError.ContentTruncated)]
    [InlineData("f838", RlpError.ContentTruncated)]
    [InlineData("c183", RlpError.ContentTruncated)]
    [InlineData("b90038", RlpError.LengthLeadingZeros)]
    [InlineData("f800", RlpError.LengthLeadingZeros)]
    [InlineData("b837", RlpError.LengthNotMinimal)]
    [InlineData("f801c0", RlpError.LengthNotMinimal)]
    [InlineData("bb80000000", RlpError.LengthTooLarge)]
    [InlineData("ffffffffffffffffff", RlpError.LengthTooLarge)]
    [InlineData("8100", RlpError.SingleByteWrapped)]
    [InlineData("c2817f", RlpError.SingleByteWrapped)]
    [InlineData("8000", RlpError.TrailingBytes)]
    [InlineData("c0c0", RlpError.TrailingBytes)]
    public void Validate_OfMalformedBytes_SaysWhy(string hex, RlpError expected) =>
        Assert.Equal(expected, RlpReader.Validate(Hex.Decode(hex)));

    [Theory]
    [InlineData("00")]
    [InlineData("7f")]
    [InlineData("80")]
    [InlineData("8180")]
    [InlineData("c0")]
    [InlineData("c7c0c1c0c3c0c1c0")]
    [InlineData("83646f67")]
    public void Validate_OfCanonicalBytes_FindsNothing(string hex) =>
        Assert.Equal(RlpError.None, RlpReader.Validate(Hex.Decode(hex)));

    [Theory]
    [InlineData(127, RlpError.None)]
    [InlineData(128, RlpError.TooDeep)]
    public void Validate_OfListsInLists_FollowsSoDeepAndNoDeeper(int lists, RlpError expected)
    {
        NaiveRlp nested = NaiveRlp.List();
        for (int i = 0; i < lists; i++)
        {
            nested = NaiveRlp.List(nested);
        }

        Assert.Equal(expected, RlpReader.Validate(nested.Encode()));
    }

    [Theory]
    [InlineData("c0", RlpError.StringExpected)]
    [InlineData("00", RlpError.IntegerLeadingZeros)]
    [InlineData("820001", RlpError.IntegerLeadingZeros)]
    [InlineData("89010000000000000000", RlpError.IntegerTooLarge)]
    [InlineData("", RlpError.EndOfInput)]
    [InlineData("8101", RlpError.SingleByteWrapped)]
    public void ReadUInt64_OfAnythingElse_SaysWhyAndStays(string hex, RlpError expected)
    {
        RlpReader reader = new(Hex.Decode(hex));

        Assert.Equal(expected, reader.ReadUInt64(out ulong value));
        Assert.Equal(0UL, value);
        Assert.Equal(0, reader.Offset);
    }

    [Fact]
    public void ReadUInt256_OfThirtyThreeBytes_IsTooLarge()
    {
        RlpReader reader = new(Hex.Decode("a1" + new string('f', 66)));

        Assert.Equal(RlpError.IntegerTooLarge, reader.ReadUInt256(out _));
        Assert.Equal(0, reader.Offset);
    }

    [Fact]
    public void ReadByte_OverItsRange_IsTooLarge()
    {
        RlpReader reader = new(Hex.Decode("81ff820100"));

        Assert.Equal(RlpError.None, reader.ReadByte(out byte value));
        Assert.Equal(255, value);
        Assert.Equal(RlpError.IntegerTooLarge, reader.ReadByte(out _));
    }

    [Theory]
    [InlineData(19, RlpError.StringTooShort)]
    [InlineData(20, RlpError.None)]
    [InlineData(21, RlpError.StringTooLong)]
    public void ReadAddress_OfSoManyBytes_TakesTwenty(int length, RlpError expected)
    {
        RlpReader reader = new(NaiveRlp.String(new byte[length]).Encode());

        Assert.Equal(expected, reader.ReadAddress(out _));
    }

    [Fact]
    public void ReadOptionalAddress_OfTheEmptyString_IsNone()
    {
        RlpReader reader = new(Hex.Decode("80c0"));

        Assert.Equal(RlpError.None, reader.ReadOptionalAddress(out Address? address));
        Assert.Null(address);
        Assert.Equal(RlpError.StringExpected, reader.ReadOptionalAddress(out _));
    }

    [Fact]
    public void ReadList_OfAString_IsRefusedAndTheReverse()
    {
        RlpReader text = new(Hex.Decode("80"));
        RlpReader list = new(Hex.Decode("c0"));

        Assert.Equal(RlpError.ListExpected, text.ReadList(out _));
        Assert.Equal(RlpError.StringExpected, list.ReadString(out _));
    }

    [Fact]
    public void Offset_WithinInnerLists_CountsFromTheOutermostByte()
    {
        byte[] bytes = Hex.Decode("c5c3820102c0");
        RlpReader reader = new(bytes);
        reader.ReadList(out RlpReader outer);
        outer.ReadList(out RlpReader inner);

        Assert.Equal(RlpError.None, inner.ReadString(out ReadOnlySpan<byte> content));
        Assert.Equal(bytes[(inner.Offset - 2)..inner.Offset], content.ToArray());
        Assert.Equal(5, outer.Offset);
        Assert.Equal(6, reader.Offset);
    }

    [Fact]
    public void Reader_OfAnyTree_GivesItBack() =>
        Prop.ForAll(RlpTrees.Arbitrary, static tree =>
        {
            byte[] bytes = tree.Encode();
            RlpReader reader = new(bytes);
            return RlpReader.Validate(bytes) == RlpError.None
                && Rebuild(ref reader) is { } rebuilt
                && reader.IsEmpty
                && rebuilt.IsSameAs(tree);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Validate_OfAnyDamagedTree_AgreesWithTheDefinition() =>
        Prop.ForAll(RlpTrees.Arbitrary, ArbMap.Default.ArbFor<(ushort Place, byte Mask)[]>(), static (tree, damages) =>
        {
            byte[] bytes = tree.Encode();
            foreach ((ushort place, byte mask) in damages)
            {
                bytes[place % bytes.Length] ^= mask;
            }

            return (RlpReader.Validate(bytes) == RlpError.None) == (NaiveRlp.Decode(bytes) is not null);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void CountItems_OfAnyTree_CountsThem() =>
        Prop.ForAll(RlpTrees.Arbitrary, static tree =>
        {
            RlpReader reader = new(tree.Encode());
            return tree.Items is null
                || (reader.ReadList(out RlpReader items) == RlpError.None
                    && items.CountItems(out int count) == RlpError.None
                    && count == tree.Items.Count);
        }).QuickCheckThrowOnFailure();

    private static NaiveRlp? Rebuild(ref RlpReader reader)
    {
        if (!reader.IsListNext)
        {
            return reader.ReadString(out ReadOnlySpan<byte> text) == RlpError.None
                ? NaiveRlp.String(text.ToArray())
                : null;
        }

        reader.ReadList(out RlpReader items);
        NaiveRlp list = NaiveRlp.List();
        while (!items.IsEmpty)
        {
            NaiveRlp? item = Rebuild(ref items);
            if (item is null)
            {
                return null;
            }

            list.Items!.Add(item);
        }

        return list;
    }
}
