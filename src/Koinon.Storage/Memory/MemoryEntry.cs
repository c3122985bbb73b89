namespace Koinon.Storage.Memory;

/// <summary>A key and its value where they stand: in the page of a leaf, which never changes what is written.</summary>
/// <remarks>
/// Length of the key without what all keys of the page begin with; length of the value times two, or the place of a
/// long value among those that are kept apart, times two and one; that part of the key; the value. Lengths below 128
/// take one byte, others two, the lower seven bits first.
/// </remarks>
/// <param name="page">The page.</param>
/// <param name="place">Where the entry begins.</param>
/// <param name="shared">How many bytes all keys of the page begin with.</param>
/// <param name="apart">The long values.</param>
internal readonly struct MemoryEntry(byte[] page, int place, int shared, byte[]?[] apart)
{
    /// <summary>Where a page's shared beginning of keys stands: after the count of bytes in use.</summary>
    public const int PageHead = sizeof(int);

    /// <summary>The longest value that stands in a page.</summary>
    public const int ValueMax = 1024;

    /// <summary>Length of the key.</summary>
    public int KeyLength
    {
        get
        {
            int at = place;
            return shared + Read(page, ref at);
        }
    }

    /// <summary>What the key does not share with the others of the page.</summary>
    public ReadOnlySpan<byte> Rest => RestAt(page, place);

    /// <summary>The value.</summary>
    public ReadOnlySpan<byte> Value
    {
        get
        {
            int at = place;
            int rest = Read(page, ref at);
            int code = Read(page, ref at);
            return (code & 1) == 0 ? page.AsSpan(at + rest, code >> 1) : apart[code >> 1];
        }
    }

    /// <summary>Where the value stands among those that are kept apart; negative where it does not.</summary>
    public int Apart
    {
        get
        {
            int at = place;
            _ = Read(page, ref at);
            int code = Read(page, ref at);
            return (code & 1) == 0 ? -1 : code >> 1;
        }
    }

    /// <summary>Bytes of the page that it takes.</summary>
    public int Size
    {
        get
        {
            int at = place;
            int rest = Read(page, ref at);
            int code = Read(page, ref at);
            return at - place + rest + ((code & 1) == 0 ? code >> 1 : 0);
        }
    }

    /// <summary>Writes the key.</summary>
    /// <returns>Its length.</returns>
    public int CopyKey(Span<byte> to)
    {
        page.AsSpan(PageHead, shared).CopyTo(to);
        ReadOnlySpan<byte> rest = Rest;
        rest.CopyTo(to[shared..]);
        return shared + rest.Length;
    }

    /// <summary>Copies it as it stands.</summary>
    /// <returns>Bytes that it takes.</returns>
    public int CopyTo(Span<byte> to)
    {
        int size = Size;
        page.AsSpan(place, size).CopyTo(to);
        return size;
    }

    /// <summary>Bytes that an entry takes.</summary>
    /// <param name="rest">Length of the key without what is shared.</param>
    /// <param name="code">Length or place of the value, as it is written.</param>
    public static int SizeOf(int rest, int code) =>
        (rest < 0x80 ? 1 : 2) + (code < 0x80 ? 1 : 2) + rest + ((code & 1) == 0 ? code >> 1 : 0);

    /// <summary>Writes the lengths of an entry.</summary>
    /// <returns>Where the key goes.</returns>
    public static int Write(byte[] page, int place, int rest, int code)
    {
        place = Write(page, place, rest);
        return Write(page, place, code);
    }

    /// <summary>What the key of the entry at a place does not share with the others of the page.</summary>
    public static ReadOnlySpan<byte> RestAt(byte[] page, int place)
    {
        int length = Read(page, ref place);
        place += page[place] < 0x80 ? 1 : 2;
        return page.AsSpan(place, length);
    }

    private static int Read(byte[] page, ref int at)
    {
        int number = page[at++];
        return number < 0x80 ? number : (number & 0x7f) | (page[at++] << 7);
    }

    private static int Write(byte[] page, int at, int number)
    {
        if (number < 0x80)
        {
            page[at] = (byte)number;
            return at + 1;
        }

        page[at] = (byte)(0x80 | (number & 0x7f));
        page[at + 1] = (byte)(number >> 7);
        return at + 2;
    }
}
