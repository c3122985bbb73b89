namespace Koinon.Evm.Journal;

/// <summary>A moment that the journal can go back to.</summary>
internal readonly record struct Checkpoint(int Entries, int Logs, int LogBytes, long Refund);
