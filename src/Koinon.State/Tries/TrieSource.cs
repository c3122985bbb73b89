using Koinon.Primitives;

namespace Koinon.State.Tries;

/// <summary>Where a trie takes the nodes from that it knows by their reference alone.</summary>
/// <remarks>Safe from any thread; answers the same for as long as anybody holds the trie, or refuses.</remarks>
internal abstract class TrieSource
{
    /// <summary>Loads a node.</summary>
    /// <param name="hash">Keccak-256 of its encoding: whatever else stands at the path is refused.</param>
    /// <param name="path">Where it stands, one nibble a byte.</param>
    /// <returns>The node, sealed; never itself known by its reference alone.</returns>
    internal abstract TrieNode Load(in Hash256 hash, ReadOnlySpan<byte> path);

    /// <summary>What a node is, loaded where only its reference is known.</summary>
    /// <param name="node">The node.</param>
    /// <param name="source">Where it is loaded from; needed only if it must be.</param>
    /// <param name="key">A key that leads to it.</param>
    /// <param name="depth">How many of the key's nibbles lie above it.</param>
    internal static TrieNode Resolve(TrieNode node, TrieSource? source, ReadOnlySpan<byte> key, int depth) =>
        node is StoredNode stored ? LoadAt(stored, source!, key, depth) : node;

    private static TrieNode LoadAt(StoredNode node, TrieSource source, ReadOnlySpan<byte> key, int depth)
    {
        Span<byte> path = stackalloc byte[depth];
        for (int i = 0; i < depth; i++)
        {
            path[i] = (byte)MerkleTrie.NibbleOf(key, i);
        }

        return source.Load(node.Hash, path);
    }
}
