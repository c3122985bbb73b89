using System.Text.Json;
using Koinon.Primitives;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Tests.Requests;

public sealed class JsonValueReaderTests
{
    [Theory]
    [InlineData("\"0x0\"", "0")]
    [InlineData("\"0x000a\"", "10")]
    [InlineData("\"0XfF\"", "255")]
    [InlineData("\"10\"", "10")]
    [InlineData("10", "10")]
    [InlineData("\"0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff\"",
        "115792089237316195423570985008687907853269984665640564039457584007913129639935")]
    public void Quantity_InEveryFormToolsSend_IsRead(string json, string expected)
    {
        Assert.Null(JsonValueReader.ReadQuantity(Json(json), out UInt256 value));
        Assert.Equal(UInt256.Parse(expected), value);
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"0x\"")]
    [InlineData("\"0xg\"")]
    [InlineData("\"-1\"")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("1e3")]
    [InlineData("true")]
    [InlineData("\"0x10000000000000000000000000000000000000000000000000000000000000000\"")]
    public void Quantity_ThatIsNone_IsRefused(string json) =>
        Assert.NotNull(JsonValueReader.ReadQuantity(Json(json), out _));

    [Theory]
    [InlineData("\"latest\"", BlockTag.Latest, 0)]
    [InlineData("\"pending\"", BlockTag.Pending, 0)]
    [InlineData("\"earliest\"", BlockTag.Earliest, 0)]
    [InlineData("\"safe\"", BlockTag.Safe, 0)]
    [InlineData("\"finalized\"", BlockTag.Finalized, 0)]
    [InlineData("\"0x10\"", BlockTag.Number, 16)]
    [InlineData("16", BlockTag.Number, 16)]
    [InlineData("{\"blockNumber\":\"0x10\"}", BlockTag.Number, 16)]
    public void Block_ByTagOrNumber_IsRead(string json, BlockTag tag, ulong number)
    {
        Assert.Null(JsonValueReader.ReadBlock(Json(json), out BlockReference block));
        Assert.Equal((tag, number), (block.Tag, block.Number));
    }

    [Theory]
    [InlineData("\"{0}\"", false)]
    [InlineData("{{\"blockHash\":\"{0}\"}}", false)]
    [InlineData("{{\"blockHash\":\"{0}\",\"requireCanonical\":true}}", true)]
    public void Block_ByHash_IsRead(string format, bool requiresCanonical)
    {
        Hash256 hash = Hash256.Keccak([1]);
        Assert.Null(JsonValueReader.ReadBlock(Json(string.Format(null, format, hash)), out BlockReference block));
        Assert.Equal(BlockReference.Hashed(hash, requiresCanonical), block);
    }

    [Theory]
    [InlineData("\"newest\"")]
    [InlineData("\"0x10000000000000000\"")]
    [InlineData("{}")]
    [InlineData("{\"blockNumber\":\"0x1\",\"blockHash\":\"0x2\"}")]
    [InlineData("[]")]
    [InlineData("true")]
    public void Block_ThatIsNone_IsRefused(string json) => Assert.NotNull(JsonValueReader.ReadBlock(Json(json), out _));

    [Theory]
    [InlineData("\"0x0\"", 0)]
    [InlineData("\"0x01\"", 1)]
    [InlineData("\"0x0000000000000000000000000000000000000000000000000000000000000001\"", 1)]
    public void Slot_ShortOrPadded_IsRead(string json, ulong expected)
    {
        Assert.Null(JsonValueReader.ReadSlot(Json(json), out UInt256 slot));
        Assert.Equal(expected, slot);
    }

    [Theory]
    [InlineData("\"1\"")]
    [InlineData("\"0x\"")]
    [InlineData("\"0x00000000000000000000000000000000000000000000000000000000000000001\"")]
    public void Slot_ThatIsNone_IsRefused(string json) => Assert.NotNull(JsonValueReader.ReadSlot(Json(json), out _));

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
