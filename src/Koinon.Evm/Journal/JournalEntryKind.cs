namespace Koinon.Evm.Journal;

/// <summary>What a journal entry puts back.</summary>
internal enum JournalEntryKind : byte
{
    Flags,
    Balance,
    Nonce,
    Code,
    Slot,
    SlotWarmth,
    Transient,
}
