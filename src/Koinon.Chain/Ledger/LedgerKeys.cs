using System.Buffers.Binary;
using Koinon.Primitives;

namespace Koinon.Chain.Ledger;

/// <summary>The keys of a ledger's tables: binary, the greatest byte first, so that they sort as numbers do.</summary>
internal static class LedgerKeys
{
    /// <summary>Bytes of a number.</summary>
    internal const int NumberSize = sizeof(ulong);

    /// <summary>Writes a number.</summary>
    internal static Span<byte> Number(Span<byte> key, ulong number)
    {
        BinaryPrimitives.WriteUInt64BigEndian(key, number);
        return key[..NumberSize];
    }

    /// <summary>Reads a number.</summary>
    internal static ulong Number(ReadOnlySpan<byte> key) => BinaryPrimitives.ReadUInt64BigEndian(key);

    /// <summary>Reads a hash at the start of a value.</summary>
    internal static Hash256 Hash(ReadOnlySpan<byte> value) => new(value[..Hash256.Size]);
}
