using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.Transactions;

namespace Koinon.Rpc.Json;

/// <summary>A block as answers show it.</summary>
public record BlockJson : HeaderJson
{
    /// <summary>The shape of a block without its body.</summary>
    /// <param name="header">Its header.</param>
    [SetsRequiredMembers]
    private BlockJson(SealedHeader header)
        : base(header) => Uncles = [];

    /// <summary>Its length in RLP, in bytes.</summary>
    public Quantity Size { get; init; }

    /// <summary>Its transactions.</summary>
    public TransactionList Transactions { get; init; }

    /// <summary>The hashes of its uncles.</summary>
    public required IReadOnlyList<Hash256> Uncles { get; init; }

    /// <summary>Its withdrawals (EIP-4895).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<WithdrawalJson>? Withdrawals { get; init; }

    /// <summary>The shape of a block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="hashOf">The hash of an uncle's header.</param>
    /// <param name="wholeTransactions">Whether transactions are shown whole, not by their hashes.</param>
    public static BlockJson Of(LedgerBlock block, Func<BlockHeader, Hash256> hashOf, bool wholeTransactions)
    {
        Block body = block.Block;
        return new BlockJson(block.Sealed)
        {
            Size = (ulong)block.Size,
            Transactions = ListOf(body.Transactions, block.Sealed, wholeTransactions),
            Uncles = [.. body.Uncles.Select(hashOf)],
            Withdrawals = body.Withdrawals is null ? null : [.. body.Withdrawals.Select(WithdrawalJson.Of)],
        };
    }

    /// <summary>The shape of the block that would be built now: nobody sealed it, so it has no hash.</summary>
    /// <param name="block">The block.</param>
    /// <param name="wholeTransactions">Whether transactions are shown whole, not by their hashes.</param>
    public static BlockJson OfPending(LedgerBlock block, bool wholeTransactions)
    {
        BlockJson shape = Of(block, static _ => default, wholeTransactions);
        TransactionList transactions = shape.Transactions.Whole is { } whole
            ? new TransactionList(null, [.. whole.Select(static one => one with { BlockHash = null })])
            : shape.Transactions;
        return shape with { Hash = null, Nonce = null, Miner = null, Transactions = transactions };
    }

    private static TransactionList ListOf(IReadOnlyList<Transaction> transactions, SealedHeader header, bool whole) =>
        whole
            ? new TransactionList(null, [.. transactions.Select((transaction, index) =>
                TransactionJson.Of(transaction, new BlockPosition(header, index)))])
            : new TransactionList([.. transactions.Select(static transaction => transaction.Hash)], null);
}
