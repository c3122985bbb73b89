using Koinon.Primitives;

namespace Koinon.Chain.Pool;

/// <summary>What a pool takes, and what bounds it.</summary>
public sealed record PoolOptions
{
    /// <summary>The most transactions of all senders.</summary>
    public int TransactionsMax { get; init; } = 32_768;

    /// <summary>The most bytes of all transactions, their blobs not counted.</summary>
    public long BytesMax { get; init; } = 256L << 20;

    /// <summary>The most transactions of one sender.</summary>
    public int TransactionsOfSenderMax { get; init; } = 1_024;

    /// <summary>The most bytes of one transaction, its blobs not counted.</summary>
    public int TransactionBytesMax { get; init; } = 128 << 10;

    /// <summary>The most bytes of blobs with what belongs to them, those of blocks of late included.</summary>
    public long BlobBytesMax { get; init; } = 512L << 20;

    /// <summary>
    /// By how many parts in a hundred a replacement must raise both fees; 0 for any higher fee.
    /// </summary>
    public int ReplacementRaisePercent { get; init; } = 10;

    /// <summary>The same for transactions with blobs, whose blob fee must rise too.</summary>
    public int BlobReplacementRaisePercent { get; init; } = 100;

    /// <summary>The least that a unit of gas must offer the author of a block, in wei.</summary>
    public UInt256 TipMin { get; init; }

    /// <summary>
    /// Whether a sender's balance must cover all that it has waiting in a row, and not just each by itself.
    /// </summary>
    public bool SumsSendersCosts { get; init; } = true;

    /// <summary>Whether a sender's balance is looked at; execution looks at it in any case.</summary>
    public bool ChecksBalances { get; init; } = true;

    /// <summary>Whether delegated accounts (EIP-7702) may have one transaction waiting, as in geth.</summary>
    public bool LimitsDelegatedSenders { get; init; } = true;

    /// <summary>Whether a sender may have only one kind waiting, with blobs or without, as in geth.</summary>
    public bool ReservesSenders { get; init; } = true;

    /// <summary>What suits a development chain, where tools try things that no public pool would take.</summary>
    public static PoolOptions Development { get; } = new()
    {
        TransactionsOfSenderMax = 16_384,
        TransactionBytesMax = 64 << 20,
        SumsSendersCosts = true,
        LimitsDelegatedSenders = false,
        ReservesSenders = false,
    };
}
