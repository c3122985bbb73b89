namespace Koinon.Primitives.Tests.Rlp;

/// <summary>RLP as the yellow paper defines it, one tree node at a time, slow and obviously right.</summary>
public sealed class NaiveRlp
{
    private NaiveRlp(byte[]? text, List<NaiveRlp>? items, bool raw)
    {
        Text = text;
        Items = items;
        IsRaw = raw;
    }

    /// <summary>The string, or the bytes as they are where <see cref="IsRaw"/>.</summary>
    public byte[]? Text { get; set; }

    public List<NaiveRlp>? Items { get; }

    /// <summary>Whether the bytes stand for themselves, canonical or not: what a mutation leaves.</summary>
    public bool IsRaw { get; }

    public static NaiveRlp String(params byte[] bytes) => new(bytes, null, false);

    public static NaiveRlp Number(UInt256 value)
    {
        byte[] bytes = new byte[32];
        value.WriteBigEndian(bytes);
        return String(bytes.SkipWhile(digit => digit == 0).ToArray());
    }

    public static NaiveRlp List(params IEnumerable<NaiveRlp> items) => new(null, [.. items], false);

    public static NaiveRlp Raw(params byte[] bytes) => new(bytes, null, true);

    public byte[] Encode()
    {
        if (IsRaw || Text is [< 0x80])
        {
            return Text!;
        }

        byte[] content = Text ?? [.. Items!.SelectMany(item => item.Encode())];
        return [.. Header(content.Length, Text is null ? 0xc0 : 0x80), .. content];
    }

    public static byte[] Header(int length, int prefix)
    {
        if (length < 56)
        {
            return [(byte)(prefix + length)];
        }

        byte[] digits = Number((ulong)length).Text!;
        return [(byte)(prefix + 55 + digits.Length), .. digits];
    }

    /// <summary>
    /// Decodes leniently, then asks whether encoding gives the same bytes: that is what canonical means.
    /// </summary>
    public static NaiveRlp? Decode(ReadOnlySpan<byte> bytes)
    {
        int position = 0;
        NaiveRlp? item = Lenient(bytes, ref position);
        return item is not null && item.Encode().AsSpan().SequenceEqual(bytes) ? item : null;
    }

    public bool IsSameAs(NaiveRlp other) => Encode().AsSpan().SequenceEqual(other.Encode());

    private static NaiveRlp? Lenient(ReadOnlySpan<byte> bytes, ref int position)
    {
        if (position >= bytes.Length)
        {
            return null;
        }

        byte prefix = bytes[position++];
        if (prefix < 0x80)
        {
            return String(prefix);
        }

        bool isList = prefix >= 0xc0;
        ulong length = prefix & 0x3fu;
        if (length > 55)
        {
            int digits = (int)length - 55;
            length = 0;
            for (int i = 0; i < digits; i++)
            {
                if (position >= bytes.Length)
                {
                    return null;
                }

                length = (length << 8) | bytes[position++];
            }
        }

        if (length > (ulong)(bytes.Length - position))
        {
            return null;
        }

        int end = position + (int)length;
        if (!isList)
        {
            NaiveRlp text = String(bytes[position..end].ToArray());
            position = end;
            return text;
        }

        NaiveRlp list = List();
        while (position < end)
        {
            NaiveRlp? item = Lenient(bytes[..end], ref position);
            if (item is null)
            {
                return null;
            }

            list.Items!.Add(item);
        }

        return list;
    }
}
