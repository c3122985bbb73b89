using Koinon.Primitives.Tests.Rlp;

namespace Koinon.Primitives.Tests.Fuzzing;

/// <summary>Changes encodings as their structure suggests, and as a broken wire would.</summary>
/// <remarks>An encoding is RLP, or one byte below 0x80 (its type) before RLP.</remarks>
internal sealed class Mutator(Random random)
{
    // What decoders stumble over: empty, wrapped, padded, too long by one, lengths in the wrong form, lists for
    // strings.
    private static readonly byte[][] Awkward =
    [
        [0x80], [0xc0], [0x00], [0x01], [0x02], [0x81, 0x00], [0x81, 0x7f], [0x82, 0x00, 0x01], [0x82, 0x01, 0x00],
        [0xb8, 0x01, 0xff], [0xb9, 0x00, 0x38], [0xf8, 0x00], [0xf9, 0x00, 0x01], [0xb8], [0xff], [0xbf, 0xff],
        [0xbb, 0x80, 0x00, 0x00, 0x00], [0xc1, 0xc0], [0xc1, 0x80], [0x85, 0x01], [0xc4, 0xc3, 0x80, 0x80, 0x80],
        [0x88, .. new byte[8]], [0x89, 0x01, .. new byte[8]], [0x93, .. new byte[19]], [0x94, .. new byte[20]],
        [0x95, .. new byte[21]], [0x9f, .. new byte[31]], [0xa0, .. new byte[32]], [0xa1, 0x01, .. new byte[32]],
    ];

    // More lists in lists than a reader follows.
    private static readonly byte[] Deep =
        Enumerable.Range(0, 140).Aggregate(NaiveRlp.List(), static (inner, _) => NaiveRlp.List(inner)).Encode();

    /// <summary>One or several changes to an encoding; another one lends parts.</summary>
    public byte[] Mutate(byte[] accepted, byte[] other)
    {
        byte[] bytes = accepted;
        int changes = 1 + (random.Next(4) == 0 ? random.Next(3) : 0);
        for (int i = 0; i < changes; i++)
        {
            bytes = random.Next(3) == 0 ? MutateBytes(bytes, other) : MutateStructure(bytes, other);
        }

        return bytes;
    }

    public byte[] Noise()
    {
        byte[] bytes = new byte[random.Next(80)];
        random.NextBytes(bytes);
        return bytes;
    }

    private byte[] MutateBytes(byte[] bytes, byte[] other)
    {
        int at = random.Next(bytes.Length + 1);
        int length = random.Next(Math.Min(8, bytes.Length - at) + 1);
        switch (random.Next(6))
        {
            case 0:
                return bytes[..at];
            case 1:
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 2:
                return [.. bytes[..at], .. Noise(), .. bytes[at..]];
            case 3:
                return [.. bytes[..at], .. other[random.Next(other.Length + 1)..]];
            case 4:
                return [.. bytes, (byte)random.Next(256)];
            default:
                byte[] flipped = [.. bytes];
                if (at < flipped.Length)
                {
                    flipped[at] ^= (byte)(1 << random.Next(8));
                }

                return flipped;
        }
    }

    private byte[] MutateStructure(byte[] bytes, byte[] other)
    {
        int typed = bytes.Length > 0 && bytes[0] < 0x80 ? 1 : 0;
        if (typed == 1 && random.Next(20) == 0)
        {
            return [(byte)random.Next(9), .. bytes[1..]];
        }

        NaiveRlp? tree = NaiveRlp.Decode(bytes.AsSpan(typed));
        if (tree?.Items is null)
        {
            return MutateBytes(bytes, other);
        }

        NaiveRlp parent = PickList(tree);
        if (parent.Items!.Count == 0)
        {
            parent.Items.Add(NaiveRlp.Raw(PickAwkward()));
        }
        else
        {
            MutateChild(parent.Items, random.Next(parent.Items.Count), other);
        }

        return [.. bytes[..typed], .. tree.Encode()];
    }

    private void MutateChild(List<NaiveRlp> items, int at, byte[] other)
    {
        NaiveRlp child = items[at];
        switch (random.Next(11))
        {
            case 0:
                items.RemoveAt(at);
                break;
            case 1:
                items.Insert(at, child);
                break;
            case 2:
                items.Add(NaiveRlp.Raw(PickAwkward()));
                break;
            case 3:
                items[at] = NaiveRlp.List(child);
                break;
            case 4:
                items[at] = NaiveRlp.String(child.Encode());
                break;
            case 5:
                items[at] = BadHeader(child);
                break;
            case 6:
                items[at] = Borrow(other) ?? child;
                break;
            case 7:
                items[at] = items[random.Next(items.Count)];
                break;
            case 8 when child.Text is { } text:
                child.Text = Resize(text);
                break;
            case 9:
                items[at] = NaiveRlp.Raw(random.Next(20) == 0 ? Deep : [0x80]);
                break;
            default:
                items[at] = NaiveRlp.Raw(PickAwkward());
                break;
        }
    }

    private byte[] PickAwkward() => Awkward[random.Next(Awkward.Length)];

    private byte[] Resize(byte[] text) => random.Next(6) switch
    {
        0 => [0, .. text],
        1 => [.. text, (byte)random.Next(256)],
        2 => text.Length > 0 ? text[1..] : [1],
        3 => [.. Enumerable.Repeat((byte)255, text.Length)],
        4 => [.. Enumerable.Repeat((byte)1, random.Next(40))],
        _ => [],
    };

    // The same content under a header that says otherwise, or says it in a form that is not the shortest.
    private NaiveRlp BadHeader(NaiveRlp item)
    {
        byte[] encoded = item.Encode();
        byte[] header = item.IsRaw ? [] : NaiveRlp.Header(encoded.Length, item.Items is null ? 0x80 : 0xc0);
        byte[] content = encoded.Length > header.Length ? encoded[header.Length..] : [];
        int prefix = item.Items is null ? 0xb7 : 0xf7;
        return random.Next(4) switch
        {
            0 => NaiveRlp.Raw([(byte)(prefix + 1), unchecked((byte)content.Length), .. content]),
            1 => NaiveRlp.Raw([(byte)(prefix + 2), 0, unchecked((byte)content.Length), .. content]),
            2 => NaiveRlp.Raw([.. NaiveRlp.Header(content.Length + 1, prefix - 55), .. content]),
            _ => NaiveRlp.Raw([.. NaiveRlp.Header(Math.Max(0, content.Length - 1), prefix - 55), .. content]),
        };
    }

    private NaiveRlp? Borrow(byte[] other)
    {
        int typed = other.Length > 0 && other[0] < 0x80 ? 1 : 0;
        NaiveRlp? tree = NaiveRlp.Decode(other.AsSpan(typed));
        return tree?.Items is { Count: > 0 } items ? items[random.Next(items.Count)] : tree;
    }

    // Any list of the tree, the outermost ones more often.
    private NaiveRlp PickList(NaiveRlp tree)
    {
        NaiveRlp picked = tree;
        while (random.Next(3) != 0)
        {
            List<NaiveRlp> lists = [.. picked.Items!.Where(static item => item.Items is not null)];
            if (lists.Count == 0)
            {
                break;
            }

            picked = lists[random.Next(lists.Count)];
        }

        return picked;
    }
}
