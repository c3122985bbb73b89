using System.Diagnostics;
using Koinon.Primitives;

namespace Koinon.State.Tries;

/// <summary>A node of which nothing but the hash is known; a <see cref="TrieSource"/> has the rest.</summary>
/// <remarks>Parents need no more of a child than its reference, so only who steps on it loads it.</remarks>
internal sealed class StoredNode : TrieNode
{
    /// <param name="hash">Keccak-256 of the node's encoding.</param>
    internal StoredNode(in Hash256 hash)
    {
        Seal(in hash);
    }

    /// <inheritdoc/>
    internal override int EncodedLength => throw new UnreachableException("A node known by its hash was encoded.");

    /// <inheritdoc/>
    internal override void WriteTo(Span<byte> destination) =>
        throw new UnreachableException("A node known by its hash was encoded.");
}
