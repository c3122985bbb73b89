using Koinon.Storage;

namespace Koinon.State.Stored;

/// <summary>The tables of the state; docs/state-layout.md says what stands in them.</summary>
internal static class StateTables
{
    /// <summary>One record: which versions there are.</summary>
    internal static StoreTable Meta { get; } = new("state-meta");

    /// <summary>Number → version and root.</summary>
    internal static StoreTable Blocks { get; } = new("state-blocks");

    /// <summary>Address hash → account.</summary>
    internal static StoreTable Accounts { get; } = new("accounts");

    /// <summary>Address hash, slot hash → value.</summary>
    internal static StoreTable Slots { get; } = new("slots");

    /// <summary>Code hash → code.</summary>
    internal static StoreTable Codes { get; } = new("codes");

    /// <summary>Hash → address or slot.</summary>
    internal static StoreTable Preimages { get; } = new("preimages");

    /// <summary>Path → node of the trie of accounts.</summary>
    internal static StoreTable AccountTrie { get; } = new("account-trie");

    /// <summary>Address hash, path → node of a storage trie.</summary>
    internal static StoreTable StorageTrie { get; } = new("storage-trie");

    /// <summary>Address hash, number → the account before that block.</summary>
    internal static StoreTable AccountHistory { get; } = new("account-history");

    /// <summary>Address hash, slot hash, number → the slot before that block.</summary>
    internal static StoreTable SlotHistory { get; } = new("slot-history");

    /// <summary>Number, part → which accounts and slots the block changed.</summary>
    internal static StoreTable Changes { get; } = new("state-changes");

    /// <summary>Number, trie, path → the node before that block.</summary>
    internal static StoreTable TrieHistory { get; } = new("trie-history");

    /// <summary>Trie, path, number: which blocks changed a node; kept where the window of proofs is long.</summary>
    internal static StoreTable TrieHistoryIndex { get; } = new("trie-history-index");

    /// <summary>All of them.</summary>
    internal static IReadOnlyList<StoreTable> All { get; } =
    [
        Meta, Blocks, Accounts, Slots, Codes, Preimages, AccountTrie, StorageTrie,
        AccountHistory, SlotHistory, Changes, TrieHistory, TrieHistoryIndex,
    ];
}
