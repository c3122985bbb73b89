namespace Koinon.State.Stored;

/// <summary>What an entry of the list of a block's changes says.</summary>
internal enum ChangeKind : byte
{
    /// <summary>Address: whose the entries after it are.</summary>
    Account,

    /// <summary>The account's record changed.</summary>
    Record,

    /// <summary>The account's storage was wiped.</summary>
    Wipe,

    /// <summary>A slot changed: its hash.</summary>
    SlotHash,

    /// <summary>A slot changed: its name without leading zeros, after their count.</summary>
    SlotName,
}
