namespace Koinon.Rpc.Subscriptions;

/// <summary>What a filter collects.</summary>
internal enum FilterKind : byte
{
    /// <summary>The hashes of new canonical blocks.</summary>
    Blocks,

    /// <summary>Logs that came or were undone.</summary>
    Logs,

    /// <summary>Transactions that the next block may hold.</summary>
    Pending,
}
