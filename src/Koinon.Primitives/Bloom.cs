using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Koinon.Primitives;

/// <summary>
/// A block's or receipt's filter over the addresses and topics of its logs: 2,048 bits, 256 bytes big-endian.
/// </summary>
/// <remarks>
/// A value of 256 bytes: pass it by <c>in</c> or <c>ref</c>. The default is the empty filter. Source: yellow paper,
/// section 4.3.1 (M3:2048).
/// </remarks>
public struct Bloom : IEquatable<Bloom>
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 256;

    private Cells _cells;

    /// <summary>Reads a filter.</summary>
    /// <param name="bytes">Exactly 256 bytes.</param>
    /// <exception cref="ArgumentException">The span is not 256 bytes long.</exception>
    public Bloom(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            ThrowLength(bytes.Length);
        }

        bytes.CopyTo(MutableBytes(ref this));
    }

    /// <summary>Whether no bit is set.</summary>
    public readonly bool IsEmpty => !AsSpan(in this).ContainsAnyExcept((byte)0);

    /// <summary>Compares two filters bit for bit.</summary>
    public static bool operator ==(in Bloom left, in Bloom right) => left.Equals(in right);

    /// <summary>Compares two filters bit for bit.</summary>
    public static bool operator !=(in Bloom left, in Bloom right) => !left.Equals(in right);

    /// <summary>The 256 bytes in place.</summary>
    /// <remarks>The span is valid as long as the variable it was taken from.</remarks>
    public static ReadOnlySpan<byte> AsSpan(in Bloom bloom) =>
        MemoryMarshal.AsBytes((ReadOnlySpan<ulong>)bloom._cells);

    /// <summary>Reads 512 hex digits, with or without <c>0x</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Bloom bloom)
    {
        bloom = default;
        return Hex.TryDecodeExact(text, MutableBytes(ref bloom));
    }

    /// <summary>Sets the three bits of an address or topic.</summary>
    /// <param name="bytes">20 bytes of an address or 32 of a topic.</param>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        Hash256 digest = Hash256.Keccak(bytes);
        ReadOnlySpan<byte> hash = Hash256.AsSpan(in digest);
        Span<byte> filter = MutableBytes(ref this);
        for (int i = 0; i < 6; i += 2)
        {
            (int index, byte mask) = Bit(hash, i);
            filter[index] |= mask;
        }
    }

    /// <summary>Sets the bits of an address.</summary>
    public void Add(in Address address) => Add(Address.AsSpan(in address));

    /// <summary>Sets the bits of a topic.</summary>
    public void Add(in Hash256 topic) => Add(Hash256.AsSpan(in topic));

    /// <summary>Sets every bit that the other filter has set.</summary>
    public void Or(in Bloom other)
    {
        Span<Vector<byte>> mine = MemoryMarshal.Cast<byte, Vector<byte>>(MutableBytes(ref this));
        ReadOnlySpan<Vector<byte>> theirs = MemoryMarshal.Cast<byte, Vector<byte>>(AsSpan(in other));
        for (int i = 0; i < mine.Length; i++)
        {
            mine[i] |= theirs[i];
        }
    }

    /// <summary>
    /// Whether an address or topic may have been added; <see langword="false"/> means that it was not.
    /// </summary>
    public readonly bool Contains(ReadOnlySpan<byte> bytes)
    {
        Hash256 digest = Hash256.Keccak(bytes);
        ReadOnlySpan<byte> hash = Hash256.AsSpan(in digest);
        ReadOnlySpan<byte> filter = AsSpan(in this);
        for (int i = 0; i < 6; i += 2)
        {
            (int index, byte mask) = Bit(hash, i);
            if ((filter[index] & mask) == 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether every bit of the other filter is set here too.</summary>
    public readonly bool ContainsAll(in Bloom other)
    {
        ReadOnlySpan<ulong> mine = MemoryMarshal.Cast<byte, ulong>(AsSpan(in this));
        ReadOnlySpan<ulong> theirs = MemoryMarshal.Cast<byte, ulong>(AsSpan(in other));
        ulong missing = 0;
        for (int i = 0; i < mine.Length; i++)
        {
            missing |= theirs[i] & ~mine[i];
        }

        return missing == 0;
    }

    /// <summary>Copies the 256 bytes.</summary>
    /// <param name="destination">At least 256 bytes.</param>
    public readonly void CopyTo(Span<byte> destination) => AsSpan(in this).CopyTo(destination);

    /// <summary>Compares two filters bit for bit, without a copy.</summary>
    public readonly bool Equals(in Bloom other) => AsSpan(in this).SequenceEqual(AsSpan(in other));

    /// <inheritdoc/>
    readonly bool IEquatable<Bloom>.Equals(Bloom other) => Equals(in other);

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is Bloom other && Equals(in other);

    /// <inheritdoc/>
    public override readonly int GetHashCode()
    {
        HashCode hash = default;
        hash.AddBytes(AsSpan(in this));
        return hash.ToHashCode();
    }

    /// <summary>The filter as <c>0x</c> and 512 lower-case digits.</summary>
    public override readonly string ToString() => Hex.Encode(AsSpan(in this));

    // Eleven bits of the digest name a bit, counted from the filter's low end, which is its last byte.
    private static (int Index, byte Mask) Bit(ReadOnlySpan<byte> hash, int at)
    {
        int bit = ((hash[at] << 8) | hash[at + 1]) & 2047;
        return (Size - 1 - (bit >> 3), (byte)(1 << (bit & 7)));
    }

    private static Span<byte> MutableBytes(ref Bloom bloom) => MemoryMarshal.AsBytes((Span<ulong>)bloom._cells);

    private static void ThrowLength(int length) =>
        throw new ArgumentException($"A bloom filter has {Size} bytes, {length} were given.");

    [InlineArray(Size / sizeof(ulong))]
    private struct Cells
    {
        private ulong _first;
    }
}
