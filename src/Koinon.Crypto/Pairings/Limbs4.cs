using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Koinon.Crypto.Pairings;

/// <summary>A 256-bit number as four 64-bit limbs, least significant first.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Limbs4
{
    internal ulong L0;
    internal ulong L1;
    internal ulong L2;
    internal ulong L3;

    internal Limbs4(ulong l0, ulong l1, ulong l2, ulong l3)
    {
        L0 = l0;
        L1 = l1;
        L2 = l2;
        L3 = l3;
    }

    /// <summary>Reads 32 big-endian bytes.</summary>
    internal static Limbs4 Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes));

    /// <summary>Some bits from a position on; bits above the number are zero.</summary>
    /// <param name="position">The lowest bit's place, from 0.</param>
    /// <param name="width">How many, up to 31.</param>
    internal readonly int Bits(int position, int width)
    {
        // In bounds: the limbs lie in sequence and an index above 3 is not read.
        ref ulong limbs = ref Unsafe.AsRef(in L0);
        int index = position >> 6, shift = position & 63;
        if (index > 3) return 0;
        ulong value = Unsafe.Add(ref limbs, index) >> shift;
        if (shift + width > 64 && index < 3) value |= Unsafe.Add(ref limbs, index + 1) << (64 - shift);
        return (int)value & ((1 << width) - 1);
    }
}
