using System.Diagnostics;

namespace Koinon.State.Tries;

/// <summary>An extension: nibbles that all keys below share, and the branch that parts them.</summary>
internal sealed class ExtensionNode : TrieNode
{
    private readonly byte[] _path;

    /// <param name="path">The shared nibbles, one a byte, at least one; kept.</param>
    /// <param name="child">The branch below.</param>
    internal ExtensionNode(byte[] path, TrieNode child)
    {
        Debug.Assert(path.Length > 0, "An extension without a path is its child.");
        Debug.Assert(child is BranchNode or StoredNode, "Below an extension stands a branch.");
        _path = path;
        Child = child;
    }

    /// <summary>The branch below, or its reference.</summary>
    internal TrieNode Child { get; }

    /// <summary>The shared nibbles, one a byte.</summary>
    internal ReadOnlySpan<byte> Path => _path;

    /// <inheritdoc/>
    internal override int EncodedLength => NodeEncoding.HeaderLength(PayloadLength) + PayloadLength;

    private int HexPrefixLength => 1 + (_path.Length / 2);

    // A path of one byte is below 0x80, hence its own encoding.
    private int PathHeaderLength => HexPrefixLength == 1 ? 0 : NodeEncoding.HeaderLength(HexPrefixLength);

    private int PayloadLength => PathHeaderLength + HexPrefixLength + Child.ReferenceLength;

    /// <inheritdoc/>
    internal override void WriteTo(Span<byte> destination)
    {
        int at = NodeEncoding.WriteHeader(NodeEncoding.ListOffset, PayloadLength, destination);
        if (PathHeaderLength != 0)
        {
            at += NodeEncoding.WriteHeader(NodeEncoding.StringOffset, HexPrefixLength, destination[at..]);
        }

        NodeEncoding.WriteHexPrefix(_path, 0, destination[at..]);
        at += HexPrefixLength;
        Child.WriteReferenceTo(destination[at..]);
    }
}
