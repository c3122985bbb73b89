namespace Koinon.Primitives.Transactions;

/// <summary>What is wrong with the bytes of a transaction; <see cref="TransactionField"/> says where.</summary>
public enum TransactionDecodeReason : byte
{
    /// <summary>Nothing: it was decoded.</summary>
    None,

    /// <summary>There are no bytes.</summary>
    Empty,

    /// <summary>The first byte is no type that is known here.</summary>
    TypeUnknown,

    /// <summary>The bytes are an RLP string, neither a list nor a type with its payload.</summary>
    NotATransaction,

    /// <summary>The RLP is not canonical or ends early; <see cref="TransactionDecodeError.Rlp"/> says how.</summary>
    Malformed,

    /// <summary>A list has fewer fields than are due.</summary>
    TooFewFields,

    /// <summary>A list has more fields than are due.</summary>
    TooManyFields,

    /// <summary>Bytes follow the transaction.</summary>
    TrailingBytes,

    /// <summary>A string stands where a list is due.</summary>
    ListExpected,

    /// <summary>A list stands where a string is due.</summary>
    StringExpected,

    /// <summary>An integer is written with leading zero bytes.</summary>
    LeadingZeros,

    /// <summary>An integer has more bits than its field.</summary>
    Overflow,

    /// <summary>An address, hash, blob, commitment or proof has too few bytes.</summary>
    TooShort,

    /// <summary>An address, hash, blob, commitment or proof has too many bytes.</summary>
    TooLong,

    /// <summary>A blob or set-code transaction creates a contract, which its format does not allow.</summary>
    CreationNotAllowed,

    /// <summary>A blob transaction comes with its sidecar where only its body may stand.</summary>
    SidecarNotAllowed,

    /// <summary>A blob transaction comes without its sidecar where it is due.</summary>
    SidecarMissing,

    /// <summary>The sidecar has a version that is not known here.</summary>
    SidecarVersionUnknown,

    /// <summary>Blobs, commitments, proofs and versioned hashes do not correspond in number.</summary>
    SidecarCountMismatch,
}
