using Koinon.Primitives;
using Koinon.State.Tries;

namespace Koinon.State.Proofs;

/// <summary>Hands out the nodes of tries one by one, and notes which.</summary>
internal sealed class NotedNodes
{
    private readonly HashSet<Hash256> _known = [];
    private readonly List<ReadOnlyMemory<byte>> _nodes = [];

    /// <summary>What was handed out, each node once.</summary>
    internal IReadOnlyList<ReadOnlyMemory<byte>> Nodes => _nodes;

    /// <summary>The nodes of a trie.</summary>
    internal TrieSource Of(MerkleTrie trie) => new Source(this, trie);

    private TrieNode Note(TrieNode node, in Hash256 hash)
    {
        byte[] encoded = node.Encode();
        if (_known.Add(hash))
        {
            _nodes.Add(encoded);
        }

        return NodeDecoding.Read(encoded, in hash)!;
    }

    private sealed class Source(NotedNodes noted, MerkleTrie trie) : TrieSource
    {
        internal override TrieNode Load(in Hash256 hash, ReadOnlySpan<byte> path) =>
            noted.Note(trie.FindNode(path)!, in hash);
    }
}
