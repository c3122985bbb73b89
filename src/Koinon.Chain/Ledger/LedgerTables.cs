using Koinon.State.Stored;
using Koinon.Storage;

namespace Koinon.Chain.Ledger;

/// <summary>The tables of a ledger. Numbers in keys are 8 bytes, the greatest first; docs/storage.md describes all.
/// </summary>
public static class LedgerTables
{
    /// <summary>What the store holds must be of this form; another needs a migration.</summary>
    public const ulong Schema = 2;

    /// <summary>Every table that a store of a ledger has, those of the state included.</summary>
    public static IReadOnlyList<StoreTable> All { get; } =
        [Meta, Blocks, Receipts, Senders, Numbers, Transactions, Logs, .. StateStore.Tables];

    /// <summary>Name → record: schema, genesis, head, marks of consensus.</summary>
    internal static StoreTable Meta => Declared.Meta;

    /// <summary>Number → hash (32), total difficulty, author, the canonical block as <see cref="CompactBlock"/>
    /// writes it; the hash alone where the block is given up.</summary>
    internal static StoreTable Blocks => Declared.Blocks;

    /// <summary>Number → the block's receipts without their filters.</summary>
    internal static StoreTable Receipts => Declared.Receipts;

    /// <summary>Number → the senders of the block's transactions, 20 bytes each.</summary>
    internal static StoreTable Senders => Declared.Senders;

    /// <summary>Hash of a canonical block → its number.</summary>
    internal static StoreTable Numbers => Declared.Numbers;

    /// <summary>Hash of a canonical transaction → number of its block, index in it (4).</summary>
    internal static StoreTable Transactions => Declared.Transactions;

    /// <summary>What a log is found by, number → the log's positions in the block.</summary>
    internal static StoreTable Logs => Declared.Logs;

    // Apart, so that `All` finds them made whatever the order of members.
    private static class Declared
    {
        internal static readonly StoreTable Meta = new("meta");
        internal static readonly StoreTable Blocks = new("blocks");
        internal static readonly StoreTable Receipts = new("receipts");
        internal static readonly StoreTable Senders = new("senders");
        internal static readonly StoreTable Numbers = new("numbers");
        internal static readonly StoreTable Transactions = new("transactions");
        internal static readonly StoreTable Logs = new("logs");
    }
}
