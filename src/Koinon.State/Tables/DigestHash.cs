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
        return TableSeed.Mix(
            BinaryPrimitives.ReadUInt64LittleEndian(bytes),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]),
            round);
    }
}
