using System.Buffers.Binary;
using Koinon.Primitives;

namespace Koinon.State.Tables;

/// <summary>Hashes addresses.</summary>
internal readonly struct AddressHash : IKeyHash<Address>
{
    /// <inheritdoc/>
    public static ulong Hash(in Address key, int round)
    {
        ReadOnlySpan<byte> bytes = Address.AsSpan(in key);
        ulong salt = IKeyHash<Address>.SaltOf(round);
        return SeededHash.Mix(
            BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ salt,
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[16..]) ^ salt,
            0);
    }
}
