namespace Koinon.Abi.Tests;

public sealed class AbiTypeTests
{
    [Theory]
    [InlineData("uint256", "uint256", false, 32)]
    [InlineData("uint", "uint256", false, 32)]
    [InlineData("int", "int256", false, 32)]
    [InlineData("fixed", "fixed128x18", false, 32)]
    [InlineData("ufixed8x80", "ufixed8x80", false, 32)]
    [InlineData("function", "function", false, 32)]
    [InlineData("bytes", "bytes", true, 32)]
    [InlineData("string[2]", "string[2]", true, 32)]
    [InlineData("uint8[3][2]", "uint8[3][2]", false, 192)]
    [InlineData("uint8[3][]", "uint8[3][]", true, 32)]
    [InlineData("(address to, uint96 amount)[2]", "(address,uint96)[2]", false, 128)]
    [InlineData("tuple(bool,(bytes4,bytes) inner)", "(bool,(bytes4,bytes))", true, 32)]
    [InlineData("()", "()", false, 0)]
    [InlineData(" ( bool , bool ) ", "(bool,bool)", false, 64)]
    public void Parse_OfAType_GivesItsCanonicalNameAndShape(string text, string name, bool isDynamic, int headSize)
    {
        AbiType type = AbiType.Parse(text);

        Assert.Equal((name, isDynamic, headSize), (type.Name, type.IsDynamic, type.HeadSize));
        Assert.Equal(name, AbiType.Parse(name).Name);
    }

    [Theory]
    [InlineData("", AbiTypeError.TypeMissing)]
    [InlineData("(bool,)", AbiTypeError.TypeMissing)]
    [InlineData("number", AbiTypeError.NameUnknown)]
    [InlineData("tuple", AbiTypeError.NameUnknown)]
    [InlineData("uint7", AbiTypeError.SizeInvalid)]
    [InlineData("uint264", AbiTypeError.SizeInvalid)]
    [InlineData("uint0", AbiTypeError.SizeInvalid)]
    [InlineData("uint08", AbiTypeError.SizeInvalid)]
    [InlineData("bytes33", AbiTypeError.SizeInvalid)]
    [InlineData("bytes0", AbiTypeError.SizeInvalid)]
    [InlineData("fixed128", AbiTypeError.SizeInvalid)]
    [InlineData("fixed128x81", AbiTypeError.SizeInvalid)]
    [InlineData("bool[x]", AbiTypeError.LengthInvalid)]
    [InlineData("bool[-1]", AbiTypeError.LengthInvalid)]
    [InlineData("bool[01]", AbiTypeError.LengthInvalid)]
    [InlineData("bool[2147483647]", AbiTypeError.LengthInvalid)]
    [InlineData("(bool[60000000],bool[60000000])", AbiTypeError.LengthInvalid)]
    [InlineData("bool[", AbiTypeError.Unclosed)]
    [InlineData("(bool", AbiTypeError.Unclosed)]
    [InlineData("bool]", AbiTypeError.TrailingText)]
    [InlineData("(bool;bool)", AbiTypeError.TrailingText)]
    [InlineData("bool bool", AbiTypeError.TrailingText)]
    public void TryParse_OfAnythingElse_SaysWhy(string text, AbiTypeError expected)
    {
        Assert.False(AbiType.TryParse(text, out AbiType? none, out AbiTypeError error));
        Assert.Null(none);
        Assert.Equal(expected, error);
    }

    [Fact]
    public void TryParse_OfTypesInTypes_GoesSoDeepAndNoDeeper()
    {
        Assert.True(AbiType.TryParse("bool" + Repeat("[]", 31), out _, out _));
        Assert.False(AbiType.TryParse("bool" + Repeat("[]", 32), out _, out AbiTypeError error));
        Assert.Equal(AbiTypeError.TooDeep, error);
        Assert.False(AbiType.TryParse(Repeat("(", 100_000), out _, out error));
        Assert.Equal(AbiTypeError.TooDeep, error);
    }

    private static string Repeat(string part, int count) => string.Concat(Enumerable.Repeat(part, count));
}
