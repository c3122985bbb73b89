namespace Koinon.Storage;

/// <summary>How large a table on disk is.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Entries">Keys with their values.</param>
/// <param name="Depth">Levels of its tree.</param>
/// <param name="BranchPages">Pages that lead to others.</param>
/// <param name="LeafPages">Pages of keys and values.</param>
/// <param name="OverflowPages">Pages of values that are too long for a leaf.</param>
/// <param name="Bytes">All its pages.</param>
public sealed record TableStatistics(
    string Name, long Entries, int Depth, long BranchPages, long LeafPages, long OverflowPages, long Bytes);
