namespace Koinon.Storage.Lmdb;

/// <summary>A tree's size (<c>MDB_stat</c>).</summary>
internal struct LmdbStat
{
    public uint PageBytes;
    public uint Depth;
    public nuint BranchPages;
    public nuint LeafPages;
    public nuint OverflowPages;
    public nuint Entries;
}
