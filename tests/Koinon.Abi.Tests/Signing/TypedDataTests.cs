using System.Text;
using System.Text.Json;
using Koinon.Abi.Signing;
using Koinon.Abi.Tests.Vectors;

namespace Koinon.Abi.Tests.Signing;

public sealed class TypedDataTests
{
    private const string Domain = """
        "EIP712Domain":[{"name":"name","type":"string"},{"name":"version","type":"string"},
            {"name":"chainId","type":"uint256"},{"name":"verifyingContract","type":"address"}]
        """;

    // The example of EIP-712.
    private const string Mail = $$$"""
        {"types":{{{{Domain}}},
            "Person":[{"name":"name","type":"string"},{"name":"wallet","type":"address"}],
            "Mail":[{"name":"from","type":"Person"},{"name":"to","type":"Person"},{"name":"contents","type":"string"}]},
         "primaryType":"Mail",
         "domain":{"name":"Ether Mail","version":"1","chainId":1,
            "verifyingContract":"0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC"},
         "message":{"from":{"name":"Cow","wallet":"0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826"},
            "to":{"name":"Bob","wallet":"0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB"},
            "contents":"Hello, Bob!"}}
        """;

    [Fact]
    public void Digests_OfTheExampleInEip712_AreItsOwn()
    {
        TypedData data = Parse(Mail);

        Assert.Equal(
            "0xf2cee375fa42b42143804025fc449deafd50cc031ca257e0b194a650a912090f", data.DomainSeparator.ToString());
        Assert.Equal(
            "0xc52c0ee5d84264471806290a3f2c4cecfc5490626bf912d01f240d7a274b371e", data.MessageHash.ToString());
        Assert.Equal(
            "0xbe609aee343fb3c4b28e1df9e632fca64fcfaede20f02e86244efddf30957bd2", data.SigningHash.ToString());
        Assert.Equal("Mail", data.PrimaryType);
        Assert.Equal(3, data.Types.Count);
    }

    [Fact]
    public void Digests_OfTheVectors_AreEthersOwn()
    {
        foreach (JsonElement vector in VectorFile.Read("typed-data.json"))
        {
            Assert.True(TypedData.TryParse(vector.GetProperty("data"), out TypedData? data, out var error), $"{error}");
            Assert.Equal(vector.GetProperty("domainHash").GetString(), data.DomainSeparator.ToString());
            Assert.Equal(vector.GetProperty("hash").GetString(), data.SigningHash.ToString());
        }
    }

    [Fact]
    public void SigningHash_OfADomainAsTheMessage_LeavesTheMessageOut()
    {
        TypedData data = Parse(Mail.Replace("\"primaryType\":\"Mail\"", "\"primaryType\":\"EIP712Domain\""));

        byte[] signed = new byte[34];
        signed[0] = 0x19;
        signed[1] = 0x01;
        data.DomainSeparator.CopyTo(signed.AsSpan(2));
        Assert.Equal(Primitives.Hash256.Keccak(signed), data.SigningHash);
    }

    [Theory]
    [InlineData("", "{", TypedDataReason.NotJson, "")]
    [InlineData("\"primaryType\"", "\"type\"", TypedDataReason.SectionInvalid, "primaryType")]
    [InlineData("\"domain\":", "\"domains\":", TypedDataReason.SectionInvalid, "domain")]
    [InlineData("\"message\":", "\"message\":[],\"was\":", TypedDataReason.SectionInvalid, "message")]
    [InlineData("\"types\":", "\"types\":5,\"was\":", TypedDataReason.SectionInvalid, "types")]
    [InlineData("\"Person\":[", "\"uint8\":[", TypedDataReason.TypeInvalid, "uint8")]
    [InlineData(
        "\"Person\":[{\"name\":\"name\"", "\"Person\":[{\"name\":\"wallet\"", TypedDataReason.TypeInvalid, "Person")]
    [InlineData("\"Person\":[{\"name\":\"name\",", "\"Person\":[{", TypedDataReason.TypeInvalid, "Person")]
    [InlineData(
        "\"type\":\"Person\"},{\"name\":\"to\"", "\"type\":\"Man\"},{\"name\":\"to\"",
        TypedDataReason.TypeUnknown, "Man")]
    [InlineData(
        "\"name\":\"chainId\",\"type\":\"uint256\"", "\"name\":\"chainId\",\"type\":\"fixed\"",
        TypedDataReason.TypeUnknown, "fixed")]
    [InlineData("\"contents\":\"Hello, Bob!\"", "\"content\":1", TypedDataReason.ValueMissing, "message.contents")]
    [InlineData("\"contents\":\"Hello, Bob!\"", "\"contents\":null", TypedDataReason.ValueMissing, "message.contents")]
    [InlineData("\"contents\":\"Hello, Bob!\"", "\"contents\":1", TypedDataReason.ValueMismatch, "message.contents")]
    [InlineData(
        "\"name\":\"Bob\",\"wallet\":\"0xbBbB", "\"name\":\"Bob\",\"wallet\":\"0x00bB", TypedDataReason.None, "")]
    [InlineData("\"wallet\":\"0xbBbB", "\"wallet\":\"0xbB", TypedDataReason.ValueMismatch, "message.to.wallet")]
    [InlineData("\"chainId\":1", "\"chainId\":1.5", TypedDataReason.ValueMismatch, "domain.chainId")]
    [InlineData("\"chainId\":1", "\"chainId\":true", TypedDataReason.ValueMismatch, "domain.chainId")]
    [InlineData("\"chainId\":1", "\"chainId\":-1", TypedDataReason.NumberOutOfRange, "domain.chainId")]
    [InlineData("\"chainId\":1", "\"chainId\":\"0x1\"", TypedDataReason.None, "")]
    public void TryParse_OfTheExampleWithAChange_SaysWhatAndWhere(
        string from, string to, TypedDataReason expected, string path)
    {
        string json = from.Length == 0 ? to : Mail.Replace(from, to);
        Assert.NotEqual(Mail, json);

        bool parsed = TypedData.TryParse(Encoding.UTF8.GetBytes(json), out _, out TypedDataError error);

        Assert.Equal(expected == TypedDataReason.None, parsed);
        Assert.Equal((expected, path), (error.Reason, error.Path ?? ""));
    }

