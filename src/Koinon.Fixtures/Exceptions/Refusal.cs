using Koinon.Chain;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.Transactions;

namespace Koinon.Fixtures.Exceptions;

/// <summary>Why Koinon refused a transaction or block; the default is that it did not.</summary>
public readonly record struct Refusal
{
    /// <summary>Why a block is refused.</summary>
    public BlockError Block { get; init; }

    /// <summary>Why a transaction may not be executed, alone or in a block.</summary>
    public TransactionError Transaction { get; init; }

    /// <summary>Why bytes are no transaction, alone or in a block.</summary>
    public TransactionDecodeError Decode { get; init; }

    /// <summary>What was found and what would be right, for people.</summary>
    public string? Detail { get; init; }

    /// <summary>Whether something was refused.</summary>
    public bool IsRefused =>
        Block != BlockError.None || Transaction != TransactionError.None || Decode.IsError;

    /// <summary>The refusal of a transaction that was executed.</summary>
    public static Refusal Of(TransactionError error, string? detail = null) =>
        new() { Transaction = error, Detail = detail };

    /// <summary>The refusal of a transaction's bytes.</summary>
    public static Refusal Of(TransactionDecodeError error) => new() { Decode = error };

    /// <summary>The refusal of a block.</summary>
    /// <param name="verdict">The chain's.</param>
    /// <param name="decoding">What its decoder says, for the reason of a transaction that does not decode.</param>
    public static Refusal Of(BlockVerdict verdict, BlockDecodeError decoding) => new()
    {
        Block = verdict.Error,
        Transaction = verdict.Transaction,
        Decode = decoding.Transaction,
        Detail = verdict.Detail,
    };

    /// <summary>The reasons by their names.</summary>
    public override string ToString()
    {
        if (!IsRefused) return "accepted";
        List<string> parts = [];
        if (Block != BlockError.None) parts.Add(Block.ToString());
        if (Transaction != TransactionError.None) parts.Add(Transaction.ToString());
        if (Decode.IsError) parts.Add(Decode.ToString());
        string reasons = string.Join(", ", parts);
        return Detail is null ? reasons : $"{reasons} ({Detail})";
    }
}
