using System.Text.Json;
using Koinon.Abi.Tests.Vectors;
using Koinon.Primitives;

namespace Koinon.Abi.Tests;

public sealed class AbiSignatureTests
{
    [Fact]
    public void SelectorAndTopic_OfTheVectors_AreEthersOwn()
    {
        foreach (JsonElement vector in VectorFile.Read("selectors.json"))
        {
            AbiSignature signature = AbiSignature.Parse(vector.GetProperty("signature").GetString());
            string hash = vector.GetProperty("hash").GetString()!;

            Assert.Equal(hash, signature.Topic.ToString());
            Assert.Equal(hash[..10], signature.Selector.ToString());
        }
    }

    [Theory]
    [InlineData("function transfer(address to, uint amount)", "transfer(address,uint256)")]
    [InlineData("error Unauthorized(address)", "Unauthorized(address)")]
    [InlineData(
        "event Transfer(address indexed from, address indexed to, uint256 value)", "Transfer(address,address,uint256)")]
    [InlineData("f((uint256 a, bytes memory b)[] calldata c)", "f((uint256,bytes)[])")]
    [InlineData("receive()", "receive()")]
    [InlineData("function()", "function()")]
    public void Parse_OfASignature_GivesItsCanonicalForm(string text, string expected) =>
        Assert.Equal(expected, AbiSignature.Parse(text).Canonical);

    [Fact]
    public void Parse_OfAnEvent_KeepsNamesAndWhatIsIndexed()
    {
        AbiSignature signature = AbiSignature.Parse("event Transfer(address indexed from, address, uint256 value)");

        Assert.Equal(["from", "", "value"], signature.Parameters.Select(static parameter => parameter.Name));
        Assert.Equal([true, false, false], signature.Parameters.Select(static parameter => parameter.IsIndexed));
    }

    [Theory]
    [InlineData("", AbiTypeError.IdentifierInvalid)]
    [InlineData("(bool)", AbiTypeError.IdentifierInvalid)]
    [InlineData("1f()", AbiTypeError.IdentifierInvalid)]
    [InlineData("f", AbiTypeError.Unclosed)]
    [InlineData("f(", AbiTypeError.TypeMissing)]
    [InlineData("f(bool", AbiTypeError.Unclosed)]
    [InlineData("f(bool) view", AbiTypeError.TrailingText)]
    [InlineData("f(what)", AbiTypeError.NameUnknown)]
    public void TryParse_OfAnythingElse_SaysWhy(string text, AbiTypeError expected)
    {
        Assert.False(AbiSignature.TryParse(text, out _, out AbiTypeError error));
        Assert.Equal(expected, error);
    }

    [Fact]
    public void TryEncodeAndTryDecode_OfACall_AreInverse()
    {
        AbiSignature transfer = AbiSignature.Parse("transfer(address,uint256)");
        AbiValue[] values = [Address.FromWord(7u), 5];

        Assert.True(transfer.TryEncode(values, out byte[] data, out _));
        Assert.Equal(
            "0x" + "a9059cbb00000000000000000000000000000000000000000000000000000000000000070000000000000000000000000000000000000000000000000000000000000005",
            Hex.Encode(data));
        Assert.True(transfer.TryDecode(data, out AbiValue[] decoded, out _));
        Assert.Equal(values, decoded);
        data[0] ^= 1;
        Assert.False(transfer.TryDecode(data, out _, out AbiDecodeError error));
        Assert.Equal(AbiDecodeReason.SelectorMismatch, error.Reason);
        Assert.False(transfer.TryDecode(data.AsMemory(0, 3), out _, out _));
    }
}
