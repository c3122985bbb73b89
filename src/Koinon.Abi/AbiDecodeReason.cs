namespace Koinon.Abi;

/// <summary>What is wrong with data that should hold values of some types.</summary>
public enum AbiDecodeReason : byte
{
    /// <summary>Nothing: it was decoded.</summary>
    None,

    /// <summary>The data ends within a head, a length or bytes.</summary>
    Truncated,

    /// <summary>The selector is another than the signature's, or missing.</summary>
    SelectorMismatch,

    /// <summary>An offset leads out of the data.</summary>
    OffsetOutOfRange,

    /// <summary>An offset leads elsewhere than to the next free place (canonical mode).</summary>
    OffsetNotCanonical,

    /// <summary>A length is more than the data can hold.</summary>
    LengthOutOfRange,

    /// <summary>An integer or address is outside its type's range.</summary>
    NumberOutOfRange,

    /// <summary>A bool is neither 0 nor 1.</summary>
    BoolInvalid,

    /// <summary>The bytes behind bytes that fill no word are not zero.</summary>
    PaddingNotZero,

    /// <summary>A text is not UTF-8 (canonical mode).</summary>
    TextNotUtf8,

    /// <summary>The values would be more than <see cref="AbiDecoder.ValuesMost"/>.</summary>
    TooManyValues,

    /// <summary>Something follows the values (canonical mode).</summary>
    TrailingBytes,
}
