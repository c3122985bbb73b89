namespace Koinon.Abi;

/// <summary>Why a value cannot be encoded as a type.</summary>
public enum AbiEncodeError : byte
{
    /// <summary>It can.</summary>
    None,

    /// <summary>There are more or fewer values than the tuple, array or signature has places.</summary>
    CountMismatch,

    /// <summary>The value is of another kind than the type: a text for a number, a list for bytes.</summary>
    KindMismatch,

    /// <summary>A number is outside the type's range.</summary>
    NumberOutOfRange,

    /// <summary>Fixed bytes have another length than their type.</summary>
    LengthMismatch,

    /// <summary>A text holds half a surrogate pair, which UTF-8 cannot.</summary>
    TextInvalid,

    /// <summary>The encoding would be over 2³¹-1 bytes.</summary>
    TooLarge,
}
