namespace Koinon.Storage;

/// <summary>How large a store on disk is, and who reads it.</summary>
/// <param name="File">Its file.</param>
/// <param name="PageBytes">Bytes of a page.</param>
/// <param name="MapBytes">How large the file may grow.</param>
/// <param name="UsedBytes">How large it is, free pages within it included.</param>
/// <param name="FreePages">Pages within it that will be used again before it grows.</param>
/// <param name="LastTransaction">The number of the newest commit.</param>
/// <param name="Readers">Snapshots open now.</param>
/// <param name="ReadersMax">The most snapshots at once.</param>
/// <param name="OldestReader">The commits made since the oldest open snapshot; none without one.</param>
/// <param name="OldestReaderAge">How long it has kept pages from being used again.</param>
/// <param name="Tables">Each table, in the order in which the store was opened.</param>
public sealed record StoreStatistics(
    string File, int PageBytes, long MapBytes, long UsedBytes, long FreePages, long LastTransaction, int Readers,
    int ReadersMax, long OldestReader, TimeSpan OldestReaderAge, IReadOnlyList<TableStatistics> Tables);
