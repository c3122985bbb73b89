namespace Koinon.Abi.Signing;

/// <summary>What is wrong with typed data.</summary>
public enum TypedDataReason : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It is no JSON, or nests too deep.</summary>
    NotJson,

    /// <summary>
    /// One of <c>types</c>, <c>primaryType</c>, <c>domain</c>, <c>message</c> is missing or of another shape.
    /// </summary>
    SectionInvalid,

    /// <summary>A struct is defined wrongly: a field without name or type, a name twice, a name of the ABI.</summary>
    TypeInvalid,

    /// <summary>A type is neither of the ABI nor defined.</summary>
    TypeUnknown,

    /// <summary>A field has no value.</summary>
    ValueMissing,

    /// <summary>A value cannot be read as its type.</summary>
    ValueMismatch,

    /// <summary>A number is outside its type's range.</summary>
    NumberOutOfRange,

    /// <summary>Fixed bytes or an array of fixed length have another length.</summary>
    LengthMismatch,
}
