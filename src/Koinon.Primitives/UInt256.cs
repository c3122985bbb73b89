using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Koinon.Primitives;

/// <summary>A 256-bit unsigned integer: the EVM's word. Four 64-bit limbs, the lowest first.</summary>
/// <remarks>
/// Plain operators wrap modulo 2²⁵⁶ in an <c>unchecked</c> context and throw in a <c>checked</c> one, as those of
/// <see cref="UInt128"/> do. Nothing here allocates but the text it formats.
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
public readonly partial struct UInt256 : IEquatable<UInt256>, IComparable<UInt256>, IComparable
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 32;

    /// <summary>Bits 0 to 63.</summary>
    public readonly ulong U0;

    /// <summary>Bits 64 to 127.</summary>
    public readonly ulong U1;

    /// <summary>Bits 128 to 191.</summary>
    public readonly ulong U2;

    /// <summary>Bits 192 to 255.</summary>
    public readonly ulong U3;

    /// <summary>A word from its limbs, the highest first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public UInt256(ulong u3, ulong u2, ulong u1, ulong u0)
    {
        U0 = u0;
        U1 = u1;
        U2 = u2;
        U3 = u3;
    }

    /// <summary>Zero.</summary>
    public static UInt256 Zero => default;

    /// <summary>One.</summary>
    public static UInt256 One => new(0, 0, 0, 1);

    /// <summary>2²⁵⁶-1.</summary>
    public static UInt256 MaxValue => new(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue);

    /// <summary>Whether the value is zero.</summary>
    public bool IsZero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (U0 | U1 | U2 | U3) == 0;
    }

    /// <summary>Whether the value fits into 64 bits.</summary>
    public bool IsUInt64
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (U1 | U2 | U3) == 0;
    }

    /// <summary>Whether bit 255 is set: the word is negative when read as two's complement.</summary>
    public bool IsNegative => U3 >> 63 != 0;

    /// <summary>How many bits the value needs; 0 for zero.</summary>
    public int BitLength => 256 - LeadingZeroCount(in this);

    /// <summary>How many bytes the value needs; 0 for zero.</summary>
    public int ByteLength => (BitLength + 7) / 8;

    /// <summary>A 64-bit value as a word.</summary>
    public static implicit operator UInt256(ulong value) => new(0, 0, 0, value);

    /// <summary>A 32-bit value as a word.</summary>
    public static implicit operator UInt256(uint value) => new(0, 0, 0, value);

    /// <summary>A 128-bit value as a word.</summary>
    public static implicit operator UInt256(UInt128 value) =>
        new(0, 0, (ulong)(value >> 64), unchecked((ulong)value));

    /// <summary>A signed value as a word: negative numbers in two's complement.</summary>
    public static explicit operator UInt256(long value)
    {
        ulong sign = unchecked((ulong)(value >> 63));
        return new UInt256(sign, sign, sign, unchecked((ulong)value));
    }

    /// <summary>A signed value as a word.</summary>
    /// <exception cref="OverflowException">The value is negative.</exception>
    public static explicit operator checked UInt256(long value) => new(0, 0, 0, checked((ulong)value));

    /// <summary>The lowest 64 bits.</summary>
    public static explicit operator ulong(in UInt256 value) => value.U0;

    /// <summary>The value as 64 bits.</summary>
    /// <exception cref="OverflowException">The value does not fit.</exception>
    public static explicit operator checked ulong(in UInt256 value)
    {
        if (!value.IsUInt64)
        {
            ThrowOverflow();
        }

        return value.U0;
    }

    /// <summary>Whether two words are equal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool operator ==(in UInt256 left, in UInt256 right) => left.Equals(right);

    /// <summary>Whether two words differ.</summary>
    public static bool operator !=(in UInt256 left, in UInt256 right) => !left.Equals(right);

    /// <summary>Unsigned comparison.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool operator <(in UInt256 left, in UInt256 right)
    {
        if (left.U3 != right.U3)
        {
            return left.U3 < right.U3;
        }

        if (left.U2 != right.U2)
        {
            return left.U2 < right.U2;
        }

        return left.U1 != right.U1 ? left.U1 < right.U1 : left.U0 < right.U0;
    }

    /// <summary>Unsigned comparison.</summary>
    public static bool operator >(in UInt256 left, in UInt256 right) => right < left;

    /// <summary>Unsigned comparison.</summary>
    public static bool operator <=(in UInt256 left, in UInt256 right) => !(right < left);

    /// <summary>Unsigned comparison.</summary>
    public static bool operator >=(in UInt256 left, in UInt256 right) => !(left < right);

    /// <summary>Compares two words in two's complement (the EVM's SLT).</summary>
    public static bool SignedLessThan(in UInt256 left, in UInt256 right)
    {
        bool leftNegative = left.IsNegative;
        return leftNegative != right.IsNegative ? leftNegative : left < right;
    }

    /// <summary>Reads a big-endian number.</summary>
    /// <param name="bytes">At most 32 bytes; fewer stand for the low end.</param>
    /// <exception cref="ArgumentException">More than 32 bytes were given.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt256 FromBigEndian(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Size ? FromWordBytes(ref MemoryMarshal.GetReference(bytes)) : FromShortBigEndian(bytes);

    /// <summary>Writes the value as 32 big-endian bytes.</summary>
    /// <param name="destination">At least 32 bytes.</param>
    /// <exception cref="ArgumentException">The destination is shorter.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteBigEndian(Span<byte> destination)
    {
        if (destination.Length < Size)
        {
            ThrowShortDestination();
        }

        WriteWordBytes(ref MemoryMarshal.GetReference(destination));
    }

    /// <summary>Writes the value without leading zero bytes, as RLP has it.</summary>
    /// <param name="destination">At least <see cref="ByteLength"/> bytes.</param>
    /// <returns>How many bytes were written; 0 for zero.</returns>
    public int WriteTrimmedBigEndian(Span<byte> destination)
    {
        Span<byte> word = stackalloc byte[Size];
        WriteBigEndian(word);
        int length = ByteLength;
        word[(Size - length)..].CopyTo(destination);
        return length;
    }

    /// <summary>Reads 32 big-endian bytes at a place that holds as many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static UInt256 FromWordBytes(ref byte source)
    {
        // In bounds by contract: the caller's place holds 32 bytes.
        if (Vector256.IsHardwareAccelerated && BitConverter.IsLittleEndian)
        {
            return Unsafe.BitCast<Vector256<byte>, UInt256>(Reverse(Vector256.LoadUnsafe(ref source)));
        }

        return new UInt256(
            BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(ref source)),
            BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, 8))),
            BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, 16))),
            BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, 24))));
    }

    /// <summary>Writes 32 big-endian bytes at a place that holds as many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void WriteWordBytes(ref byte destination)
    {
        // In bounds by contract: the caller's place holds 32 bytes.
        if (Vector256.IsHardwareAccelerated && BitConverter.IsLittleEndian)
        {
            Reverse(Unsafe.BitCast<UInt256, Vector256<byte>>(this)).StoreUnsafe(ref destination);
            return;
        }

        Unsafe.WriteUnaligned(ref destination, BinaryPrimitives.ReverseEndianness(U3));
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref destination, 8), BinaryPrimitives.ReverseEndianness(U2));
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref destination, 16), BinaryPrimitives.ReverseEndianness(U1));
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref destination, 24), BinaryPrimitives.ReverseEndianness(U0));
    }

    /// <summary>How many of the 256 bits stand above the highest set one; 256 for zero (the EVM's CLZ).</summary>
    public static int LeadingZeroCount(in UInt256 value)
    {
        if (value.U3 != 0)
        {
            return BitOperations.LeadingZeroCount(value.U3);
        }

        if (value.U2 != 0)
        {
            return 64 + BitOperations.LeadingZeroCount(value.U2);
        }

        return value.U1 != 0
            ? 128 + BitOperations.LeadingZeroCount(value.U1)
            : 192 + BitOperations.LeadingZeroCount(value.U0);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Equals(UInt256 other) => ((U0 ^ other.U0) | (U1 ^ other.U1) | (U2 ^ other.U2) | (U3 ^ other.U3)) == 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is UInt256 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => SeededHash.ToInt32(SeededHash.Mix(U0, U1, U2, U3));

    /// <inheritdoc/>
    public int CompareTo(UInt256 other) => this < other ? -1 : this == other ? 0 : 1;

    /// <inheritdoc/>
    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        UInt256 other => CompareTo(other),
        _ => throw new ArgumentException($"A word is compared with a word, not with a {obj.GetType().Name}.",
        nameof(obj)),
    };

    // Reverses all 32 bytes: each 128-bit half within itself, then the halves.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Reverse(Vector256<byte> bytes) =>
        Vector256.Shuffle(bytes, Vector256.Create(
            (byte)31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16,
            15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0));

    private static UInt256 FromShortBigEndian(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Size)
        {
            throw new ArgumentException($"A word has at most 32 bytes, {bytes.Length} were given.");
        }

        Span<byte> word = stackalloc byte[Size];
        word[..(Size - bytes.Length)].Clear();
        bytes.CopyTo(word[(Size - bytes.Length)..]);
        return FromWordBytes(ref MemoryMarshal.GetReference(word));
    }

    private static void ThrowOverflow() => throw new OverflowException("The result does not fit.");

    private static void ThrowShortDestination() => throw new ArgumentException("A word needs 32 bytes.");
}
