using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Koinon.Primitives;

/// <summary>A 32-byte digest, root or key, in the order its bytes are written.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct Hash256 : IEquatable<Hash256>, IComparable<Hash256>
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 32;

    private readonly ulong _0;
    private readonly ulong _1;
    private readonly ulong _2;
    private readonly ulong _3;

    /// <summary>Reads a hash.</summary>
    /// <param name="bytes">Exactly 32 bytes.</param>
    /// <exception cref="ArgumentException">The span is not 32 bytes long.</exception>
    public Hash256(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            ThrowLength(bytes.Length);
        }

        // In bounds: the span holds exactly as many bytes as the struct.
        this = Unsafe.ReadUnaligned<Hash256>(ref MemoryMarshal.GetReference(bytes));
    }

    /// <summary>32 zero bytes.</summary>
    public static Hash256 Zero => default;

    /// <summary>Whether every byte is zero.</summary>
    public bool IsZero => (_0 | _1 | _2 | _3) == 0;

    /// <summary>Compares two hashes byte for byte.</summary>
    public static bool operator ==(in Hash256 left, in Hash256 right) => left.Equals(right);

    /// <summary>Compares two hashes byte for byte.</summary>
    public static bool operator !=(in Hash256 left, in Hash256 right) => !left.Equals(right);

    /// <summary>Whether the left hash stands before the right one in byte order.</summary>
    public static bool operator <(in Hash256 left, in Hash256 right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left hash stands after the right one in byte order.</summary>
    public static bool operator >(in Hash256 left, in Hash256 right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left hash stands before the right one or equals it.</summary>
    public static bool operator <=(in Hash256 left, in Hash256 right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left hash stands after the right one or equals it.</summary>
    public static bool operator >=(in Hash256 left, in Hash256 right) => left.CompareTo(right) >= 0;

    /// <summary>The Keccak-256 digest of some bytes.</summary>
    public static Hash256 Keccak(ReadOnlySpan<byte> bytes)
    {
        Unsafe.SkipInit(out Hash256 hash);

        // In bounds: the struct is exactly the digest's 32 bytes, all of which are written.
        Crypto.Keccak256.Hash(bytes, MemoryMarshal.AsBytes(new Span<Hash256>(ref hash)));
        return hash;
    }

    /// <summary>A word as 32 big-endian bytes.</summary>
    public static Hash256 FromWord(in UInt256 word)
    {
        Unsafe.SkipInit(out Hash256 hash);

        // In bounds: both are 32 bytes; every byte is written.
        word.WriteBigEndian(MemoryMarshal.AsBytes(new Span<Hash256>(ref hash)));
        return hash;
    }

    /// <summary>Reads 64 hex digits, with or without <c>0x</c>.</summary>
    /// <exception cref="FormatException">The text is not a hash.</exception>
    public static Hash256 Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out Hash256 hash)
            ? hash
            : throw new FormatException($"'{Hex.Shorten(text)}' is not a hash: 64 hex digits after 0x are expected.");

    /// <summary>Reads 64 hex digits, with or without <c>0x</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Hash256 hash)
    {
        Span<byte> bytes = stackalloc byte[Size];
        bool ok = Hex.TryDecodeExact(text, bytes);
        hash = ok ? new Hash256(bytes) : default;
        return ok;
    }

    /// <summary>The 32 bytes read as a big-endian number.</summary>
    public UInt256 ToWord() => UInt256.FromBigEndian(AsSpan(in this));

    /// <summary>Copies the 32 bytes.</summary>
    /// <param name="destination">At least 32 bytes.</param>
    public void CopyTo(Span<byte> destination) => AsSpan(in this).CopyTo(destination);

    /// <summary>The 32 bytes in place.</summary>
    /// <remarks>The span is valid as long as the variable it was taken from.</remarks>
    public static ReadOnlySpan<byte> AsSpan(in Hash256 hash) =>
        MemoryMarshal.AsBytes(new ReadOnlySpan<Hash256>(in hash));

    /// <inheritdoc/>
    public bool Equals(Hash256 other) =>
        (_0 == other._0) & (_1 == other._1) & (_2 == other._2) & (_3 == other._3);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Hash256 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => SeededHash.ToInt32(SeededHash.Mix(_0, _1, _2, _3));

    /// <summary>Orders hashes by their bytes.</summary>
    public int CompareTo(Hash256 other) => AsSpan(in this).SequenceCompareTo(AsSpan(in other));

    /// <summary>The hash as <c>0x</c> and 64 lower-case digits.</summary>
    public override string ToString() => Hex.Encode(AsSpan(in this));

    private static void ThrowLength(int length) =>
        throw new ArgumentException($"A hash has 32 bytes, {length} were given.");
}
