using System.Runtime.CompilerServices;

namespace Koinon.Primitives;

// Bits and shifts.
public readonly partial struct UInt256
{
    /// <summary>Bitwise and.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt256 operator &(in UInt256 left, in UInt256 right) =>
        new(left.U3 & right.U3, left.U2 & right.U2, left.U1 & right.U1, left.U0 & right.U0);

    /// <summary>Bitwise or.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt256 operator |(in UInt256 left, in UInt256 right) =>
        new(left.U3 | right.U3, left.U2 | right.U2, left.U1 | right.U1, left.U0 | right.U0);

    /// <summary>Bitwise exclusive or.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt256 operator ^(in UInt256 left, in UInt256 right) =>
        new(left.U3 ^ right.U3, left.U2 ^ right.U2, left.U1 ^ right.U1, left.U0 ^ right.U0);

    /// <summary>Bitwise complement.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt256 operator ~(in UInt256 value) => new(~value.U3, ~value.U2, ~value.U1, ~value.U0);

    /// <summary>Shifts towards the high end; zero from 256 bits on.</summary>
    /// <param name="value">What is shifted.</param>
    /// <param name="bits">At least 0.</param>
    public static UInt256 operator <<(in UInt256 value, int bits)
    {
        unchecked
        {
            if ((uint)bits >= 256)
            {
                return Zero;
            }

            int rest = bits & 63;

            // Two shifts where one of 64 would be none: the inner one always moves a bit.
            return (bits >> 6) switch
            {
                0 => new UInt256(
                    (value.U3 << rest) | ((value.U2 >> 1) >> (63 - rest)),
                    (value.U2 << rest) | ((value.U1 >> 1) >> (63 - rest)),
                    (value.U1 << rest) | ((value.U0 >> 1) >> (63 - rest)),
                    value.U0 << rest),
                1 => new UInt256(
                    (value.U2 << rest) | ((value.U1 >> 1) >> (63 - rest)),
                    (value.U1 << rest) | ((value.U0 >> 1) >> (63 - rest)),
                    value.U0 << rest,
                    0),
                2 => new UInt256((value.U1 << rest) | ((value.U0 >> 1) >> (63 - rest)), value.U0 << rest, 0, 0),
                _ => new UInt256(value.U0 << rest, 0, 0, 0),
            };
        }
    }

    /// <summary>Shifts towards the low end, zeros coming in; zero from 256 bits on.</summary>
    /// <param name="value">What is shifted.</param>
    /// <param name="bits">At least 0.</param>
    public static UInt256 operator >>(in UInt256 value, int bits) => (uint)bits >= 256 ? Zero : ShiftRight(value,
        bits, 0);

    /// <summary>Shifts towards the low end, zeros coming in; the same as <c>&gt;&gt;</c>, since a word has no
    /// sign.</summary>
    public static UInt256 operator >>>(in UInt256 value, int bits) => value >> bits;

    /// <summary>Shifts towards the low end, the sign bit coming in (the EVM's SAR).</summary>
    /// <param name="value">What is shifted, read as two's complement.</param>
    /// <param name="bits">From 256 on the result is 0 or -1.</param>
    public static UInt256 ShiftRightArithmetic(in UInt256 value, int bits)
    {
        ulong sign = unchecked((ulong)((long)value.U3 >> 63));
        return (uint)bits >= 256 ? new UInt256(sign, sign, sign, sign) : ShiftRight(value, bits, sign);
    }

    /// <summary>Whether a bit is set; bit 0 is the lowest.</summary>
    /// <param name="bit">0 to 255.</param>
    public bool IsBitSet(int bit) => ((Limb(bit >> 6) >> (bit & 63)) & 1) != 0;

    /// <summary>The byte at a place counted from the high end (the EVM's BYTE).</summary>
    /// <param name="value">The word.</param>
    /// <param name="index">0 is the highest byte; from 32 on the result is 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong ByteAt(in UInt256 value, ulong index) =>
        index < Size ? (value.Limb(3 - (int)(index >> 3)) >> (56 - (8 * (int)(index & 7)))) & 0xff : 0;

    /// <summary>Repeats the sign of a shorter number through the bytes above it (the EVM's SIGNEXTEND).</summary>
    /// <param name="value">The number in the lowest bytes.</param>
    /// <param name="lastByte">Index of its highest byte counted from the low end; from 31 on nothing changes.</param>
    public static UInt256 SignExtend(in UInt256 value, in UInt256 lastByte)
    {
        if (!lastByte.IsUInt64 || lastByte.U0 >= 31)
        {
            return value;
        }

        int unused = 248 - (8 * (int)lastByte.U0);
        return ShiftRightArithmetic(value << unused, unused);
    }

    private ulong Limb(int index) => index switch { 0 => U0, 1 => U1, 2 => U2, _ => U3 };

    // Shifts by 0 to 255 bits; "fill" is what comes in at the top, all zeros or all ones.
    private static UInt256 ShiftRight(in UInt256 value, int bits, ulong fill)
    {
        unchecked
        {
            int rest = bits & 63;
            ulong top = (fill << 1) << (63 - rest);
            return (bits >> 6) switch
            {
                0 => new UInt256(
                    (value.U3 >> rest) | top,
                    (value.U2 >> rest) | ((value.U3 << 1) << (63 - rest)),
                    (value.U1 >> rest) | ((value.U2 << 1) << (63 - rest)),
                    (value.U0 >> rest) | ((value.U1 << 1) << (63 - rest))),
                1 => new UInt256(
                    fill,
                    (value.U3 >> rest) | top,
                    (value.U2 >> rest) | ((value.U3 << 1) << (63 - rest)),
                    (value.U1 >> rest) | ((value.U2 << 1) << (63 - rest))),
                2 => new UInt256(
                    fill,
                    fill,
                    (value.U3 >> rest) | top,
                    (value.U2 >> rest) | ((value.U3 << 1) << (63 - rest))),
                _ => new UInt256(fill, fill, fill, (value.U3 >> rest) | top),
            };
        }
    }
}
