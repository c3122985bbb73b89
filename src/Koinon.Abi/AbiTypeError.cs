namespace Koinon.Abi;

/// <summary>Why a text is no type or signature.</summary>
public enum AbiTypeError : byte
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>A type is due where none stands.</summary>
    TypeMissing,

    /// <summary>A name is no type of the ABI.</summary>
    NameUnknown,

    /// <summary>A number of bits, bytes or decimals is none that the type has.</summary>
    SizeInvalid,

    /// <summary>An array's length is no number, or the array is larger than any data.</summary>
    LengthInvalid,

    /// <summary>A bracket or parenthesis is open at the end.</summary>
    Unclosed,

    /// <summary>Types stand in types deeper than <see cref="AbiType.MaxDepth"/>.</summary>
    TooDeep,

    /// <summary>Something follows that belongs to no type.</summary>
    TrailingText,

    /// <summary>A signature's name is missing or no identifier.</summary>
    IdentifierInvalid,
}
