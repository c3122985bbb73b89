using Koinon.Primitives.Rlp;

namespace Koinon.Primitives.Blocks;

/// <summary>What an error of the RLP reader means within a header, withdrawal, log or receipt.</summary>
internal static class BodyDecodeReasons
{
    /// <summary>The reason that stands for an error at a field.</summary>
    internal static BodyDecodeReason From(RlpError error) => error switch
    {
        RlpError.None => BodyDecodeReason.None,
        RlpError.TrailingBytes => BodyDecodeReason.TooManyFields,
        RlpError.StringExpected => BodyDecodeReason.StringExpected,
        RlpError.ListExpected => BodyDecodeReason.ListExpected,
        RlpError.IntegerLeadingZeros => BodyDecodeReason.LeadingZeros,
        RlpError.IntegerTooLarge => BodyDecodeReason.Overflow,
        RlpError.StringTooShort => BodyDecodeReason.TooShort,
        RlpError.StringTooLong => BodyDecodeReason.TooLong,
        _ => BodyDecodeReason.Malformed,
    };
}
