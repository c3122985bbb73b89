using System.Buffers.Binary;
using Koinon.Primitives;

namespace Koinon.State.Tables;

/// <summary>Hashes digests, as code is named by them.</summary>
internal readonly struct DigestHash : IKeyHash<Hash256>
{
    /// <inheritdoc/>
    public static ulong Hash(in Hash256 key, int round)
    {
        ReadOnlySpan<byte> bytes = Hash256.AsSpan(in key);
        ulong salt = IKeyHash<Hash256>.SaltOf(round);
        return SeededHash.Mix(
            BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ salt,
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]) ^ salt,
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]));
    }
}
