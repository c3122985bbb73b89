namespace Koinon.Storage;

/// <summary>Why a store refused.</summary>
public enum StoreError
{
    /// <summary>The library that keeps data on disk is not installed.</summary>
    LibraryMissing,

    /// <summary>Another process has the data directory.</summary>
    Locked,

    /// <summary>There is no store, and it was to be read only.</summary>
    Missing,

    /// <summary>The disk has no room, or the reserved map is used up.</summary>
    Full,

    /// <summary>More readers than the store was opened for.</summary>
    ReadersExhausted,

    /// <summary>A snapshot was held longer than the store's limit.</summary>
    ReaderExpired,

    /// <summary>What stands on disk is not a store of this kind, or is damaged.</summary>
    Corrupt,

    /// <summary>What stands on disk was laid out by another version of the program.</summary>
    OtherSchema,

    /// <summary>The disk, or the permission to use it, failed.</summary>
    Disk,
}
