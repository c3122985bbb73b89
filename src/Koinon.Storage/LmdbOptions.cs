namespace Koinon.Storage;

/// <summary>How a store on disk is opened.</summary>
public sealed record LmdbOptions
{
    /// <summary>The data directory; it is made where it does not exist, for its owner alone.</summary>
    public required string Directory { get; init; }

    /// <summary>All tables that will be used. What else stands in the file is left as it is.</summary>
    public required IReadOnlyList<StoreTable> Tables { get; init; }

    /// <summary>What a power cut may cost.</summary>
    public LmdbDurability Durability { get; init; } = LmdbDurability.Full;

    /// <summary>Whether it is only read: then another process may have the directory, and may write meanwhile.
    /// </summary>
    public bool IsReadOnly { get; init; }

    /// <summary>How large the file may grow: address space is reserved for it, neither memory nor disk. Less is taken
    /// where the system has less to give.</summary>
    public long MapBytes { get; init; } = 1L << 40;

    /// <summary>The most snapshots at once.</summary>
    public int ReadersMax { get; init; } = 1024;

    /// <summary>How long a snapshot may keep pages from being used again, counted from the first commit after it
    /// began; longer ones are refused further reads. <see langword="null"/> for ever.</summary>
    public TimeSpan? ReaderTimeLimit { get; init; }

    /// <summary>The number of the owner's way of laying out tables, kept in the file and compared when it is opened.
    /// </summary>
    public int Schema { get; init; } = 1;

    /// <summary>The clock of <see cref="ReaderTimeLimit"/>.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
