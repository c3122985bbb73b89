using System.Runtime.CompilerServices;

namespace Koinon.Primitives.Rlp;

/// <summary>Reads canonical RLP item by item and refuses every other form with its reason.</summary>
/// <remarks>
/// A view over bytes that the caller keeps. Each method that returns an <see cref="RlpError"/> other than
/// <see cref="RlpError.None"/> leaves the reader where it stood. Nothing allocates. Source: yellow paper, appendix B.
/// </remarks>
public ref struct RlpReader
{
    /// <summary>How deep <see cref="Validate"/> follows lists in lists.</summary>
    public const int MaxDepth = 128;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _start;
    private int _position;

    /// <summary>A reader at the first byte.</summary>
    public RlpReader(ReadOnlySpan<byte> bytes)
        : this(bytes, 0)
    {
    }

    private RlpReader(ReadOnlySpan<byte> bytes, int start)
    {
        _bytes = bytes;
        _start = start;
        _position = 0;
    }

    /// <summary>Whether no item is left.</summary>
    public readonly bool IsEmpty => _position == _bytes.Length;

    /// <summary>How many bytes are left.</summary>
    public readonly int Remaining => _bytes.Length - _position;

    /// <summary>Where the next item begins, counted from the first byte of the outermost reader's input.</summary>
    /// <remarks>A string read just now ends here: its bytes are the ones before.</remarks>
    public readonly int Offset => _start + _position;

    /// <summary>Whether the next item is a list; <see langword="false"/> where none is left.</summary>
    public readonly bool IsListNext => _position < _bytes.Length && _bytes[_position] >= 0xc0;

    /// <summary>Whether one item, with everything in it, is canonical and fills the input.</summary>
    /// <param name="bytes">The encoding of one item.</param>
    /// <returns>
    /// The first error in reading order; <see cref="RlpError.TooDeep"/> beyond <see cref="MaxDepth"/>.
    /// </returns>
    public static RlpError Validate(ReadOnlySpan<byte> bytes)
    {
        // The ends of the lists that are open, instead of a call for each: the input decides how deep it nests.
        Span<int> ends = stackalloc int[MaxDepth];
        int depth = 0;
        int end = bytes.Length;
        int position = 0;
        do
        {
            RlpError error = ParseHeader(bytes[position..end], out bool isList, out int header, out int length);
            if (error != RlpError.None)
            {
                return error;
            }

            position += header;
            if (isList)
            {
                if (depth == MaxDepth)
                {
                    return RlpError.TooDeep;
                }

                ends[depth++] = end;
                end = position + length;
            }
            else
            {
                position += length;
            }

            while (depth > 0 && position == end)
            {
                end = ends[--depth];
            }
        }
        while (depth > 0);

        return position == end ? RlpError.None : RlpError.TrailingBytes;
    }

    /// <summary>Reads the next item, whichever it is.</summary>
    /// <param name="isList">Whether it is a list.</param>
    /// <param name="content">The string, or the encodings of the list's items.</param>
    public RlpError ReadItem(out bool isList, out ReadOnlySpan<byte> content)
    {
        RlpError error = ParseHeader(_bytes[_position..], out isList, out int header, out int length);
        if (error != RlpError.None)
        {
            content = default;
            return error;
        }

        content = _bytes.Slice(_position + header, length);
        _position += header + length;
        return RlpError.None;
    }

    /// <summary>Reads the next item with its header, unread inside.</summary>
    /// <param name="encoded">Header and content.</param>
    public RlpError ReadEncoded(out ReadOnlySpan<byte> encoded)
    {
        int from = _position;
        RlpError error = ReadItem(out _, out _);
        encoded = _bytes[from.._position];
        return error;
    }

    /// <summary>Reads a string.</summary>
    public RlpError ReadString(out ReadOnlySpan<byte> content)
    {
        RlpError error = ParseHeader(_bytes[_position..], out bool isList, out int header, out int length);
        if (error != RlpError.None || isList)
        {
            content = default;
            return error != RlpError.None ? error : RlpError.StringExpected;
        }

        content = _bytes.Slice(_position + header, length);
        _position += header + length;
        return RlpError.None;
    }

    /// <summary>Enters a list.</summary>
    /// <param name="items">A reader over its items; this reader goes on behind the list.</param>
    public RlpError ReadList(out RlpReader items)
    {
        RlpError error = ParseHeader(_bytes[_position..], out bool isList, out int header, out int length);
        if (error != RlpError.None || !isList)
        {
            items = default;
            return error != RlpError.None ? error : RlpError.ListExpected;
        }

        items = new RlpReader(_bytes.Slice(_position + header, length), _start + _position + header);
        _position += header + length;
        return RlpError.None;
    }

    /// <summary>Reads an integer of at most 64 bits.</summary>
    public RlpError ReadUInt64(out ulong value)
    {
        RlpError error = PeekInteger(sizeof(ulong), out ReadOnlySpan<byte> content, out int length);
        value = 0;
        if (error == RlpError.None)
        {
            foreach (byte digit in content)
            {
                value = (value << 8) | digit;
            }

            _position += length;
        }

        return error;
    }

    /// <summary>Reads an integer of at most 256 bits.</summary>
    public RlpError ReadUInt256(out UInt256 value)
    {
        RlpError error = PeekInteger(UInt256.Size, out ReadOnlySpan<byte> content, out int length);
        value = default;
        if (error == RlpError.None)
        {
            value = UInt256.FromBigEndian(content);
            _position += length;
        }

        return error;
    }

    /// <summary>Reads an integer of at most 8 bits.</summary>
    public RlpError ReadByte(out byte value)
    {
        RlpError error = PeekInteger(1, out ReadOnlySpan<byte> content, out int length);
        value = 0;
        if (error == RlpError.None)
        {
            value = content.IsEmpty ? (byte)0 : content[0];
            _position += length;
        }

        return error;
    }

    /// <summary>Reads an address of exactly 20 bytes.</summary>
    public RlpError ReadAddress(out Address address)
    {
        RlpError error = ReadExact(Address.Size, out ReadOnlySpan<byte> content);
        address = error == RlpError.None ? new Address(content) : default;
        return error;
    }

    /// <summary>Reads an address of exactly 20 bytes, or the empty string that stands for none.</summary>
    public RlpError ReadOptionalAddress(out Address? address)
    {
        address = null;
        if (_position < _bytes.Length && _bytes[_position] == 0x80)
        {
            _position++;
            return RlpError.None;
        }

        RlpError error = ReadAddress(out Address value);
        if (error == RlpError.None)
        {
            address = value;
        }

        return error;
    }

    /// <summary>Reads a hash of exactly 32 bytes.</summary>
    public RlpError ReadHash(out Hash256 hash)
    {
        RlpError error = ReadExact(Hash256.Size, out ReadOnlySpan<byte> content);
        hash = error == RlpError.None ? new Hash256(content) : default;
        return error;
    }

    /// <summary>Reads a string of exactly so many bytes.</summary>
    public RlpError ReadExact(int length, out ReadOnlySpan<byte> content)
    {
        int from = _position;
        RlpError error = ReadString(out content);
        if (error != RlpError.None || content.Length == length)
        {
            return error;
        }

        _position = from;
        return content.Length < length ? RlpError.StringTooShort : RlpError.StringTooLong;
    }

    /// <summary>Counts the items that are left, and moves nowhere.</summary>
    /// <param name="count">How many there are; on an error, how many stand before it.</param>
    /// <remarks>Linear in the count: lists are stepped over, not entered.</remarks>
    public readonly RlpError CountItems(out int count)
    {
        count = 0;
        ReadOnlySpan<byte> rest = _bytes[_position..];
        while (!rest.IsEmpty)
        {
            RlpError error = ParseHeader(rest, out _, out int header, out int length);
            if (error != RlpError.None)
            {
                return error;
            }

            rest = rest[(header + length)..];
            count++;
        }

        return RlpError.None;
    }

    /// <summary>Whether the last item has been read.</summary>
    /// <returns><see cref="RlpError.TrailingBytes"/> where something is left.</returns>
    public readonly RlpError End() => IsEmpty ? RlpError.None : RlpError.TrailingBytes;

    /// <summary>Reads an item's header.</summary>
    /// <param name="bytes">Begins with the header.</param>
    /// <param name="isList">Whether it announces a list.</param>
    /// <param name="header">Its length; 0 for a byte that stands for itself.</param>
    /// <param name="length">The content's length, within <paramref name="bytes"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static RlpError ParseHeader(ReadOnlySpan<byte> bytes, out bool isList, out int header, out int length)
    {
        header = 0;
        length = 1;
        isList = false;
        if (bytes.IsEmpty)
        {
            return RlpError.EndOfInput;
        }

        byte prefix = bytes[0];
        if (prefix < 0x80)
        {
            return RlpError.None;
        }

        isList = prefix >= 0xc0;
        length = prefix - (isList ? 0xc0 : 0x80);
        header = 1;
        if (length > 55)
        {
            return ParseLongHeader(bytes, length - 55, out header, out length);
        }

        if (length > bytes.Length - 1)
        {
            return RlpError.ContentTruncated;
        }

        return prefix == 0x81 && bytes[1] < 0x80 ? RlpError.SingleByteWrapped : RlpError.None;
    }

    private static RlpError ParseLongHeader(ReadOnlySpan<byte> bytes, int lengthBytes, out int header, out int length)
    {
        header = 1 + lengthBytes;
        length = 0;
        if (bytes.Length < header)
        {
            return RlpError.LengthTruncated;
        }

        if (bytes[1] == 0)
        {
            return RlpError.LengthLeadingZeros;
        }

        ulong value = 0;
        for (int i = 1; i < header; i++)
        {
            value = (value << 8) | bytes[i];
        }

        if (value < 56)
        {
            return RlpError.LengthNotMinimal;
        }

        if (value > int.MaxValue)
        {
            return RlpError.LengthTooLarge;
        }

        length = (int)value;
        return length > bytes.Length - header ? RlpError.ContentTruncated : RlpError.None;
    }

    // Looks at an integer without moving: what its bytes are, and how far its item reaches.
    private readonly RlpError PeekInteger(int maxBytes, out ReadOnlySpan<byte> content, out int itemLength)
    {
        RlpError error = ParseHeader(_bytes[_position..], out bool isList, out int header, out int length);
        if (error != RlpError.None || isList)
        {
            content = default;
            itemLength = 0;
            return error != RlpError.None ? error : RlpError.StringExpected;
        }

        content = _bytes.Slice(_position + header, length);
        itemLength = header + length;
        if (!content.IsEmpty && content[0] == 0)
        {
            return RlpError.IntegerLeadingZeros;
        }

        return length > maxBytes ? RlpError.IntegerTooLarge : RlpError.None;
    }
}
