using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Koinon.Primitives;

/// <summary>An account's address: 20 bytes, big-endian, the last 20 of a Keccak-256 digest.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public readonly struct Address : IEquatable<Address>, IComparable<Address>
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 20;

    private readonly ulong _head;
    private readonly ulong _middle;
    private readonly uint _tail;

    /// <summary>Reads an address.</summary>
    /// <param name="bytes">Exactly 20 bytes, big-endian.</param>
    /// <exception cref="ArgumentException">The span is not 20 bytes long.</exception>
    public Address(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            ThrowLength(bytes.Length);
        }

        // In bounds: the span holds exactly as many bytes as the struct.
        this = Unsafe.ReadUnaligned<Address>(ref MemoryMarshal.GetReference(bytes));
    }

    /// <summary>The address of 20 zero bytes.</summary>
    public static Address Zero => default;

    /// <summary>Whether every byte is zero.</summary>
    public bool IsZero => (_head | _middle | _tail) == 0;

    /// <summary>Compares two addresses byte for byte.</summary>
    public static bool operator ==(in Address left, in Address right) => left.Equals(right);

    /// <summary>Compares two addresses byte for byte.</summary>
    public static bool operator !=(in Address left, in Address right) => !left.Equals(right);

    /// <summary>Whether the left address stands before the right one in byte order.</summary>
    public static bool operator <(in Address left, in Address right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left address stands after the right one in byte order.</summary>
    public static bool operator >(in Address left, in Address right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left address stands before the right one or equals it.</summary>
    public static bool operator <=(in Address left, in Address right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left address stands after the right one or equals it.</summary>
    public static bool operator >=(in Address left, in Address right) => left.CompareTo(right) >= 0;

    /// <summary>The low 20 bytes of a word, as the EVM reads an address from its stack.</summary>
    public static Address FromWord(in UInt256 word)
    {
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        word.WriteBigEndian(bytes);
        return new Address(bytes[12..]);
    }

    /// <summary>Reads 40 hex digits, with or without <c>0x</c>, in any case.</summary>
    /// <exception cref="FormatException">The text is not an address.</exception>
    public static Address Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out Address address)
            ? address
            : throw new FormatException(
                $"'{Hex.Shorten(text)}' is not an address: 40 hex digits after 0x are expected.");

    /// <summary>Reads 40 hex digits, with or without <c>0x</c>, in any case.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Address address)
    {
        Span<byte> bytes = stackalloc byte[Size];
        bool ok = Hex.TryDecodeExact(text, bytes);
        address = ok ? new Address(bytes) : default;
        return ok;
    }

    /// <summary>The address as a word: 12 zero bytes, then the address.</summary>
    public UInt256 ToWord()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return UInt256.FromBigEndian(bytes);
    }

    /// <summary>Copies the 20 bytes.</summary>
    /// <param name="destination">At least 20 bytes.</param>
    public void CopyTo(Span<byte> destination) => AsSpan(in this).CopyTo(destination);

    /// <summary>The 20 bytes in place.</summary>
    /// <remarks>The span is valid as long as the variable it was taken from.</remarks>
    public static ReadOnlySpan<byte> AsSpan(in Address address) =>
        MemoryMarshal.AsBytes(new ReadOnlySpan<Address>(in address));

    /// <inheritdoc/>
    public bool Equals(Address other) => _head == other._head && _middle == other._middle && _tail == other._tail;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Address other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => SeededHash.ToInt32(SeededHash.Mix(_head, _middle, _tail, 0));

    /// <summary>Orders addresses by their bytes.</summary>
    public int CompareTo(Address other) => AsSpan(in this).SequenceCompareTo(AsSpan(in other));

    /// <summary>The address as <c>0x</c> and 40 lower-case digits.</summary>
    public override string ToString() => Hex.Encode(AsSpan(in this));

    /// <summary>The address with the capitals of its checksum (EIP-55).</summary>
    public string ToChecksumString()
    {
        Span<char> text = stackalloc char[2 + (2 * Size)];
        Span<byte> ascii = stackalloc byte[2 * Size];
        Span<byte> digest = stackalloc byte[Hash256.Size];
        ToString().CopyTo(text);
        for (int i = 0; i < ascii.Length; i++)
        {
            ascii[i] = (byte)text[i + 2];
        }

        Crypto.Keccak256.Hash(ascii, digest);
        for (int i = 0; i < ascii.Length; i++)
        {
            int nibble = (i & 1) == 0 ? digest[i / 2] >> 4 : digest[i / 2] & 15;
            text[i + 2] = nibble >= 8 ? char.ToUpperInvariant(text[i + 2]) : text[i + 2];
        }

        return new string(text);
    }

    private static void ThrowLength(int length) =>
        throw new ArgumentException($"An address has 20 bytes, {length} were given.");
}
