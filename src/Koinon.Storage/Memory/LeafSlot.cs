namespace Koinon.Storage.Memory;

/// <summary>An entry of a leaf beside the first bytes of its key.</summary>
internal struct LeafSlot
{
    public ulong Prefix;
    public byte[] Entry;
}
