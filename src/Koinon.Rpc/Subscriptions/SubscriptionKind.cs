namespace Koinon.Rpc.Subscriptions;

/// <summary>What a subscription tells of.</summary>
internal enum SubscriptionKind : byte
{
    /// <summary>The headers of new canonical blocks: <c>newHeads</c>.</summary>
    Heads,

    /// <summary>Logs that came or were undone: <c>logs</c>.</summary>
    Logs,

    /// <summary>Transactions that the next block may hold: <c>newPendingTransactions</c>.</summary>
    Pending,

    /// <summary>The receipts of new canonical blocks: <c>transactionReceipts</c>.</summary>
    Receipts,

    /// <summary>The beginning and end of synchronising: <c>syncing</c>.</summary>
    Syncing,
}
