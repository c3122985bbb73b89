using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Koinon.Abi.Tests.Vectors;
using Koinon.Primitives;

namespace Koinon.Abi.Tests;

public sealed class AbiCodecTests
{
    private const string Zero = "0000000000000000000000000000000000000000000000000000000000000000";
    private const string One = "0000000000000000000000000000000000000000000000000000000000000001";
    private const string Word32 = "0000000000000000000000000000000000000000000000000000000000000020";
    private const string Word64 = "0000000000000000000000000000000000000000000000000000000000000040";

    [Fact]
    public void Codec_OfTheVectors_EncodesAndDecodesAsEthersDoes()
    {
        foreach (JsonElement vector in VectorFile.Read("abi.json"))
        {
            AbiType[] types = AbiJson.Types(vector.GetProperty("types"));
            AbiValue[] values = AbiJson.Values(types, vector.GetProperty("values"));
            string expected = vector.GetProperty("encoded").GetString()!;

            Assert.True(AbiEncoder.TryEncode(types, values, out byte[] encoded, out AbiEncodeError encodeError));
            Assert.Equal(AbiEncodeError.None, encodeError);
            Assert.Equal(expected, Hex.Encode(encoded));
            Assert.True(
                AbiDecoder.TryDecode(types, encoded, out AbiValue[] strict, out AbiDecodeError error), $"{error}");
            Assert.Equal(values, strict);
            Assert.True(AbiDecoder.TryDecode(types, encoded, out AbiValue[] tolerant, out _, AbiDecodeMode.Tolerant));
            Assert.Equal(values, tolerant);
        }
    }

    // The three vectors of ethereum/tests, ABITests.
    [Theory]
    [InlineData(
        "(uint256,uint32[],bytes10,bytes)",
        "[291,[1110,1929],\"0x31323334353637383930\",\"0x48656c6c6f2c20776f726c6421\"]",
        "00000000000000000000000000000000000000000000000000000000000001230000000000000000000000000000000000000000000000000000000000000080313233343536373839300000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000e0000000000000000000000000000000000000000000000000000000000000000200000000000000000000000000000000000000000000000000000000000004560000000000000000000000000000000000000000000000000000000000000789000000000000000000000000000000000000000000000000000000000000000d48656c6c6f2c20776f726c642100000000000000000000000000000000000000")]
    [InlineData("(uint256)", "[98127491]", "0000000000000000000000000000000000000000000000000000000005d94e83")]
    [InlineData(
        "(uint256,address)",
        "[324124,\"0xcd2a3d9f938e13cd947ec05abc7fe734df8dd826\"]",
        "000000000000000000000000000000000000000000000000000000000004f21c000000000000000000000000cd2a3d9f938e13cd947ec05abc7fe734df8dd826")]
    public void TryEncode_OfTheOfficialVectors_GivesTheirResult(string tuple, string json, string expected)
    {
        AbiType[] types = [.. AbiType.Parse(tuple).Components.Select(static component => component.Type)];
        using JsonDocument document = JsonDocument.Parse(json);

        Assert.True(
            AbiEncoder.TryEncode(types, AbiJson.Values(types, document.RootElement), out byte[] encoded, out _));
        Assert.Equal("0x" + expected, Hex.Encode(encoded));
    }

