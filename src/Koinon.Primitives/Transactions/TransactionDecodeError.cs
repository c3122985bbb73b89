using Koinon.Primitives.Rlp;

namespace Koinon.Primitives.Transactions;

/// <summary>Why bytes are no transaction: what is wrong, and in which field.</summary>
/// <param name="Reason">What is wrong.</param>
/// <param name="Field">Where.</param>
/// <param name="Rlp">The reader's own reason, where it was the reader that refused.</param>
public readonly record struct TransactionDecodeError(
    TransactionDecodeReason Reason, TransactionField Field, RlpError Rlp = RlpError.None)
{
    /// <summary>Whether something is wrong.</summary>
    public bool IsError => Reason != TransactionDecodeReason.None;

    /// <summary>The error as <c>reason (field)</c>.</summary>
    public override string ToString() => Reason switch
    {
        TransactionDecodeReason.None => "no error",
        TransactionDecodeReason.Malformed => $"{Reason} ({Field}: {Rlp})",
        _ => $"{Reason} ({Field})",
    };

    /// <summary>What an error of the reader means at a field.</summary>
    internal static TransactionDecodeError From(RlpError error, TransactionField field) => new(
        error switch
        {
            RlpError.None => TransactionDecodeReason.None,
            RlpError.EndOfInput => TransactionDecodeReason.TooFewFields,
            RlpError.TrailingBytes => TransactionDecodeReason.TooManyFields,
            RlpError.StringExpected => TransactionDecodeReason.StringExpected,
            RlpError.ListExpected => TransactionDecodeReason.ListExpected,
            RlpError.IntegerLeadingZeros => TransactionDecodeReason.LeadingZeros,
            RlpError.IntegerTooLarge => TransactionDecodeReason.Overflow,
            RlpError.StringTooShort => TransactionDecodeReason.TooShort,
            RlpError.StringTooLong => TransactionDecodeReason.TooLong,
            _ => TransactionDecodeReason.Malformed,
        },
        field,
        error);
}
