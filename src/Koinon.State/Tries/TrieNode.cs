using System.Runtime.InteropServices;
using Koinon.Primitives;

namespace Koinon.State.Tries;

/// <summary>A node of a Merkle-Patricia trie: a leaf, an extension or a branch, or the reference of one.</summary>
/// <remarks>
/// A node is <em>open</em> while the change that makes it runs, and <em>sealed</em> once its reference is known: what
/// its parent writes for it, the Keccak-256 of its encoding or, where that is shorter than 32 bytes, the encoding
/// itself. Sealed nodes never change and are shared by all versions that contain them. Source: yellow paper,
/// appendix D.
/// </remarks>
internal abstract class TrieNode
{
    private Hash256 _reference;
    private byte _referenceLength;

    /// <summary>Whether the reference is known; everything below is sealed then too.</summary>
    internal bool IsSealed => _referenceLength != 0;

    /// <summary>Whether the parent writes the encoding itself instead of its hash.</summary>
    internal bool IsEmbedded => _referenceLength < Hash256.Size;

    /// <summary>The hash of a sealed node that is not embedded.</summary>
    internal Hash256 Hash => _reference;

    /// <summary>Bytes that a parent needs for this sealed node.</summary>
    internal int ReferenceLength => IsEmbedded ? _referenceLength : Hash256.Size + 1;

    /// <summary>Bytes of <see cref="WriteTo"/>.</summary>
    internal abstract int EncodedLength { get; }

    /// <summary>Writes the node as RLP; all children are sealed.</summary>
    /// <param name="destination">At least <see cref="EncodedLength"/> bytes.</param>
    internal abstract void WriteTo(Span<byte> destination);

    /// <summary>Whether a parent would hold the same for another sealed node.</summary>
    internal bool HasReferenceOf(TrieNode other) =>
        ReferenceEquals(this, other)
        || (_referenceLength == other._referenceLength && _reference == other._reference);

    /// <summary>Writes what a parent holds for this sealed node.</summary>
    /// <returns>How many bytes were written.</returns>
    internal int WriteReferenceTo(Span<byte> destination)
    {
        ReadOnlySpan<byte> reference = Hash256.AsSpan(in _reference);
        if (IsEmbedded)
        {
            reference[.._referenceLength].CopyTo(destination);
            return _referenceLength;
        }

        destination[0] = NodeEncoding.StringOffset + Hash256.Size;
        reference.CopyTo(destination[1..]);
        return Hash256.Size + 1;
    }

    /// <summary>Seals the node with the hash of its encoding.</summary>
    internal void Seal(in Hash256 hash)
    {
        _reference = hash;
        _referenceLength = Hash256.Size;
    }

    /// <summary>Seals the node with its own encoding.</summary>
    /// <param name="encoding">1 to 31 bytes.</param>
    internal void SealEmbedded(ReadOnlySpan<byte> encoding)
    {
        // In bounds: the field is 32 bytes, the encoding fewer; CopyTo checks.
        encoding.CopyTo(MemoryMarshal.AsBytes(new Span<Hash256>(ref _reference)));
        _referenceLength = (byte)encoding.Length;
    }

    /// <summary>The encoding in an array of its own.</summary>
    internal byte[] Encode()
    {
        byte[] encoding = new byte[EncodedLength];
        WriteTo(encoding);
        return encoding;
    }
}
