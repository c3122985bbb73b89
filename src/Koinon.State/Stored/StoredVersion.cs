using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Koinon.Primitives;
using Koinon.Storage;

namespace Koinon.State.Stored;

/// <summary>What stands of a block in the table of blocks.</summary>
/// <param name="Id">The name of its state: another one whenever another state takes the number.</param>
/// <param name="Root">Its state root.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StoredVersion(ulong Id, Hash256 Root)
{
    private const int Size = sizeof(ulong) + Hash256.Size;

    /// <summary>Reads what stands of a block.</summary>
    internal static bool TryRead(IReadTransaction transaction, ulong number, out StoredVersion version)
    {
        Span<byte> key = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(key, number);
        if (!transaction.TryGet(StateTables.Blocks, key, out ReadOnlySpan<byte> value) || value.Length != Size)
        {
            version = default;
            return false;
        }

        version = new StoredVersion(
            BinaryPrimitives.ReadUInt64BigEndian(value), new Hash256(value[sizeof(ulong)..]));
        return true;
    }

    /// <summary>Reads what stands of a block that is there.</summary>
    /// <exception cref="StoreException">It is not.</exception>
    internal static StoredVersion Read(IReadTransaction transaction, ulong number) =>
        TryRead(transaction, number, out StoredVersion version)
            ? version
            : throw new StoreException(StoreError.Corrupt, $"The state of block {number} has no record.");

    /// <summary>Writes what stands of a block.</summary>
    internal void Write(IWriteTransaction transaction, ulong number)
    {
        Span<byte> key = stackalloc byte[sizeof(ulong)];
        Span<byte> value = stackalloc byte[Size];
        BinaryPrimitives.WriteUInt64BigEndian(key, number);
        BinaryPrimitives.WriteUInt64BigEndian(value, Id);
        Hash256.AsSpan(Root).CopyTo(value[sizeof(ulong)..]);
        transaction.Put(StateTables.Blocks, key, value);
    }

    /// <summary>Removes what stands of a block.</summary>
    internal static void Delete(IWriteTransaction transaction, ulong number)
    {
        Span<byte> key = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(key, number);
        transaction.Delete(StateTables.Blocks, key);
    }
}
