using Koinon.Chain;
using Koinon.Primitives.Transactions;

namespace Koinon.Fixtures.Exceptions;

/// <summary>One reason that a name stands for: of a block, of a transaction, or of a transaction's bytes.</summary>
/// <param name="Block">The block's reason; none where it is another's.</param>
/// <param name="Transaction">The transaction's reason; none where it is another's.</param>
/// <param name="Decode">The reason of the bytes; none where it is another's.</param>
/// <param name="Field">The field in which the bytes are wrong; <see langword="null"/> for any.</param>
internal readonly record struct RefusalPattern(
    BlockError Block = BlockError.None,
    TransactionError Transaction = TransactionError.None,
    TransactionDecodeReason Decode = TransactionDecodeReason.None,
    TransactionField? Field = null)
{
    /// <summary>A block's reason.</summary>
    public static implicit operator RefusalPattern(BlockError block) => new(Block: block);

    /// <summary>A transaction's reason.</summary>
    public static implicit operator RefusalPattern(TransactionError transaction) => new(Transaction: transaction);

    /// <summary>A reason of the bytes, in any field.</summary>
    public static implicit operator RefusalPattern(TransactionDecodeReason decode) => new(Decode: decode);

    /// <summary>A reason of the bytes, in one field.</summary>
    public static implicit operator RefusalPattern((TransactionDecodeReason Decode, TransactionField Field) part) =>
        new(Decode: part.Decode, Field: part.Field);

    /// <summary>Whether a refusal is for this reason.</summary>
    internal bool Matches(in Refusal refusal)
    {
        if (Block != BlockError.None) return refusal.Block == Block;
        if (Transaction != TransactionError.None) return refusal.Transaction == Transaction;
        return refusal.Decode.Reason == Decode && (Field is not { } field || refusal.Decode.Field == field);
    }
}
