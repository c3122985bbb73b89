using Koinon.Primitives.Transactions;

namespace Koinon.Chain;

/// <summary>Whether a block may stand, and if not, why.</summary>
/// <param name="Error">The reason; <see cref="BlockError.None"/> where it may.</param>
/// <param name="Detail">
/// What was found and what would be right, for people; <see langword="null"/> where it may.
/// </param>
/// <param name="Transaction">The reason of a transaction that may not be executed.</param>
public readonly record struct BlockVerdict(
    BlockError Error, string? Detail = null, TransactionError Transaction = TransactionError.None)
{
    /// <summary>Nothing is wrong.</summary>
    public static BlockVerdict Valid => default;

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsValid => Error == BlockError.None;

    /// <summary>A refusal that states what was found and what would be right.</summary>
    internal static BlockVerdict Differs<T>(BlockError error, string field, T found, T right) =>
        new(error, $"{field} {found}, should be {right}");

    /// <summary>The refusal of a block whose parent's state was given up.</summary>
    internal static BlockVerdict StateGivenUp(ulong parentNumber) =>
        new(BlockError.ParentStateUnavailable, $"the state of block {parentNumber} was given up");
}
