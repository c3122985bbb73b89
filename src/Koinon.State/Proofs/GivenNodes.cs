using Koinon.Primitives;
using Koinon.State.Stored;
using Koinon.State.Tries;

namespace Koinon.State.Proofs;

/// <summary>The nodes of a witness.</summary>
internal sealed class GivenNodes : TrieSource
{
    private readonly Dictionary<Hash256, ReadOnlyMemory<byte>> _nodes = [];

    /// <summary>Takes the encoded nodes.</summary>
    internal GivenNodes(IEnumerable<ReadOnlyMemory<byte>> nodes)
    {
        foreach (ReadOnlyMemory<byte> node in nodes)
        {
            _nodes[Hash256.Keccak(node.Span)] = node;
        }
    }

    /// <inheritdoc/>
    internal override TrieNode Load(in Hash256 hash, ReadOnlySpan<byte> path) =>
        _nodes.TryGetValue(hash, out ReadOnlyMemory<byte> encoded)
            && NodeDecoding.Read(encoded.Span, in hash) is { } node
                ? node
                : throw new StateUnavailableException($"The witness has no node {hash}.");
}
