using System.Buffers.Binary;

namespace Koinon.Storage.Memory;

/// <summary>A key and its value in one array: two bytes of the key's length, the key, the value.</summary>
/// <remarks>One object an entry, not two, with one reference to it: 26 bytes beside the data.</remarks>
internal static class MemoryEntry
{
    private const int Head = sizeof(ushort);

    public static byte[] Encode(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        byte[] entry = GC.AllocateUninitializedArray<byte>(Head + key.Length + value.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(entry, (ushort)key.Length);
        key.CopyTo(entry.AsSpan(Head));
        value.CopyTo(entry.AsSpan(Head + key.Length));
        return entry;
    }

    public static ReadOnlySpan<byte> Key(byte[] entry) =>
        entry.AsSpan(Head, BinaryPrimitives.ReadUInt16LittleEndian(entry));

    public static ReadOnlySpan<byte> Value(byte[] entry) =>
        entry.AsSpan(Head + BinaryPrimitives.ReadUInt16LittleEndian(entry));
}
