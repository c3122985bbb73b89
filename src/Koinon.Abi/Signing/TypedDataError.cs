namespace Koinon.Abi.Signing;

/// <summary>Why typed data has no digest.</summary>
/// <param name="Reason">What is wrong.</param>
/// <param name="Path">Where: <c>message.to[1].wallet</c>, or a type's name.</param>
public readonly record struct TypedDataError(TypedDataReason Reason, string Path)
{
    /// <summary>Whether something is wrong.</summary>
    public bool IsError => Reason != TypedDataReason.None;

    /// <summary>The error in words: what is wrong, where, and what would be right.</summary>
    public override string ToString() => Reason switch
    {
        TypedDataReason.None => "nothing is wrong",
        TypedDataReason.NotJson => "it is no JSON, or nests too deep",
        TypedDataReason.SectionInvalid =>
            $"{Path} is missing or of another shape; types, primaryType, domain and message are expected",
        TypedDataReason.TypeInvalid =>
            $"the type {Path} is defined wrongly: each field has a name of its own and a type",
        TypedDataReason.TypeUnknown => $"the type {Path} is neither of the ABI nor defined in types",
        TypedDataReason.ValueMissing => $"{Path} has no value",
        TypedDataReason.ValueMismatch => $"the value of {Path} cannot be read as its type",
        TypedDataReason.NumberOutOfRange => $"the number of {Path} is outside its type's range",
        _ => $"the value of {Path} has another length than its type",
    };
}
