using FsCheck;
using FsCheck.Fluent;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.Rlp;
using Koinon.Primitives.Tests.Rlp;

namespace Koinon.Primitives.Tests.Blocks;

public sealed class ReceiptTests
{
    private const string Zeros16 = "00000000000000000000000000000000";
    private const string Zeros64 = Zeros16 + Zeros16 + Zeros16 + Zeros16;
    private const string Zeros256 = Zeros64 + Zeros64 + Zeros64 + Zeros64;

    [Fact]
    public void EncodeTo_OfAnyReceipt_IsAsTheDefinitionHasIt() =>
        Prop.ForAll((ReceiptSpec spec) => Encode(spec.Receipt).AsSpan().SequenceEqual(spec.Encoding))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void EncodeAsItemTo_OfAnyReceipt_WrapsTypedOnesIntoStrings() =>
        Prop.ForAll((ReceiptSpec spec) =>
        {
            RlpWriter writer = new([]);
            spec.Receipt.EncodeAsItemTo(ref writer);
            byte[] item = writer.Written.ToArray();
            writer.Dispose();
            byte[] expected = spec.Encoding[0] < 0xc0 ? NaiveRlp.String(spec.Encoding).Encode() : spec.Encoding;
            return item.AsSpan().SequenceEqual(expected);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void TryDecode_OfAnyEncoding_GivesItsFieldsBack() =>
        Prop.ForAll((ReceiptSpec spec) =>
        {
            Receipt expected = spec.Receipt;
            Assert.True(Receipt.TryDecode(spec.Encoding, out Receipt? actual, out ReceiptDecodeError error));
            Assert.False(error.IsError);
            Assert.Equal(
                (expected.Type, expected.Succeeded, expected.PostStateRoot, expected.CumulativeGasUsed),
                (actual.Type, actual.Succeeded, actual.PostStateRoot, actual.CumulativeGasUsed));
            Assert.True(expected.Bloom == actual.Bloom);
            Assert.Equal(expected.Logs.Select(Describe), actual.Logs.Select(Describe));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void HashOf_OfNoLogs_IsTheDigestOfTheEmptyList() =>
        Assert.Equal("0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347", Log.HashOf([]).ToString());

    [Theory]
    [InlineData(0, "02", BodyDecodeReason.ValueNotAllowed, ReceiptField.Outcome)]
    [InlineData(0, "820101", BodyDecodeReason.TooShort, ReceiptField.Outcome)]
    [InlineData(0, "c0", BodyDecodeReason.StringExpected, ReceiptField.Outcome)]
    [InlineData(1, "00", BodyDecodeReason.LeadingZeros, ReceiptField.CumulativeGasUsed)]
    [InlineData(1, "89010000000000000000", BodyDecodeReason.Overflow, ReceiptField.CumulativeGasUsed)]
    [InlineData(2, "80", BodyDecodeReason.TooShort, ReceiptField.Bloom)]
    [InlineData(3, "80", BodyDecodeReason.ListExpected, ReceiptField.Logs)]
    [InlineData(3, "c1c0", BodyDecodeReason.TooFewFields, ReceiptField.Logs)]
    [InlineData(3, "c4c380c080", BodyDecodeReason.TooShort, ReceiptField.LogAddress)]
    public void TryDecode_WithAWrongField_SaysWhatAndWhere(
        int place, string hex, BodyDecodeReason expected, ReceiptField field)
    {
        NaiveRlp fields = NaiveRlp.Decode(Plain().Encoding)!;
        fields.Items![place] = NaiveRlp.Raw(Hex.Decode(hex));

        Assert.False(Receipt.TryDecode(fields.Encode(), out _, out ReceiptDecodeError error));
        Assert.Equal((expected, field), (error.Reason, error.Field));
    }

    [Fact]
    public void TryDecode_OfAFifthTopic_IsRefused()
    {
        NaiveRlp log = NaiveRlp.List(
            NaiveRlp.String(new byte[20]),
            NaiveRlp.List(Enumerable.Range(0, 5).Select(static _ => NaiveRlp.String(new byte[32]))),
            NaiveRlp.String());
        NaiveRlp fields = NaiveRlp.Decode(Plain().Encoding)!;
        fields.Items![3] = NaiveRlp.List(log);

        Assert.False(Receipt.TryDecode(fields.Encode(), out _, out ReceiptDecodeError error));
        Assert.Equal((BodyDecodeReason.TooManyFields, ReceiptField.LogTopics), (error.Reason, error.Field));
    }

    [Theory]
    [InlineData("05c0", BodyDecodeReason.TypeUnknown)]
    [InlineData("80", BodyDecodeReason.TypeUnknown)]
    [InlineData("0180", BodyDecodeReason.ListExpected)]
    [InlineData("c0", BodyDecodeReason.TooFewFields)]
    [InlineData("f90107" + "0101b90100" + Zeros256 + "c0b8", BodyDecodeReason.TooManyFields)]
    [InlineData("c000", BodyDecodeReason.TrailingBytes)]
    [InlineData("", BodyDecodeReason.Malformed)]
    public void TryDecode_OfAWrongEnvelope_SaysWhy(string hex, BodyDecodeReason expected)
    {
        Assert.False(Receipt.TryDecode(Hex.Decode(hex), out _, out ReceiptDecodeError error));
        Assert.Equal((expected, ReceiptField.Envelope), (error.Reason, error.Field));
    }

    internal static ReceiptSpec Plain() =>
        new(0, false, true, new(0, 0), 21000, [new LogSpec(new(1, 0), [new(2, 200)], [1, 2, 3])]);

    private static byte[] Encode(Receipt receipt)
    {
        RlpWriter writer = new([]);
        receipt.EncodeTo(ref writer);
        byte[] encoded = writer.Written.ToArray();
        writer.Dispose();
        return encoded;
    }

    private static string Describe(Log log) =>
        $"{log.Address} {string.Join(',', log.Topics)} {Hex.Encode(log.Data.Span)}";
}
