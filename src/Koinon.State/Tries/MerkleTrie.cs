using Koinon.Primitives;

namespace Koinon.State.Tries;

/// <summary>An immutable version of a Merkle-Patricia trie over keys of any length.</summary>
/// <remarks>
/// Versions share the nodes they have in common; a change costs what it touches. Keys are taken as they are: a secure
/// trie is one whose caller hashes them. Safe from any thread. Source: yellow paper, appendix D.
/// </remarks>
public sealed class MerkleTrie
{
    private MerkleTrie(TrieNode? rootNode, Hash256 root, TrieSource? source)
    {
        RootNode = rootNode;
        Root = root;
        Source = source;
    }

    /// <summary>The trie without keys.</summary>
    public static MerkleTrie Empty { get; } = new(null, Hash256.Keccak([NodeEncoding.StringOffset]), null);

    /// <summary>The root hash.</summary>
    public Hash256 Root { get; }

    /// <summary>Whether there are no keys.</summary>
    public bool IsEmpty => RootNode is null;

    /// <summary>The node at the top; null where there are no keys.</summary>
    internal TrieNode? RootNode { get; }

    /// <summary>Where nodes come from of which only the reference is here; null where all are here.</summary>
    internal TrieSource? Source { get; }

    /// <summary>The version that changes lead to.</summary>
    public MerkleTrie Apply(TrieChanges changes)
    {
        TrieStatistics statistics = default;
        return Apply(changes, ref statistics);
    }

    /// <summary>The version that changes lead to.</summary>
    /// <param name="changes">What changes; left as they are but for their order.</param>
    /// <param name="statistics">What was hashed is added to it.</param>
    public MerkleTrie Apply(TrieChanges changes, ref TrieStatistics statistics)
    {
        ArgumentNullException.ThrowIfNull(changes);
        TrieHasher hasher = new();
        TrieNode? root = Edit(changes, hasher);
        hasher.Collect(root);
        hasher.SealAll();
        MerkleTrie result = With(root, hasher);
        statistics.NodesHashed += hasher.Statistics.NodesHashed;
        statistics.BytesHashed += hasher.Statistics.BytesHashed;
        return result;
    }

    /// <summary>Reads the value of a key.</summary>
    /// <remarks>As many steps as the key has nibbles at most; allocates nothing.</remarks>
    public bool TryGet(ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value)
    {
        TrieNode? node = RootNode;
        int depth = 0;
        value = default;
        while (node is not null)
        {
            switch (node)
            {
                case StoredNode:
                    node = TrieSource.Resolve(node, Source, key, depth);
                    break;
                case BranchNode branch when depth == 2 * key.Length:
                    value = branch.Value;
                    return branch.Value is not null;
                case BranchNode branch:
                    node = branch[NibbleOf(key, depth)];
                    depth++;
                    break;
                case ExtensionNode extension:
                    if (!StartsWith(key, depth, extension.Path))
                    {
                        return false;
                    }

                    depth += extension.Path.Length;
                    node = extension.Child;
                    break;
                default:
                    LeafNode leaf = (LeafNode)node;
                    int left = (2 * key.Length) - depth;
                    bool found = leaf.NibbleCount == left && leaf.CommonPrefix(key, depth) == left;
                    value = found ? leaf.Value : default;
                    return found;
            }
        }

        return false;
    }

    /// <summary>The nodes that prove what stands at a key, or that nothing does, from the root.</summary>
    /// <remarks>Nodes that stand inside their parent are not listed again. None where the trie is empty.</remarks>
    public IReadOnlyList<ReadOnlyMemory<byte>> Prove(ReadOnlySpan<byte> key)
    {
        List<ReadOnlyMemory<byte>> proof = [];
        TrieNode? node = RootNode;
        for (int depth = 0; node is not null;)
        {
            node = TrieSource.Resolve(node, Source, key, depth);
            if (!node.IsEmbedded || depth == 0)
            {
                proof.Add(node.Encode());
            }

            switch (node)
            {
                case BranchNode branch when depth < 2 * key.Length:
                    node = branch[NibbleOf(key, depth)];
                    depth++;
                    break;
                case ExtensionNode extension when StartsWith(key, depth, extension.Path):
                    depth += extension.Path.Length;
                    node = extension.Child;
                    break;
                default:
                    node = null;
                    break;
            }
        }

        return proof;
    }

    /// <summary>Every key with its value, in the order of the keys' bytes.</summary>
    public IEnumerable<KeyValuePair<byte[], ReadOnlyMemory<byte>>> Enumerate() => new TrieWalk(RootNode, Source);

    /// <summary>A trie of which nothing but the root is here.</summary>
    /// <param name="root">Its root hash.</param>
    /// <param name="source">Has its nodes.</param>
    internal static MerkleTrie Stored(in Hash256 root, TrieSource source) =>
        root == Empty.Root ? Empty : new MerkleTrie(new StoredNode(in root), root, source);

    /// <summary>The node that stands at a path; null where none does.</summary>
    /// <param name="path">One nibble a byte.</param>
    internal TrieNode? FindNode(ReadOnlySpan<byte> path)
    {
        TrieNode? node = RootNode;
        int depth = 0;
        while (true)
        {
            if (node is StoredNode stored)
            {
                node = Source!.Load(stored.Hash, path[..depth]);
            }

            if (node is null || depth == path.Length)
            {
                return node;
            }

            switch (node)
            {
                case BranchNode branch:
                    node = branch[path[depth]];
                    depth++;
                    break;
                case ExtensionNode extension when path[depth..].StartsWith(extension.Path):
                    depth += extension.Path.Length;
                    node = extension.Child;
                    break;
                default:
                    return null;
            }
        }
    }

    /// <summary>The changed tree; many of its new nodes are open still.</summary>
    internal TrieNode? Edit(TrieChanges changes, TrieHasher hasher)
    {
        int count = changes.Sort();
        return count == 0 ? RootNode : new TrieEditor(changes, hasher, Source).Update(RootNode, 0, 0, count);
    }

    /// <summary>The version over an edited tree, now sealed.</summary>
    internal MerkleTrie With(TrieNode? root, TrieHasher hasher)
    {
        if (ReferenceEquals(root, RootNode))
        {
            return this;
        }

        return root is null ? Empty : new MerkleTrie(root, hasher.RootOf(root), Source);
    }

    /// <summary>The nibble of a key at a depth.</summary>
    internal static int NibbleOf(ReadOnlySpan<byte> key, int depth) =>
        (depth & 1) == 0 ? key[depth / 2] >> 4 : key[depth / 2] & 15;

    /// <summary>Whether a key goes on with a path at a depth.</summary>
    internal static bool StartsWith(ReadOnlySpan<byte> key, int depth, ReadOnlySpan<byte> path)
    {
        if ((2 * key.Length) - depth < path.Length)
        {
            return false;
        }

        for (int i = 0; i < path.Length; i++)
        {
            if (NibbleOf(key, depth + i) != path[i])
            {
                return false;
            }
        }

        return true;
    }
}
