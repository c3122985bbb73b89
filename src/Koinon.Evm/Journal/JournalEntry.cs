using Koinon.Primitives;

namespace Koinon.Evm.Journal;

/// <summary>One step of undoing.</summary>
/// <param name="Kind">What is put back.</param>
/// <param name="Index">Whose: the index of an account or a slot.</param>
/// <param name="Previous">What was there before.</param>
internal readonly record struct JournalEntry(JournalEntryKind Kind, int Index, UInt256 Previous);
