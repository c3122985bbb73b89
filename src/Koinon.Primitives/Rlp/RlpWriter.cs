using System.Buffers;
using System.Runtime.CompilerServices;

namespace Koinon.Primitives.Rlp;

/// <summary>Writes RLP into a buffer of the caller's, and into a rented one where that is too short.</summary>
/// <remarks>
/// Make it as <c>RlpWriter writer = new(stackalloc byte[512]);</c>, pass it by <c>ref</c>, end with
/// <see cref="Dispose"/>. A list whose length is known is begun by <see cref="WriteListHeader"/>; any other between
/// <see cref="BeginList"/> and <see cref="EndList"/>, which moves its content behind the header once. Nothing
/// allocates but what the pool lacks.
/// </remarks>
public ref struct RlpWriter
{
    private Span<byte> _buffer;
    private byte[]? _rented;
    private int _length;

    /// <summary>A writer that begins in a buffer of the caller's.</summary>
    /// <param name="initialBuffer">Any length, none included.</param>
    public RlpWriter(Span<byte> initialBuffer)
    {
        _buffer = initialBuffer;
        _rented = null;
        _length = 0;
    }

    /// <summary>How many bytes have been written.</summary>
    public readonly int Length => _length;

    /// <summary>What has been written.</summary>
    /// <remarks>Valid until the next write or <see cref="Dispose"/>.</remarks>
    public readonly ReadOnlySpan<byte> Written => _buffer[.._length];

    /// <summary>Length of a string's encoding.</summary>
    public static int LengthOf(ReadOnlySpan<byte> content) =>
        content.Length == 1 && content[0] < 0x80 ? 1 : HeaderLength(content.Length) + content.Length;

    /// <summary>Length of an integer's encoding.</summary>
    public static int LengthOf(ulong value) =>
        value < 0x80 ? 1 : 1 + ((71 - System.Numerics.BitOperations.LeadingZeroCount(value)) / 8);

    /// <summary>Length of an integer's encoding.</summary>
    public static int LengthOf(in UInt256 value) => value.IsUInt64 ? LengthOf(value.U0) : 1 + value.ByteLength;

    /// <summary>Length of the header before so many bytes of a list, or of a string of more than one byte.</summary>
    public static int HeaderLength(int contentLength) =>
        contentLength < 56 ? 1 : 1 + ((39 - System.Numerics.BitOperations.LeadingZeroCount((uint)contentLength)) / 8);

    /// <summary>Gives the rented buffer back.</summary>
    public void Dispose()
    {
        byte[]? rented = _rented;
        this = default;
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>Writes a string.</summary>
    public void Write(scoped ReadOnlySpan<byte> content)
    {
        if (content.Length == 1 && content[0] < 0x80)
        {
            WriteRaw(content);
            return;
        }

        WriteHeader(0x80, content.Length);
        WriteRaw(content);
    }

    /// <summary>Writes an integer.</summary>
    public void Write(ulong value)
    {
        if (value is > 0 and < 0x80)
        {
            Reserve(1)[0] = (byte)value;
            return;
        }

        int bytes = (71 - System.Numerics.BitOperations.LeadingZeroCount(value)) / 8;
        Span<byte> place = Reserve(1 + bytes);
        place[0] = (byte)(0x80 + bytes);
        for (int i = bytes; i > 0; i--)
        {
            place[i] = unchecked((byte)value);
            value >>= 8;
        }
    }

    /// <summary>Writes an integer.</summary>
    public void Write(scoped in UInt256 value)
    {
        if (value.IsUInt64)
        {
            Write(value.U0);
            return;
        }

        int bytes = value.ByteLength;
        Span<byte> place = Reserve(1 + bytes);
        place[0] = (byte)(0x80 + bytes);
        value.WriteTrimmedBigEndian(place[1..]);
    }

    /// <summary>Writes an address.</summary>
    public void Write(scoped in Address address)
    {
        Span<byte> place = Reserve(1 + Address.Size);
        place[0] = 0x80 + Address.Size;
        address.CopyTo(place[1..]);
    }

    /// <summary>Writes an address, or the empty string where there is none.</summary>
    public void Write(Address? address)
    {
        if (address is { } value)
        {
            Write(in value);
        }
        else
        {
            Reserve(1)[0] = 0x80;
        }
    }

    /// <summary>Writes a hash.</summary>
    public void Write(scoped in Hash256 hash)
    {
        Span<byte> place = Reserve(1 + Hash256.Size);
        place[0] = 0x80 + Hash256.Size;
        hash.CopyTo(place[1..]);
    }

    /// <summary>Writes a word as a string of all its 32 bytes, as storage keys are written.</summary>
    public void WriteWord(scoped in UInt256 word)
    {
        Span<byte> place = Reserve(1 + UInt256.Size);
        place[0] = 0x80 + UInt256.Size;
        word.WriteBigEndian(place[1..]);
    }

    /// <summary>Writes bytes as they are: items encoded elsewhere.</summary>
    public void WriteRaw(scoped ReadOnlySpan<byte> encoded) => encoded.CopyTo(Reserve(encoded.Length));

    /// <summary>Begins a list whose items will take so many bytes.</summary>
    public void WriteListHeader(int contentLength) => WriteHeader(0xc0, contentLength);

    /// <summary>Begins a string of more than one byte whose content follows by <see cref="WriteRaw"/>.</summary>
    public void WriteStringHeader(int contentLength) => WriteHeader(0x80, contentLength);

    /// <summary>Begins a list of a length that is not known yet.</summary>
    /// <returns>What <see cref="EndList"/> wants back.</returns>
    public int BeginList()
    {
        // Room for the shortest header: lists up to 55 bytes need no move.
        Reserve(1);
        return _length;
    }

    /// <summary>Ends the list.</summary>
    /// <param name="mark">What <see cref="BeginList"/> returned.</param>
    public void EndList(int mark) => EndItem(0xc0, mark);

    /// <summary>
    /// Ends what <see cref="BeginList"/> began, as a string: typed transactions and receipts in lists.
    /// </summary>
    /// <param name="mark">What <see cref="BeginList"/> returned; at least two bytes stand behind it.</param>
    public void EndString(int mark) => EndItem(0x80, mark);

    private void EndItem(byte prefix, int mark)
    {
        int contentLength = _length - mark;
        int header = HeaderLength(contentLength);
        if (header > 1)
        {
            Reserve(header - 1);
            _buffer.Slice(mark, contentLength).CopyTo(_buffer[(mark + header - 1)..]);
        }

        PutHeader(_buffer.Slice(mark - 1, header), prefix, contentLength);
    }

    private void WriteHeader(byte prefix, int contentLength) =>
        PutHeader(Reserve(HeaderLength(contentLength)), prefix, contentLength);

    private static void PutHeader(Span<byte> place, byte prefix, int contentLength)
    {
        if (place.Length == 1)
        {
            place[0] = (byte)(prefix + contentLength);
            return;
        }

        place[0] = (byte)(prefix + 54 + place.Length);
        for (int i = place.Length - 1; i > 0; i--)
        {
            place[i] = unchecked((byte)contentLength);
            contentLength >>= 8;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Reserve(int count)
    {
        if (count > _buffer.Length - _length)
        {
            Grow(count);
        }

        Span<byte> place = _buffer.Slice(_length, count);
        _length += count;
        return place;
    }

    private void Grow(int count)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_length + count, Math.Min(2 * _buffer.Length, 1 << 30)));
        Written.CopyTo(larger);
        byte[]? rented = _rented;
        _buffer = _rented = larger;
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
