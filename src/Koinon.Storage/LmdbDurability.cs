namespace Koinon.Storage;

/// <summary>What a power cut may cost. The death of the process alone never costs anything committed.</summary>
public enum LmdbDurability
{
    /// <summary>Nothing that was committed: pages and the page that names them are on disk before a commit returns.
    /// </summary>
    Full,

    /// <summary>
    /// The newest commit; never an older one, and never half of one. Pages are on disk before a commit returns, the
    /// page that names them is with the next commit's.
    /// </summary>
    Normal,
}
