namespace Koinon.Storage.Tests.Faults;

/// <summary>What the library asked of the disk: a write, or that all before it outlives a power cut.</summary>
/// <param name="Offset">Where it wrote; -1 for a sync.</param>
/// <param name="Bytes">What it wrote.</param>
/// <param name="IsDurable">Whether a write returned only when it was on disk (a file opened with O_DSYNC).</param>
internal sealed record DiskCall(long Offset, byte[] Bytes, bool IsDurable)
{
    public bool IsSync => Offset < 0;

    /// <summary>Whether it wrote one of the two pages that name all others.</summary>
    public bool IsMeta => Offset is >= 0 and < 2 * 4096;
}
