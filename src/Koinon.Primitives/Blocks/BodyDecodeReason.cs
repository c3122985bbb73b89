using Koinon.Primitives.Rlp;

namespace Koinon.Primitives.Blocks;

/// <summary>
/// What is wrong with the bytes of a header, withdrawal, log or receipt; a field beside it says where.
/// </summary>
public enum BodyDecodeReason : byte
{
    /// <summary>Nothing: it was decoded.</summary>
    None,

    /// <summary>The RLP is not canonical or ends early; the <see cref="RlpError"/> beside it says how.</summary>
    Malformed,

    /// <summary>The list has fewer fields than are due.</summary>
    TooFewFields,

    /// <summary>The list has more fields than are due.</summary>
    TooManyFields,

    /// <summary>Bytes follow the item.</summary>
    TrailingBytes,

    /// <summary>A string stands where a list is due.</summary>
    ListExpected,

    /// <summary>A list stands where a string is due.</summary>
    StringExpected,

    /// <summary>An integer is written with leading zero bytes.</summary>
    LeadingZeros,

    /// <summary>An integer has more bits than its field: 64, or 256 for difficulty and base fee.</summary>
    Overflow,

    /// <summary>An address, hash, filter or seal nonce has too few bytes.</summary>
    TooShort,

    /// <summary>An address, hash, filter or seal nonce has too many bytes.</summary>
    TooLong,

    /// <summary>The bytes begin with a type that is not known here.</summary>
    TypeUnknown,

    /// <summary>A value is neither of those that its field allows.</summary>
    ValueNotAllowed,
}
