namespace Koinon.Storage.Memory;

/// <summary>What the keys of a lower node reach: none of them is lower.</summary>
internal struct BranchBound
{
    public ulong Prefix;
    public byte[] Key;
}