    [Theory]
    [InlineData("int8", "-128", TypedDataReason.None)]
    [InlineData("int8", "-129", TypedDataReason.NumberOutOfRange)]
    [InlineData("int8", "128", TypedDataReason.NumberOutOfRange)]
    [InlineData("int256", "115792089237316195423570985008687907853269984665640564039457584007913129639935", TypedDataReason.NumberOutOfRange)]
    [InlineData("uint8", "\"-0\"", TypedDataReason.None)]
    [InlineData("bytes4", "\"0x01020304\"", TypedDataReason.None)]
    [InlineData("bytes4", "\"0x010203\"", TypedDataReason.LengthMismatch)]
    [InlineData("bytes", "\"0x010\"", TypedDataReason.ValueMismatch)]
    [InlineData("bool", "\"true\"", TypedDataReason.ValueMismatch)]
    [InlineData("uint", "5", TypedDataReason.None)]
    [InlineData("int[]", "[-5]", TypedDataReason.None)]
    [InlineData("uint", "-5", TypedDataReason.NumberOutOfRange)]
    [InlineData("bool[2]", "[true]", TypedDataReason.LengthMismatch)]
    [InlineData("bool[2]", "true", TypedDataReason.ValueMismatch)]
    [InlineData("bool[x]", "[]", TypedDataReason.TypeUnknown)]
    [InlineData("bool]", "[]", TypedDataReason.TypeUnknown)]
    [InlineData("(bool)", "[true]", TypedDataReason.TypeUnknown)]
    [InlineData("One", "{}", TypedDataReason.ValueMissing)]
    [InlineData("One[]", "[{\"x\":[]}]", TypedDataReason.None)]
    public void TryParse_OfOneField_JudgesItsValue(string type, string value, TypedDataReason expected)
    {
        string json = $$$"""
            {"types":{"One":[{"name":"x","type":"{{{type}}}"}]},"primaryType":"One",
             "domain":{},"message":{"x":{{{value}}}}}
            """;

        bool parsed = TypedData.TryParse(Encoding.UTF8.GetBytes(json), out _, out TypedDataError error);

        Assert.Equal(expected == TypedDataReason.None, parsed);
        Assert.Equal(expected, error.Reason);
    }

    private static TypedData Parse(string json)
    {
        Assert.True(TypedData.TryParse(Encoding.UTF8.GetBytes(json), out TypedData? data, out var error), $"{error}");
        return data;
    }

    [Fact]
    public void TryParse_OfATypeWithoutItsLength_HasADigestOfItsOwn()
    {
        string json = """
            {"types":{"One":[{"name":"x","type":"uint"}]},"primaryType":"One","domain":{},"message":{"x":5}}
            """;

        Assert.True(TypedData.TryParse(Encoding.UTF8.GetBytes(json), out TypedData? alias, out _));
        Assert.True(TypedData.TryParse(
            Encoding.UTF8.GetBytes(json.Replace("uint", "uint256")), out TypedData? whole, out _));
        Assert.NotEqual(whole.SigningHash, alias.SigningHash);
    }

    [Fact]
    public void Error_InWords_SaysWhatIsExpected()
    {
        Assert.False(TypedData.TryParse("{\"types\":{}}"u8.ToArray(), out _, out TypedDataError error));
        Assert.Equal(
            "domain is missing or of another shape; types, primaryType, domain and message are expected",
            error.ToString());
    }
}
