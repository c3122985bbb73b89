namespace Koinon.Primitives.Rlp;

/// <summary>Why bytes are no canonical RLP, or not the item that was asked for.</summary>
public enum RlpError : byte
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>The input, or the list that is being read, ends where an item is due.</summary>
    EndOfInput,

    /// <summary>The input ends within the bytes that say how long an item is.</summary>
    LengthTruncated,

    /// <summary>An item says that it is longer than what is left.</summary>
    ContentTruncated,

    /// <summary>A length is written with leading zero bytes.</summary>
    LengthLeadingZeros,

    /// <summary>A length below 56 is written in the long form.</summary>
    LengthNotMinimal,

    /// <summary>A length is over 2³¹-1, more than any input here can hold.</summary>
    LengthTooLarge,

    /// <summary>A byte below 0x80 is written with a length instead of standing for itself.</summary>
    SingleByteWrapped,

    /// <summary>A list stands where a string is due.</summary>
    StringExpected,

    /// <summary>A string stands where a list is due.</summary>
    ListExpected,

    /// <summary>An integer is written with leading zero bytes.</summary>
    IntegerLeadingZeros,

    /// <summary>An integer has more bits than its field.</summary>
    IntegerTooLarge,

    /// <summary>A string is shorter than its field.</summary>
    StringTooShort,

    /// <summary>A string is longer than its field.</summary>
    StringTooLong,

    /// <summary>Bytes follow the last item.</summary>
    TrailingBytes,

    /// <summary>Lists stand in lists deeper than the reader follows them.</summary>
    TooDeep,
}