    [Fact]
    public void TryDecode_OfAnyDamage_RefusesItOrReadsAnotherValue() =>
        Prop.ForAll((ushort choice, ushort place, byte mask) =>
        {
            JsonElement[] vectors = [.. VectorFile.Read("abi.json")];
            JsonElement vector = vectors[choice % vectors.Length];
            AbiType[] types = AbiJson.Types(vector.GetProperty("types"));
            byte[] data = Hex.Decode(vector.GetProperty("encoded").GetString());
            if (data.Length == 0)
            {
                return;
            }

            data[place % data.Length] ^= mask;
            AbiDecoder.TryDecode(types, data, out _, out _, AbiDecodeMode.Tolerant);
            if (AbiDecoder.TryDecode(types, data, out AbiValue[] values, out _))
            {
                // Canonical: what decodes has no other encoding.
                Assert.True(AbiEncoder.TryEncode(types, values, out byte[] again, out _));
                Assert.Equal(data, again);
            }
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("uint256", "00", AbiDecodeReason.Truncated)]
    [InlineData("uint8", "0000000000000000000000000000000000000000000000000000000000000100", AbiDecodeReason.NumberOutOfRange)]
    [InlineData("int8", "0000000000000000000000000000000000000000000000000000000000000080", AbiDecodeReason.NumberOutOfRange)]
    [InlineData("address", "0000000000000000000000010000000000000000000000000000000000000000", AbiDecodeReason.NumberOutOfRange)]
    [InlineData("bool", "0000000000000000000000000000000000000000000000000000000000000002", AbiDecodeReason.BoolInvalid)]
    [InlineData("bytes4", "0102030400000000000000000000000000000000000000000000000000000001", AbiDecodeReason.PaddingNotZero)]
    [InlineData("bytes", "ff00000000000000000000000000000000000000000000000000000000000020", AbiDecodeReason.OffsetOutOfRange)]
    [InlineData("bytes", Word64, AbiDecodeReason.OffsetOutOfRange)]
    [InlineData("bytes", Zero, AbiDecodeReason.OffsetNotCanonical)]
    [InlineData("bytes", Word32, AbiDecodeReason.Truncated)]
    [InlineData("bytes", Word32 + One, AbiDecodeReason.LengthOutOfRange)]
    [InlineData("bytes", Word32 + One + "00", AbiDecodeReason.Truncated)]
    [InlineData("bytes", Word32 + One + One, AbiDecodeReason.PaddingNotZero)]
    [InlineData("string", Word32 + One + "ff00000000000000000000000000000000000000000000000000000000000000", AbiDecodeReason.TextNotUtf8)]
    [InlineData("uint256[]", Word32 + One, AbiDecodeReason.LengthOutOfRange)]
    [InlineData("()[]", Word32 + "0000000000000000000000000000000000000000000000000000000070000000", AbiDecodeReason.TooManyValues)]
    [InlineData("bool", One + One, AbiDecodeReason.TrailingBytes)]
    public void TryDecode_OfWrongData_SaysWhy(string type, string hex, AbiDecodeReason expected)
    {
        Assert.False(AbiDecoder.TryDecode([AbiType.Parse(type)], Hex.Decode(hex), out AbiValue[] none, out var error));
        Assert.Empty(none);
        Assert.Equal(expected, error.Reason);
    }

    [Fact]
    public void TryDecode_OfGaps_IsTolerantOnlyWhereAsked()
    {
        AbiType[] types = [AbiType.Parse("bytes")];
        byte[] data = Hex.Decode(Word64 + One + One + "aaff");

        Assert.False(AbiDecoder.TryDecode(types, data, out _, out AbiDecodeError error));
        Assert.Equal(new AbiDecodeError(AbiDecodeReason.OffsetNotCanonical, 0), error);
        Assert.True(AbiDecoder.TryDecode(types, data, out AbiValue[] values, out _, AbiDecodeMode.Tolerant));
        Assert.Equal(new byte[] { 0xaa }, values[0].Bytes.ToArray());
    }

    [Fact]
    public void TryDecode_OfOffsetsThatAllLeadToOnePlace_EndsAtTheBudget()
    {
        // Each level's 64 offsets lead to the same next level: 64 to the fourth texts, out of 10 kB.
        AbiType[] types = [AbiType.Parse("string[][][][]")];
        List<byte> data = [.. Hex.Decode(Word32)];
        for (int level = 0; level < 4; level++)
        {
            data.AddRange(WordOf(64));
            data.AddRange(Enumerable.Range(0, 64).SelectMany(static _ => WordOf(64 * 32)));
        }

        data.AddRange(WordOf(32));
        data.AddRange(new byte[32]);

        Assert.False(
            AbiDecoder.TryDecode(types, data.ToArray(), out _, out AbiDecodeError error, AbiDecodeMode.Tolerant));
        Assert.Equal(AbiDecodeReason.TooManyValues, error.Reason);
    }

    [Fact]
    public void TryEncode_OfWrongValues_SaysWhy()
    {
        AssertRefused(AbiEncodeError.CountMismatch, "bool", true, true);
        AssertRefused(AbiEncodeError.CountMismatch, "bool[2]", AbiValue.OfList(true));
        AssertRefused(AbiEncodeError.CountMismatch, "(bool,bool)", AbiValue.OfList(true));
        AssertRefused(AbiEncodeError.KindMismatch, "bool", "true");
        AssertRefused(AbiEncodeError.KindMismatch, "string", 5);
        AssertRefused(AbiEncodeError.KindMismatch, "bytes", "00");
        AssertRefused(AbiEncodeError.KindMismatch, "bytes1", 1);
        AssertRefused(AbiEncodeError.KindMismatch, "bool[]", true);
        AssertRefused(AbiEncodeError.NumberOutOfRange, "uint8", 256);
        AssertRefused(AbiEncodeError.NumberOutOfRange, "uint8", -1);
        AssertRefused(AbiEncodeError.NumberOutOfRange, "int8", 128);
        AssertRefused(AbiEncodeError.NumberOutOfRange, "int8", -129);
        AssertRefused(AbiEncodeError.NumberOutOfRange, "bool", 2);
        AssertRefused(AbiEncodeError.LengthMismatch, "bytes4", new byte[] { 1, 2, 3 });
        AssertRefused(AbiEncodeError.TextInvalid, "string", "\ud800");
        AssertRefused(AbiEncodeError.NumberOutOfRange, "(string,uint8)[]", AbiValue.OfList(AbiValue.OfList("", 256)));
    }

    private static void AssertRefused(AbiEncodeError expected, string type, params AbiValue[] values)
    {
        Assert.False(AbiEncoder.TryEncode([AbiType.Parse(type)], values, out byte[] none, out AbiEncodeError error));
        Assert.Empty(none);
        Assert.Equal(expected, error);
    }

    private static byte[] WordOf(uint value)
    {
        byte[] word = new byte[32];
        ((UInt256)value).WriteBigEndian(word);
        return word;
    }
}
