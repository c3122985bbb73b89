namespace Koinon.Storage.Memory;

/// <summary>A lower node of a branch and the bound that its keys reach: none of them is lower.</summary>
/// <remarks>The first slot's bound is empty: it takes whatever is lower than the second's.</remarks>
internal struct BranchSlot
{
    public ulong Prefix;
    public byte[] Bound;
    public MemoryNode Child;
}
