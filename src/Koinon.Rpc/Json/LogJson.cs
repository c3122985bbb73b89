using Koinon.Primitives;
using Koinon.Primitives.Blocks;

namespace Koinon.Rpc.Json;

/// <summary>A log as answers show it.</summary>
public sealed record LogJson
{
    /// <summary>The contract that wrote it.</summary>
    public Address Address { get; init; }

    /// <summary>Up to four topics.</summary>
    public required IReadOnlyList<Hash256> Topics { get; init; }

    /// <summary>Its data.</summary>
    public HexData Data { get; init; }

    /// <summary>The number of its block.</summary>
    public Quantity BlockNumber { get; init; }

    /// <summary>The hash of its block.</summary>
    public Hash256 BlockHash { get; init; }

    /// <summary>The time of its block, in seconds.</summary>
    public Quantity BlockTimestamp { get; init; }

    /// <summary>The hash of its transaction.</summary>
    public Hash256 TransactionHash { get; init; }

    /// <summary>The place of its transaction in the block.</summary>
    public Quantity TransactionIndex { get; init; }

    /// <summary>Its place among all logs of the block.</summary>
    public Quantity LogIndex { get; init; }

    /// <summary>Whether its block has left the canonical chain; true only in subscriptions and filters.</summary>
    public bool Removed { get; init; }

    /// <summary>The shape of a log.</summary>
    /// <param name="log">The log.</param>
    /// <param name="position">Where its transaction stands.</param>
    /// <param name="transactionHash">The hash of its transaction.</param>
    /// <param name="logIndex">Its place among all logs of the block.</param>
    public static LogJson Of(Log log, BlockPosition position, in Hash256 transactionHash, int logIndex) => new()
    {
        Address = log.Address,
        Topics = log.Topics,
        Data = log.Data,
        BlockNumber = position.Block.Header.Number,
        BlockHash = position.Block.Hash,
        BlockTimestamp = position.Block.Header.Timestamp,
        TransactionHash = transactionHash,
        TransactionIndex = (ulong)position.Index,
        LogIndex = (ulong)logIndex,
    };
}
