using System.Diagnostics;

namespace Koinon.State.Tries;

/// <summary>A leaf: the rest of a key and its value, kept as the bytes that are hashed.</summary>
/// <remarks>
/// A key is whole bytes, so the rest of it ends on a byte: the hex-prefix form holds the key's own last bytes, before
/// them one byte with the flags and, where the leaf stands at an odd depth, the nibble at that depth. Paths are
/// therefore compared and cut as bytes.
/// </remarks>
internal sealed class LeafNode : TrieNode
{
    private readonly byte[] _encoding;

    private LeafNode(byte[] encoding)
    {
        _encoding = encoding;
    }

    /// <inheritdoc/>
    internal override int EncodedLength => _encoding.Length;

    /// <summary>The leaf as RLP.</summary>
    internal ReadOnlySpan<byte> Encoding => _encoding;

    /// <summary>The rest of the key in hex-prefix form.</summary>
    internal ReadOnlySpan<byte> Path
    {
        get
        {
            NodeEncoding.ReadHeader(_encoding, out int list, out _);
            NodeEncoding.ReadHeader(_encoding.AsSpan(list), out int start, out int length);
            return _encoding.AsSpan(list + start, length);
        }
    }

    /// <summary>How many nibbles of the key are left.</summary>
    internal int NibbleCount
    {
        get
        {
            ReadOnlySpan<byte> path = Path;
            return (2 * (path.Length - 1)) + (IsOdd(path) ? 1 : 0);
        }
    }

    /// <summary>The value.</summary>
    internal ReadOnlyMemory<byte> Value
    {
        get
        {
            NodeEncoding.ReadHeader(_encoding, out int at, out _);
            NodeEncoding.ReadHeader(_encoding.AsSpan(at), out int pathStart, out int pathLength);
            at += pathStart + pathLength;
            NodeEncoding.ReadHeader(_encoding.AsSpan(at), out int start, out int length);
            return _encoding.AsMemory(at + start, length);
        }
    }

    /// <inheritdoc/>
    internal override void WriteTo(Span<byte> destination) => _encoding.CopyTo(destination);

    /// <summary>Makes a leaf.</summary>
    /// <param name="key">The whole key.</param>
    /// <param name="depth">How many of its nibbles lie above the leaf.</param>
    /// <param name="value">The value, not empty.</param>
    internal static LeafNode Create(ReadOnlySpan<byte> key, int depth, ReadOnlySpan<byte> value)
    {
        bool odd = (depth & 1) != 0;
        byte first = odd
            ? (byte)(NodeEncoding.LeafFlag | NodeEncoding.OddFlag | (key[depth / 2] & 15))
            : NodeEncoding.LeafFlag;
        return Create(first, key[((depth + 1) / 2)..], value);
    }

    /// <summary>The leaf of an encoding.</summary>
    /// <param name="encoding">Made by this class; kept.</param>
    internal static LeafNode FromEncoding(byte[] encoding) => new(encoding);

    /// <summary>Makes a leaf whose key has no bytes left of its own: only nibbles.</summary>
    /// <param name="nibbles">The rest of the key, one nibble a byte.</param>
    /// <param name="value">The value, not empty.</param>
    internal static LeafNode FromNibbles(ReadOnlySpan<byte> nibbles, ReadOnlySpan<byte> value)
    {
        byte[] path = new byte[1 + (nibbles.Length / 2)];
        NodeEncoding.WriteHexPrefix(nibbles, NodeEncoding.LeafFlag, path);
        return Create(path[0], path.AsSpan(1), value);
    }

    /// <summary>The nibble of the path at an index.</summary>
    internal int NibbleAt(int index)
    {
        ReadOnlySpan<byte> path = Path;
        int position = index + (IsOdd(path) ? 1 : 2);
        return (position & 1) == 0 ? path[position / 2] >> 4 : path[position / 2] & 15;
    }

    /// <summary>How many nibbles of the path a key shares.</summary>
    /// <param name="key">The whole key, which agrees with this leaf's down to the depth.</param>
    /// <param name="depth">The leaf's depth.</param>
    internal int CommonPrefix(ReadOnlySpan<byte> key, int depth)
    {
        ReadOnlySpan<byte> path = Path;
        int count = 0;
        if ((depth & 1) != 0)
        {
            Debug.Assert(IsOdd(path), "Keys are whole bytes, so the rest of one is odd where its depth is.");
            if ((path[0] & 15) != (key[depth / 2] & 15))
            {
                return 0;
            }

            count = 1;
        }

        ReadOnlySpan<byte> ours = path[1..];
        ReadOnlySpan<byte> theirs = key[((depth + 1) / 2)..];
        int bytes = ours.CommonPrefixLength(theirs);
        count += 2 * bytes;
        bool halfMore = bytes < ours.Length && bytes < theirs.Length && (ours[bytes] >> 4) == (theirs[bytes] >> 4);
        return halfMore ? count + 1 : count;
    }

    /// <summary>This leaf further down.</summary>
    /// <param name="count">How many nibbles of its path now lie above it.</param>
    internal LeafNode Skip(int count)
    {
        ReadOnlySpan<byte> path = Path;
        int position = count + (IsOdd(path) ? 1 : 2);
        bool odd = (position & 1) != 0;
        byte first = odd
            ? (byte)(NodeEncoding.LeafFlag | NodeEncoding.OddFlag | (path[position / 2] & 15))
            : NodeEncoding.LeafFlag;
        return Create(first, path[((position + 1) / 2)..], Value.Span);
    }

    /// <summary>This leaf further up.</summary>
    /// <param name="nibbles">What now lies between, one nibble a byte.</param>
    internal LeafNode Prepend(ReadOnlySpan<byte> nibbles)
    {
        byte[] all = new byte[nibbles.Length + NibbleCount];
        nibbles.CopyTo(all);
        for (int i = nibbles.Length; i < all.Length; i++)
        {
            all[i] = (byte)NibbleAt(i - nibbles.Length);
        }

        return FromNibbles(all, Value.Span);
    }

    private static bool IsOdd(ReadOnlySpan<byte> path) => (path[0] & NodeEncoding.OddFlag) != 0;

    private static LeafNode Create(byte firstOfPath, ReadOnlySpan<byte> restOfPath, ReadOnlySpan<byte> value)
    {
        Debug.Assert(!value.IsEmpty, "An empty value is no value.");

        // A path of one byte is below 0x80, hence its own encoding.
        int pathLength = 1 + restOfPath.Length;
        int pathHeader = pathLength == 1 ? 0 : NodeEncoding.HeaderLength(pathLength);
        int payload = pathHeader + pathLength + NodeEncoding.StringLength(value);
        byte[] encoding = new byte[NodeEncoding.HeaderLength(payload) + payload];
        int at = NodeEncoding.WriteHeader(NodeEncoding.ListOffset, payload, encoding);
        if (pathHeader != 0)
        {
            at += NodeEncoding.WriteHeader(NodeEncoding.StringOffset, pathLength, encoding.AsSpan(at));
        }

        encoding[at++] = firstOfPath;
        restOfPath.CopyTo(encoding.AsSpan(at));
        at += restOfPath.Length;
        NodeEncoding.WriteString(value, encoding.AsSpan(at));
        return new LeafNode(encoding);
    }
}
