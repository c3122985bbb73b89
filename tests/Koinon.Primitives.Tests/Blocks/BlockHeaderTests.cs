using FsCheck;
using FsCheck.Fluent;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.Rlp;
using Koinon.Primitives.Tests.Rlp;

namespace Koinon.Primitives.Tests.Blocks;

public sealed class BlockHeaderTests
{
    [Fact]
    public void EncodeTo_OfAnyHeader_IsAsTheDefinitionHasIt() =>
        Prop.ForAll((HeaderSpec spec) => Encode(spec.Header).AsSpan().SequenceEqual(spec.Rlp.Encode()))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void TryDecode_OfAnyEncoding_GivesItsFieldsBack() =>
        Prop.ForAll((HeaderSpec spec) =>
        {
            Assert.True(
                BlockHeader.TryDecode(spec.Rlp.Encode(), out BlockHeader? decoded, out HeaderDecodeError error));
            Assert.False(error.IsError);
            AssertSame(spec.Header, decoded);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void KeccakOf_OfMainnetsGenesis_IsItsHash()
    {
        BlockHeader genesis = new()
        {
            UnclesHash = BlockHeader.UnclesHashOf([]),
            StateRoot = Hash256.Parse("0xd7f8974fb5ac78d9ac099b9ad5018bedc2ce0a72dad1827a1709da30580f0544"),
            TransactionsRoot = Hash256.Parse("0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421"),
            ReceiptsRoot = Hash256.Parse("0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421"),
            Difficulty = 0x400000000UL,
            GasLimit = 5000,
            ExtraData = Hex.Decode("0x11bbe8db4e347b4e8c937c1c8370e4b5ed33adb3db69cbdb7a38e1e50b1b82fa"),
            Nonce = 0x42,
        };

        Assert.Equal(
            "0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347", genesis.UnclesHash.ToString());
        Assert.Equal(
            "0xd4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3",
            BlockHeader.KeccakOf(genesis).ToString());
    }

    [Fact]
    public void SealHash_LeavesOutMixHashAndNonceAlone()
    {
        HeaderSpec spec = new(1, new(3, 0), new(4, 0), 5, 6, 7, [8], 9, new(10, 0), 0);
        NaiveRlp fields = spec.Rlp;
        fields.Items!.RemoveRange(13, 2);

        Assert.Equal(Hash256.Keccak(fields.Encode()), spec.Header.SealHash);
    }

    [Theory]
    [InlineData(HeaderField.ParentHash, "80", BodyDecodeReason.TooShort)]
    [InlineData(HeaderField.Beneficiary, "95000000000000000000000000000000000000000000", BodyDecodeReason.TooLong)]
    [InlineData(HeaderField.LogsBloom, "80", BodyDecodeReason.TooShort)]
    [InlineData(HeaderField.Difficulty, "00", BodyDecodeReason.LeadingZeros)]
    [InlineData(HeaderField.Number, "89010000000000000000", BodyDecodeReason.Overflow)]
    [InlineData(HeaderField.GasLimit, "89010000000000000000", BodyDecodeReason.Overflow)]
    [InlineData(HeaderField.GasUsed, "89010000000000000000", BodyDecodeReason.Overflow)]
    [InlineData(HeaderField.Timestamp, "89010000000000000000", BodyDecodeReason.Overflow)]
    [InlineData(HeaderField.ExtraData, "c0", BodyDecodeReason.StringExpected)]
    [InlineData(HeaderField.Nonce, "80", BodyDecodeReason.TooShort)]
    [InlineData(HeaderField.BaseFeePerGas, "8101", BodyDecodeReason.Malformed)]
    [InlineData(HeaderField.BlobGasUsed, "89010000000000000000", BodyDecodeReason.Overflow)]
    [InlineData(HeaderField.RequestsHash, "80", BodyDecodeReason.TooShort)]
    public void TryDecode_WithAWrongField_SaysWhatAndWhere(HeaderField field, string hex, BodyDecodeReason expected)
    {
        NaiveRlp fields = Full().Rlp;
        fields.Items![(int)field - 1] = NaiveRlp.Raw(Hex.Decode(hex));

        Assert.False(BlockHeader.TryDecode(fields.Encode(), out BlockHeader? none, out HeaderDecodeError error));
        Assert.Null(none);
        Assert.Equal((expected, field), (error.Reason, error.Field));
    }

    [Fact]
    public void TryDecode_WithAWrongNumberOfFields_SaysSo()
    {
        NaiveRlp few = Full().Rlp;
        few.Items!.RemoveRange(14, 7);
        NaiveRlp many = Full().Rlp;
        many.Items!.Add(NaiveRlp.String());

        NaiveRlp malformed = Full().Rlp;
        malformed.Items!.Add(NaiveRlp.Raw(0xb8));

        AssertReason(BodyDecodeReason.TooManyFields, malformed.Encode());
        AssertReason(BodyDecodeReason.TooFewFields, few.Encode());
        AssertReason(BodyDecodeReason.TooManyFields, many.Encode());
        AssertReason(BodyDecodeReason.TrailingBytes, [.. Full().Rlp.Encode(), 0]);
        AssertReason(BodyDecodeReason.ListExpected, [0x80]);
        AssertReason(BodyDecodeReason.Malformed, []);
    }

    internal static HeaderSpec Full() => new(6, new(3, 0), new(4, 0), 5, 6, 7, [8], 9, new(10, 0), 11);

    internal static byte[] Encode(BlockHeader header)
    {
        RlpWriter writer = new([]);
        header.EncodeTo(ref writer);
        byte[] encoded = writer.Written.ToArray();
        writer.Dispose();
        return encoded;
    }

    internal static void AssertSame(BlockHeader expected, BlockHeader actual)
    {
        Assert.Equal(
            (expected.ParentHash, expected.UnclesHash, expected.Beneficiary, expected.StateRoot),
            (actual.ParentHash, actual.UnclesHash, actual.Beneficiary, actual.StateRoot));
        Assert.Equal(
            (expected.TransactionsRoot, expected.ReceiptsRoot), (actual.TransactionsRoot, actual.ReceiptsRoot));
        Assert.Equal(
            (expected.LogsBloom.ToString(), expected.Difficulty, expected.Number, expected.GasLimit, expected.GasUsed,
                expected.Timestamp),
            (actual.LogsBloom.ToString(), actual.Difficulty, actual.Number, actual.GasLimit, actual.GasUsed,
                actual.Timestamp));
        Assert.Equal(expected.ExtraData.ToArray(), actual.ExtraData.ToArray());
        Assert.Equal(
            (expected.MixHash, expected.Nonce, expected.BaseFeePerGas, expected.WithdrawalsRoot, expected.BlobGasUsed),
            (actual.MixHash, actual.Nonce, actual.BaseFeePerGas, actual.WithdrawalsRoot, actual.BlobGasUsed));
        Assert.Equal(
            (expected.ExcessBlobGas, expected.ParentBeaconBlockRoot, expected.RequestsHash),
            (actual.ExcessBlobGas, actual.ParentBeaconBlockRoot, actual.RequestsHash));
    }

    private static void AssertReason(BodyDecodeReason expected, byte[] bytes)
    {
        Assert.False(BlockHeader.TryDecode(bytes, out _, out HeaderDecodeError error));
        Assert.Equal((expected, HeaderField.List), (error.Reason, error.Field));
    }
}
